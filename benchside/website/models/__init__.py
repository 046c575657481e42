from benchside.website.models.pages import GuidePage, HomePage, NewsIndexPage, NewsPage, TextPage
from benchside.website.models.visits import Visit

__all__ = ["GuidePage", "HomePage", "NewsIndexPage", "NewsPage", "TextPage", "Visit"]
