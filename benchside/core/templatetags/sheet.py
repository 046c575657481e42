"""Template tags of the drawing sheet, available in every template."""

from django import template

register = template.Library()
