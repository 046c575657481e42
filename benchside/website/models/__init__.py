from benchside.website.models.concerns import Concern, ConcernNote
from benchside.website.models.pages import GuidePage, HomePage, NewsIndexPage, NewsPage, TextPage
from benchside.website.models.visits import Visit
from benchside.website.models.workflow import SecondReader

__all__ = [
    "Concern",
    "ConcernNote",
    "GuidePage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "SecondReader",
    "TextPage",
    "Visit",
]
