"""The sheet's own rules: contrast, one request for style, every component shown, narrow values.

Contrast is worked out by WCAG 2.2's formula for relative luminance, from the tokens as written.
"""

import itertools
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import Client, RequestFactory

from benchside.core import charts, stylesheets

CSS = Path(stylesheets.__file__).parent / "static" / "core" / "css"
COMPONENTS = Path(stylesheets.__file__).parent / "templates" / "sheet"
ROOMS = Path(stylesheets.__file__).parent.parent

GROUNDS = ["paper", "sheet", "inset"]
TEXTS = ["ink", "ink-2", "ink-3", "link", "bad", "good", "warn"]
AREAS = ["vis", "rec", "car", "sus", "imp", "out"]
PAIRS = [
    *itertools.product(TEXTS, GROUNDS),
    ("on-hivis", "hivis"),
    *[("on-area", f"area-{area}") for area in AREAS],
    *[(state, f"{state}-bg") for state in ("bad", "good", "warn", "info")],
    *[("ink", f"{state}-bg") for state in ("bad", "good", "warn", "info")],
]


def tokens() -> dict[str, dict[str, str]]:
    """Each mode's colours by name."""
    text = (CSS / "tokens.css").read_text()
    both = re.findall(
        r"--([\w-]+): light-dark\((#\w{6}|rgb\([^)]*\)), (#\w{6}|rgb\([^)]*\))\)", text
    )
    same = re.findall(r"--([\w-]+): (#\w{6});", text)
    light = {name: one for name, one, _ in both} | dict(same)
    dark = {name: other for name, _, other in both} | dict(same)
    return {"light": light, "dark": dark}


