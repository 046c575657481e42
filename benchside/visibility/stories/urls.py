"""Addresses of stories."""

from django.urls import URLPattern, path

from benchside.visibility.stories import inside, mine
from benchside.visibility.stories.reading import urls as reading
from benchside.visibility.stories.tell import own, pages

TELL, PARENT = "stories/tell/<str:token>/", "stories/parent/<str:token>/"
INSIDE = "org/<slug:organisation>/visibility/stories"
urlpatterns: list[URLPattern] = [
    path("stories/tell/", pages.begin, name="tell"),
    path("stories/tell/link/", pages.link_again, name="tell_link"),
    path(TELL, own.story_page, name="tell_story"),
    path(f"{TELL}step/<slug:key>/", pages.step, name="tell_step"),
    path(f"{TELL}picture/<int:pk>/", pages.picture, name="tell_picture"),
    path(f"{TELL}do/<slug:verb>/", own.do, name="tell_do"),
    path(f"{TELL}withdraw/", own.withdraw, name="tell_withdraw"),
    path(PARENT, own.parent, name="story_parent"),
    path(f"{PARENT}picture/<int:pk>/", own.parent_picture, name="parent_picture"),
    path(f"{PARENT}withdraw/", own.parent_withdraws, name="parent_withdraw"),
    path("my/stories/", mine.stories, name="my_stories"),
    path("my/stories/<int:pk>/withdraw/", mine.withdraw, name="my_story_withdraw"),
    path(f"{INSIDE}/", inside.stories, name="inside_stories"),
    path(f"{INSIDE}.csv", inside.stories_csv, name="inside_stories_csv"),
    path(f"{INSIDE}/new/", inside.begin, name="inside_story_new"),
    *reading.urlpatterns,  # last: one of them takes any word for a story's
]
