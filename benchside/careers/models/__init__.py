"""The catalogue everyone may refer to: sectors, roles, routes, skill terms, kit terms."""

from benchside.careers.models.classes import ClassTally, HandIn, QuizClass
from benchside.careers.models.facts import Advice, Route, Source
from benchside.careers.models.roles import INTERESTS, Role, RoleKit
from benchside.careers.models.terms import KitTerm, Sector, Setting, SkillTerm, Subject, Term

__all__ = [
    "INTERESTS",
    "Advice",
    "ClassTally",
    "HandIn",
    "KitTerm",
    "QuizClass",
    "Role",
    "RoleKit",
    "Route",
    "Sector",
    "Setting",
    "SkillTerm",
    "Source",
    "Subject",
    "Term",
]