def luminance(colour: str) -> float:
    """WCAG 2.2, "relative luminance"."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_gives_the_standards_own_values() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: "-on-".join(pair))
def test_text_can_be_read(mode: str, pair: tuple[str, str]) -> None:
    colours = tokens()[mode]
    assert contrast(colours[pair[0]], colours[pair[1]]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_edges_of_controls_and_areas_can_be_seen(mode: str) -> None:
    colours = tokens()[mode]
    for name in ["ink", *[f"area-{area}" for area in AREAS]]:
        assert contrast(colours[name], colours["sheet"]) >= 3


def test_older_browsers_get_the_same_paper() -> None:
    text = (CSS / "older.css").read_text()
    older = dict(re.findall(r"--([\w-]+): (#\w{6}|rgb\([^)]*\));", text))
    both = re.findall(r"--([\w-]+): light-dark\(", (CSS / "tokens.css").read_text())
    assert older == {name: tokens()["light"][name] for name in both}


def test_one_stylesheet_holds_every_part_in_its_layer() -> None:
    text = stylesheets.joined()
    parts = [path for path in CSS.rglob("*.css") if path.name != "sheet.css"]
    assert "@import" not in text
    assert text.count("@layer ") == len(parts) + 1  # and the order of layers
    for path in parts:
        assert stylesheets.COMMENT.sub("", path.read_text()).strip() in text, path.name
    assert text.count("{") == text.count("}")


def test_every_layer_used_has_its_place_in_the_order() -> None:
    source = stylesheets.SOURCE.read_text()
    order = re.search(r"^@layer ([a-z, ]+);$", source, re.M)
    assert order
    assert {layer for _, layer in stylesheets.IMPORT.findall(source)} == set(order[1].split(", "))


def test_the_finder_gives_the_joined_sheet_and_nothing_else() -> None:
    found = finders.find(stylesheets.NAME)
    assert found
    assert Path(found).read_text() == stylesheets.joined()
    assert finders.find("core/css/no-such.css") is None
    assert finders.find("core/css/tokens.css") == str(CSS / "tokens.css")


def test_the_stylesheet_asks_nobody_for_anything() -> None:
    text = stylesheets.joined()
    assert "url(" not in text
    assert "!important" not in text
    assert "@font-face" not in text


def test_a_page_asks_for_one_stylesheet(client: Client) -> None:
    html = client.get("/design/").content.decode()
    assert re.findall(r'<link rel="stylesheet" href="([^"]+)"', html) == [
        "/static/core/css/sheet.css"
    ]


def test_every_component_is_shown_in_the_style_sheet(client: Client) -> None:
    client.get("/design/")
    shown = {t.name for t in client.get("/design/").templates}
    # Need a session, a failed form, a whole zone, a whole page.
    unshown = {"messages.html", "errors.html", "zone.html", "framed.html"}
    assert {f"sheet/{path.name}" for path in COMPONENTS.glob("*.html")} - shown == {
        f"sheet/{name}" for name in unshown
    }


def test_both_modes_are_shown_side_by_side(client: Client) -> None:
    html = client.get("/design/").content.decode()
    assert html.count('class="mode is-light"') == html.count('class="mode is-dark"') == 12


def test_no_template_uses_a_class_the_stylesheet_does_not_know() -> None:
    known = set(re.findall(r"\.([a-z][\w-]*)", stylesheets.joined()))
    unknown: dict[str, set[str]] = {}
    for path in [*ROOMS.glob("*/templates/**/*.html")]:
        if {"desk", "wagtailadmin", "wagtailsnippets", "emails"} & set(path.parts):
            continue
        text = re.sub(r"{[%#{].*?[%#}]}", " ", path.read_text(), flags=re.S)
        for names in re.findall(r'\bclass="([^"]*)"', text):
            for name in names.split():
                if name not in known and not name.endswith("-"):
                    unknown.setdefault(name, set()).add(path.name)
    assert unknown == {}


def render(source: str, **context: Any) -> str:
    request = RequestFactory().get("/list/", context.pop("query", {}))
    return Template(source).render(Context({"request": request, **context}))


def test_a_plate_escapes_what_it_is_given() -> None:
    html = render('{% plate "No" no %}{% cell "Who" who %}{% endplate %}', no="<1>", who="<b>x</b>")
    assert "&lt;1&gt;" in html
    assert "&lt;b&gt;x&lt;/b&gt;" in html


@pytest.mark.parametrize(
    ("title", "read"),
    [("Suspend for CPD", "suspend for CPD"), ("CPD late", "CPD late"), ("", "")],
)
def test_a_title_within_a_sentence_begins_small(title: str, read: str) -> None:
    assert Template("{{ title|within }}").render(Context({"title": title})) == read


def test_paragraphs_join_lines_part_at_blank_ones_and_escape() -> None:
    assert render("{{ text|paragraphs }}", text="One\ntwo.\n\n<i>Three</i>\n") == (
        "<p>One two.</p>\n<p>&lt;i&gt;Three&lt;/i&gt;</p>"
    )


def test_a_pager_keeps_the_rest_of_the_address() -> None:
    pages = Paginator(range(50), 10)
    html = render("{% pager page %}", page=pages.page(2), query={"q": "a&b", "page": "2"})
    assert 'href="?q=a%26b&amp;page=3"' in html
    assert 'href="?q=a%26b"' in html
    assert html.count("aria-current") == 1


def test_a_list_of_one_page_has_no_pager() -> None:
    assert render("{% pager page %}", page=Paginator([1], 10).page(1)).strip() == ""


def test_an_unknown_state_is_the_authors_error() -> None:
    with pytest.raises(TemplateSyntaxError, match="'x' is none of b, r, a, g"):
        render('{% status "x" "Lost" %}')


@pytest.mark.parametrize(
    ("value", "bold", "x"), [("hands", ["Hands"], "8"), ("screen", ["Screen"], "80"),
    ("both", ["Hands", "Screen"], "44")],
)  # fmt: skip
def test_balance_says_and_marks_the_same(value: str, bold: list[str], x: str) -> None:
    html = render('{% balance "Hands" "Screen" value "hands" %}', value=value)
    assert re.findall(r'class="on">(\w+)<', html) == bold
    assert f'cx="{x}"' in html


def test_a_rule_marks_its_share_to_scale() -> None:
    assert "M0 18h370.0v18" in render("{% rule 37 %}")
    assert "M0 18h1000.0v18" in render("{% rule 250 %}")
    assert "M0 18h0.0v18" in render("{% rule 0 %}")


def test_progress_of_nothing_is_no_progress() -> None:
    assert "h0v24" in render('{% progress 0 0 "Waiting" "w" %}')
    assert "h150.0v24" in render('{% progress 1 2 "Half" "h" %}')


def test_a_line_stands_on_zero_and_reaches_the_highest_value() -> None:
    drawn = charts.line([("2021", 0), ("2022", 5), ("2023", 10)], aim=5)
    assert [dot.y for dot in drawn.dots] == [90, 51, 12]
    assert [dot.x for dot in drawn.dots] == [4, 95, 186]
    assert drawn.aim_y == 51
    assert charts.line([("2021", 0)]).dots[0].y == 90
