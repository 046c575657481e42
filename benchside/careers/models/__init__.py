"""The catalogue everyone may refer to: sectors, roles, routes, skill terms, kit terms."""

from benchside.careers.models.classes import ClassTally, HandIn, QuizClass
from benchside.careers.models.facts import Advice, Source
from benchside.careers.models.roles import INTERESTS, Role, RoleKit, RoleRoute
from benchside.careers.models.routes import NationWay, Route
from benchside.careers.models.soc import SocTitle
from benchside.careers.models.terms import KitTerm, Sector, Setting, SkillTerm, Subject, Term

__all__ = [
    "INTERESTS",
    "Advice",
    "ClassTally",
    "HandIn",
    "KitTerm",
    "NationWay",
    "QuizClass",
    "Role",
    "RoleKit",
    "RoleRoute",
    "Route",
    "Sector",
    "Setting",
    "SkillTerm",
    "SocTitle",
    "Source",
    "Subject",
    "Term",
]
