"""The hundred drawings: each its own, each true to its role's kit, each able to be read out."""

import re
import tomllib
from collections import Counter
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.management import CommandError, call_command
from django.template import Context, Template

from benchside.careers import pictures
from benchside.careers.drawing import (
    DrawingError,
    Spec,
    arrange,
    compose,
    pair,
    read_entries,
    read_library,
)
from benchside.careers.drawing.geometry import box_of, outline
from benchside.core.reading import grade

LIBRARY = pictures.library()
ENTRIES = read_entries(pictures.ENTRIES)
NUMBERS = range(1, 101)
SHAPES = {"path", "circle", "ellipse", "rect"}
ELEMENTS = {"svg", "g", "text", *SHAPES}


@lru_cache(maxsize=1)
def kits() -> dict[int, list[str]]:
    """Symbols of each role's kit list, read straight from the files, by role number."""
    terms = tomllib.loads((pictures.CATALOGUE / "kit.toml").read_text())["kit"]
    symbols = {term["slug"]: term["symbol"] for term in terms}
    roles = [
        tomllib.loads(path.read_text()) for path in (pictures.CATALOGUE / "roles").glob("*.toml")
    ]
    return {role["number"]: [symbols[use["term"]] for use in role["kit"]] for role in roles}


def drawn(number: int) -> str:
    return pictures.composed(Spec.of(ENTRIES[number], kits()[number]))


