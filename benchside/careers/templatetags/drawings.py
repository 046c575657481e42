"""Drawings in templates: {% load drawings %}.

{% tool "caliper" %}         one symbol, decoration only: say in words what it is
{% role_drawing role %}      the whole drawing with its text alternative, numbered as the kit list
{% drawn spec alt %}         a drawing composed for something else than a role, with its alternative
{% role_icon role %}         the small drawing of a card, decoration only
{% home_bay "wind" %}        one bay of the home page; {% scene_home %} all four on one line

A drawing that cannot be made (an editor named a tool there is not) is left out and logged: a
page never fails for a picture.
"""

import logging
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from benchside.careers import pictures
from benchside.careers.drawing import PAIR, DrawingError, Spec

register = template.Library()
log = logging.getLogger(__name__)


@register.simple_tag
def tool(name: str) -> SafeString:
    try:
        body = pictures.single(name)
    except DrawingError as problem:
        return _left_out(f"the tool {name}", problem)
    return format_html(
        '<svg class="tool" viewBox="0 0 96 96" aria-hidden="true" focusable="false">{}</svg>',
        mark_safe(body),  # noqa: S308 - our own markup
    )


@register.simple_tag
def role_drawing(role: Any) -> SafeString:
    try:
        return _drawing(pictures.spec_of(role, numbered=True), role.drawing_alt)
    except DrawingError as problem:
        return _left_out(f"role {role.number}", problem)


@register.simple_tag
def drawn(spec: Spec, alt: str) -> SafeString:
    try:
        return _drawing(spec, alt)
    except DrawingError as problem:
        return _left_out(alt, problem)


@register.simple_tag
def role_icon(role: Any) -> SafeString:
    try:
        body = pictures.paired(pictures.spec_of(role))
    except DrawingError as problem:
        return _left_out(f"role {role.number}", problem)
    return format_html(
        '<svg class="tool tool--pair" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">'
        "{}</svg>",
        *PAIR,
        mark_safe(body),  # noqa: S308 - our own markup
    )


@register.simple_tag
def home_bay(name: str) -> SafeString:
    """One of the four bays: wind, scanner, stage, robot."""
    spec = pictures.BAYS[name]
    width, height = pictures.box_of(spec)
    return format_html(
        '<svg class="drawing bay__drawing" viewBox="0 0 {} {}" aria-hidden="true" '
        'focusable="false">{}</svg>',
        f"{width:g}",
        f"{height:g}",
        mark_safe(pictures.composed(spec, lettering=False)),  # noqa: S308 - our own markup
    )


@register.simple_tag
def scene_home() -> SafeString:
    """The four bays in one drawing, for print and for pages that need no links in it."""
    body, along, height = "", 0.0, 0.0
    for spec in pictures.BAYS.values():
        drawn = pictures.composed(spec, lettering=False)
        body += f'<g transform="translate({along:g} 0)">{drawn}</g>'
        width, height = pictures.box_of(spec)
        along += width
    return format_html(
        '<svg class="drawing" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        f"{along:g}",
        f"{height:g}",
        "A wind turbine, a hospital scanner, a stage and a robot arm on one ground line, "
        "each with the technician who makes it work.",
        mark_safe(body),  # noqa: S308 - our own markup
    )


def _drawing(spec: Spec, alt: str) -> SafeString:
    width, height = pictures.box_of(spec)
    return format_html(
        '<svg class="drawing" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        f"{width:g}",
        f"{height:g}",
        alt,
        mark_safe(pictures.composed(spec)),  # noqa: S308 - our own markup; its words are escaped
    )


def _left_out(what: str, problem: DrawingError) -> SafeString:
    log.warning("No drawing for %s: %s", what, problem)
    return SafeString("")
