"""The first pages: written once, from files a person can read, in words a pupil can read."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Page, Site

from benchside.core.reading import grade
from benchside.website import content, first_pages
from benchside.website.content import FOLDER, BadWords, read, to_html
from benchside.website.models import GuidePage, TextPage
from benchside.website.panels import dead_links
from benchside.website.plain_words import LIMIT

ADDRESSES = [
    "/",
    "/about/",
    "/privacy/",
    "/accessibility/",
    "/photographs/",
    "/parents/",
    "/teachers/",
    "/news/",
    "/news/a-hundred-jobs/",
]


@pytest.mark.django_db
def test_an_empty_site_gets_its_pages() -> None:
    call_command("first_pages", verbosity=0)
    client = Client()
    assert {url: client.get(url).status_code for url in ADDRESSES} == dict.fromkeys(ADDRESSES, 200)
    assert Site.objects.get(is_default_site=True).root_page.specific.title
    assert not Page.objects.filter(title=first_pages.WAGTAILS_OWN).exists()


@pytest.mark.django_db
def test_a_second_time_changes_nothing_of_an_editors() -> None:
    first_pages.write_first_pages()
    about = TextPage.objects.get(slug="about")
    about.body = "<p>Our own words.</p>"
    about.save()
    Page.objects.filter(slug="a-hundred-jobs").update(slug="renamed")

    assert first_pages.write_first_pages() == 0

    about.refresh_from_db()
    assert about.body == "<p>Our own words.</p>"
    assert not Page.objects.filter(slug="a-hundred-jobs").exists()


@pytest.mark.django_db
def test_no_first_page_links_to_a_page_that_is_not_there() -> None:
    first_pages.write_first_pages()
    pages = [*TextPage.objects.all(), *GuidePage.objects.all()]
    assert [title for page in pages for title in dead_links(page)] == []
    client = Client()
    for page in pages:
        assert "{" not in page.plain_words(), "a value was not filled in"
        assert client.get(page.url).status_code == 200


@pytest.mark.django_db
def test_every_public_page_is_plain_to_read() -> None:
    first_pages.write_first_pages()
    grades = {page.slug: grade(page.plain_words()) for page in Page.objects.live().specific()
              if hasattr(page, "plain_words")}  # fmt: skip
    assert len(grades) == len(ADDRESSES)
    assert {slug: found for slug, found in grades.items() if found > LIMIT} == {}


@pytest.mark.django_db
def test_parents_and_teachers_find_what_they_ask_first() -> None:
    first_pages.write_first_pages()
    asked = {
        page.slug: [block.value["question"] for block in page.questions]
        for page in GuidePage.objects.all()
    }
    assert {"Is this a proper job?", "Can she go to university later?", "What does it pay?"} <= set(
        asked["parents"]
    )
    assert {"How long does it take?", "Is it free?", "Do pupils need to log in?"} <= set(
        asked["teachers"]
    )


def test_no_page_names_a_wage() -> None:
    assert [path.name for path in FOLDER.rglob("*.md") if "£" in path.read_text()] == []


# --- the files ------------------------------------------------------------------------------------
def write(folder: Path, text: str) -> Path:
    path = folder / "page.md"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("just words", "it has no head"),
        ("+++\ntitle = \n+++\nwords", "cannot be read"),
        ('+++\ntitle = "T"\n+++\nwords', "lacks kind, slug"),
    ],
)
def test_a_broken_file_names_itself_and_the_remedy(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(BadWords, match=f"page.md: .*{says}"):
        read(write(tmp_path, text))


@pytest.mark.django_db
def test_a_link_to_no_page_writes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for path in FOLDER.rglob("*.md"):
        (tmp_path / path.name).write_text(path.read_text().replace("page:teachers", "page:nobody"))
    monkeypatch.setattr(first_pages.write_first_pages, "__defaults__", (tmp_path,), raising=False)
    before = Page.objects.count()
    with pytest.raises(BadWords, match="page:nobody is no page"):
        first_pages.write_first_pages(tmp_path)
    assert Page.objects.count() == before
    (tmp_path / "news.md").unlink()
    with pytest.raises(BadWords, match=r"news.md: it is missing"):
        first_pages.write_first_pages(tmp_path)


@pytest.mark.django_db
def test_the_command_says_what_is_wrong(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken() -> int:
        raise BadWords(tmp_path / "about.md", "it has no head", "Give it one.")

    command = "benchside.website.management.commands.first_pages.write_first_pages"
    monkeypatch.setattr(command, broken)
    with pytest.raises(CommandError, match=r"about.md: it has no head. Give it one."):
        call_command("first_pages")


def test_words_become_the_rich_text_of_the_desk() -> None:
    text = "One & <two>\nlines.\n\n### Head\n\n- a **b**\n- [c](/d/) and\n  [e](page:f)"
    assert to_html(text, lambda slug: {"f": 7}[slug]) == (
        "<p>One &amp; &lt;two&gt; lines.</p><h3>Head</h3>"
        '<ul><li>a <b>b</b></li><li><a href="/d/">c</a> and '
        '<a linktype="page" id="7">e</a></li></ul>'
    )


def test_a_guide_is_read_as_questions(tmp_path: Path) -> None:
    head = '+++\nkind = "guide"\nslug = "g"\ntitle = "G"\n+++\n'
    words = content.read(
        write(tmp_path, head + "## One?\n\nYes, {who}.\n\n### Why\n\n## Two?\n\nNo."),
        {"who": "Ann"},
    )
    assert words.questions == [("One?", "Yes, Ann.\n\n### Why"), ("Two?", "No.")]