def parsed(markup: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<svg>{markup}</svg>")


def lines(markup: str) -> frozenset[tuple[tuple[int, int], ...]]:
    """Every shape as the points it passes through, whatever commands and transforms say it."""
    found = set()

    def walk(element: ElementTree.Element, above: list[ElementTree.Element]) -> None:
        if element.tag in SHAPES:
            wrapped = element
            for group in reversed(above):
                outer = ElementTree.Element("g", transform=group.get("transform", ""))
                outer.append(wrapped)
                wrapped = outer
            found.add(tuple((round(p.x), round(p.y)) for p in outline([wrapped])))
        for child in element:
            walk(child, [*above, element])

    for child in parsed(markup):
        walk(child, [])
    return frozenset(found)


# --- the hundred -----------------------------------------------------------------------------


def test_every_role_has_one_drawing() -> None:
    listed = tomllib.loads(pictures.ENTRIES.read_text())["drawing"]
    assert sorted(entry["number"] for entry in listed) == list(NUMBERS)


def test_no_two_drawings_are_alike() -> None:
    seen = {number: lines(drawn(number)) for number in NUMBERS}
    for one, other in combinations(NUMBERS, 2):
        shared = len(seen[one] & seen[other]) / min(len(seen[one]), len(seen[other]))
        assert shared < 0.7, f"{one} and {other} share {shared:.0%} of their lines"


def test_no_two_small_drawings_are_alike() -> None:
    specs = [Spec.of(ENTRIES[number]) for number in NUMBERS]
    assert len({lines(pair(spec, LIBRARY)) for spec in specs}) == len(specs)
    assert len({frozenset(spec.names[:2]) for spec in specs}) == len(specs)


def test_every_drawing_can_be_read_out() -> None:
    alts = [ENTRIES[number]["alt"] for number in NUMBERS]
    assert len(set(alts)) == len(alts)
    for alt in alts:
        assert 60 <= len(alt) <= 250, alt
        assert alt[0].isupper(), alt
        assert alt.endswith("."), alt


def test_the_words_read_out_are_plain() -> None:
    assert grade(" ".join(ENTRIES[number]["alt"] for number in NUMBERS)) <= 6.5


@pytest.mark.parametrize("number", NUMBERS)
def test_balloons_carry_the_numbers_of_the_kit_list(number: int) -> None:
    kit = kits()[number]
    expected = sorted(kit.index(name) + 1 for name in Spec.of(ENTRIES[number]).names if name in kit)
    balloons = [g for g in parsed(drawn(number)).iter("g") if g.get("class") == "bal"]
    assert sorted(int(g.findtext("text", "")) for g in balloons) == expected
    assert len(expected) >= 2


def test_what_stands_in_a_drawing_without_a_number_is_a_person_or_the_thing_itself() -> None:
    for number in NUMBERS:
        others = Spec.of(ENTRIES[number]).names[1:]
        strays = [name for name in others if name not in kits()[number]]
        assert all(LIBRARY.symbol(name).mount == "figure" for name in strays), (number, strays)


@pytest.mark.parametrize("number", NUMBERS)
def test_only_the_main_tool_is_lit(number: int) -> None:
    spec = Spec.of(ENTRIES[number])
    accents = sum(shape.get("class") == "accent" for shape in LIBRARY.symbol(spec.names[0]).shapes)
    assert drawn(number).count("var(--accent") == accents > 0


@pytest.mark.parametrize("number", NUMBERS)
def test_everything_stays_on_the_paper(number: int) -> None:
    spec = Spec.of(ENTRIES[number])
    scene = spec.room(LIBRARY)
    for tool in arrange(spec, LIBRARY).values():
        assert tool.box.left >= 0, tool.symbol.name
        assert tool.box.top >= 0, tool.symbol.name
        assert tool.box.right <= scene.width, tool.symbol.name
        assert tool.box.bottom <= scene.height, tool.symbol.name


@pytest.mark.parametrize("number", NUMBERS)
def test_balloons_do_not_cover_each_other(number: int) -> None:
    circles = [
        (float(circle.get("cx", 0)), float(circle.get("cy", 0)))
        for g in parsed(drawn(number)).iter("g")
        if g.get("class") == "bal"
        for circle in g.iter("circle")
    ]
    for (ax, ay), (bx, by) in combinations(circles, 2):
        assert (ax - bx) ** 2 + (ay - by) ** 2 >= 30**2


def test_people_of_different_build_stand_in_the_drawings() -> None:
    people = Counter(
        name
        for number in NUMBERS
        for name in Spec.of(ENTRIES[number]).names
        if LIBRARY.symbol(name).mount == "figure"
    )
    figures = {name for name, symbol in LIBRARY.symbols.items() if symbol.mount == "figure"}
    assert len(figures) >= 6
    assert set(people) == figures
    assert min(people.values()) >= 5


def test_every_scene_is_used() -> None:
    used = {entry["scene"] for entry in ENTRIES.values()}
    assert used | {spec.scene for spec in pictures.BAYS.values()} == set(LIBRARY.scenes)


# --- the strict policy of the pages ------------------------------------------------------------


@pytest.mark.parametrize("number", NUMBERS)
def test_a_drawing_is_lines_and_words_and_nothing_else(number: int) -> None:
    for element in parsed(drawn(number)).iter():
        assert element.tag in ELEMENTS
        assert not [name for name in element.attrib if name == "style" or name.startswith("on")]


def test_words_in_a_drawing_are_never_markup() -> None:
    spec = Spec.of({**ENTRIES[1], "note": "<script>&"})
    assert "&lt;script&gt;&amp;" in compose(spec, LIBRARY)


# --- symbols ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LIBRARY.symbols)
def test_a_symbol_keeps_to_its_square_and_has_one_accent(name: str) -> None:
    text = (pictures.CATALOGUE / "tools" / f"{name}.svg").read_text()
    box = LIBRARY.symbol(name).box
    assert 'viewBox="0 0 96 96"' in text
    assert text.count("<title>") == 1
    assert 'class="accent"' in text
    assert min(box.left, box.top) >= 0, box
    assert max(box.right, box.bottom) <= 96, box


def test_every_kit_term_has_a_symbol() -> None:
    terms = tomllib.loads((pictures.CATALOGUE / "kit.toml").read_text())["kit"]
    assert {term["symbol"] for term in terms} <= set(LIBRARY.symbols)


@pytest.mark.parametrize(
    ("path", "box"),
    [
        ("M10 20h30v5z", (10, 20, 40, 25)),
        ("m5 5l10 0 0 10", (5, 5, 15, 15)),
        # a cubic's highest point at t = 1/2 is 3/4 of its handles' height
        ("M0 0C0 40 40 40 40 0", (0, 0, 40, 30)),
        ("M0 0q20 40 40 0", (0, 0, 40, 20)),
        ("M0 0q10 20 20 0t20 0", (0, -10, 40, 10)),
        ("M10 50a20 20 0 0 1 40 0", (10, 30, 50, 50)),
        ("M10 50a20 20 0 0 0 40 0", (10, 50, 50, 70)),
        ("M0 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0", (0, -5, 10, 5)),
    ],
)
def test_the_size_of_a_path_is_that_of_its_closed_form(
    path: str, box: tuple[float, float, float, float]
) -> None:
    found = box_of(outline([ElementTree.Element("path", d=path)]))
    assert tuple(found) == pytest.approx(box, abs=0.2)


def test_a_path_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(ValueError, match="Cannot read"):
        list(outline([ElementTree.Element("path", d="M10 20 30")]))


@pytest.mark.browser
def test_a_browser_finds_the_same_sizes(browser: Any) -> None:
    page = browser.new_page()
    page.set_content(f"<!doctype html>{pictures.SPRITE.read_text()}")
    measured = page.evaluate("""() => Object.fromEntries(
        [...document.querySelectorAll('symbol')].map(symbol => {
            const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
            svg.append(symbol.firstElementChild.cloneNode(true));
            document.body.append(svg);
            const xs = [], ys = [];
            for (const shape of svg.querySelectorAll('path, circle, ellipse, rect')) {
                for (let k = 0; k <= 400; k++) {
                    const along = shape.getTotalLength() * k / 400;
                    const point = shape.getPointAtLength(along).matrixTransform(shape.getCTM());
                    xs.push(point.x); ys.push(point.y);
                }
            }
            svg.remove();
            return [symbol.id.slice(2),
                [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]];
        }))""")
    page.close()
    assert set(measured) == set(LIBRARY.symbols)
    for name, box in measured.items():
        assert tuple(LIBRARY.symbol(name).box) == pytest.approx(box, abs=0.7), name


# --- broken drawings --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("drawing", "message"),
    [
        ({}, "needs scene"),
        ({"scene": "desk", "tools": []}, "needs scene"),
        ({"scene": "desk", "tools": ["watch", 3]}, "are words"),
        ({"scene": "moon", "tools": ["watch"]}, 'no scene "moon"'),
        ({"scene": "desk", "tools": ["banana"]}, 'no tool symbol "banana"'),
        ({"scene": "desk", "tools": ["watch", "rack@roof"]}, 'no free slot "roof"'),
        ({"scene": "desk", "tools": ["watch"] + ["rack"] * 9}, "leave it out"),
    ],
)
def test_a_drawing_that_cannot_be_made_says_why(drawing: dict[str, Any], message: str) -> None:
    with pytest.raises(DrawingError, match=message):
        compose(Spec.of(drawing), LIBRARY)


@pytest.mark.parametrize(
    ("svg", "message"),
    [
        ("<svg", "not well-formed"),
        ("<svg/>", "no <title>"),
        ('<svg data-mount="glue"><title>A</title></svg>', "glue"),
    ],
)
def test_a_broken_symbol_file_is_named(tmp_path: Path, svg: str, message: str) -> None:
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "thing.svg").write_text(svg)
    with pytest.raises(DrawingError, match=rf"thing\.svg.*{message}"):
        read_library(tmp_path)


# --- templates and the sprite -------------------------------------------------------------------


def shown(tag: str, **context: Any) -> str:
    return Template(f"{{% load drawings %}}{{% {tag} %}}").render(Context(context))


def role(number: int, **changed: Any) -> SimpleNamespace:
    uses = [SimpleNamespace(term=SimpleNamespace(symbol=name)) for name in kits()[number]]
    given = {
        "number": number,
        "drawing": ENTRIES[number],
        "drawing_alt": ENTRIES[number]["alt"],
        "kit_list": SimpleNamespace(all=lambda: uses),
    }
    return SimpleNamespace(**{**given, **changed})


def test_a_role_is_shown_with_its_words() -> None:
    svg = shown("role_drawing role", role=role(57, drawing_alt='A "tall" tower & you.'))
    assert ElementTree.fromstring(svg).get("aria-label") == 'A "tall" tower & you.'
    assert ElementTree.fromstring(svg).get("role") == "img"


@pytest.mark.parametrize("tag", ["role_icon role", 'tool "watch"', 'home_bay "wind"'])
def test_decoration_is_hidden_from_readers(tag: str) -> None:
    svg = ElementTree.fromstring(shown(tag, role=role(57)))
    assert (svg.get("aria-hidden"), svg.get("focusable")) == ("true", "false")


@pytest.mark.parametrize("tag", ["role_drawing role", "role_icon role", "tool name"])
def test_a_page_does_not_fail_for_a_picture(tag: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("WARNING")
    assert shown(tag, role=role(57, drawing={"scene": "moon", "tools": ["x"]}), name="x") == ""
    assert re.search("No drawing for (role 57|the tool x)", caplog.text)


def test_the_home_page_lights_people_only() -> None:
    for name, spec in pictures.BAYS.items():
        lit = LIBRARY.symbol(spec.names[0])
        assert lit.mount == "figure", name
        accents = sum(shape.get("class") == "accent" for shape in lit.shapes)
        assert shown(f'home_bay "{name}"').count("var(--accent") == accents
    assert ElementTree.fromstring(shown("scene_home")).get("viewBox") == "0 0 1280 420"


def test_the_sprite_is_fresh() -> None:
    call_command("build_drawings", check=True)


def test_a_stale_sprite_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "SPRITE", tmp_path / "tools.svg")
    with pytest.raises(CommandError, match="stale"):
        call_command("build_drawings", check=True)
    call_command("build_drawings", sheet=tmp_path / "sheet.html")
    call_command("build_drawings", check=True)
    assert (tmp_path / "sheet.html").read_text().count("<figure>") == 100
