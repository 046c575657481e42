"""Imports: previewed, applied whole, undone; no editor's hand is silently overwritten."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.db import IntegrityError
from django.template.loader import render_to_string
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from benchside.careers.models import SkillTerm
from benchside.core import imports
from benchside.core.actions import SYSTEM, VISITOR, Denied, Refused
from benchside.core.imports import BadFile, Problem, Row, Values, importers, read_csv
from benchside.core.imports.difference import compare
from benchside.core.imports.runs import UNDO_DAYS, forget_old_differences
from benchside.core.models import AuditEvent, ImportedValue, ImportRun, RunState


class Terms(imports.ModelImporter):
    """A toy: skill terms from a table."""

    key = "test.terms"
    title = "Skill terms"
    model = SkillTerm
    fields = ("name", "order")

    def parse(self, data: bytes) -> Iterable[Row]:
        for line in read_csv(data, required=["slug", "name", "order"]):
            problems, order = list(line.problems), line.cells["order"]
            if not order.isdigit():
                problems.append(Problem(line.number, "order", order, "Give a whole number."))
            values = {"name": line.cells["name"], "order": int(order) if order.isdigit() else 0}
            yield Row(line.number, line.cells["slug"], values, tuple(problems))


class Whole(Terms):
    """The same, where the file is the whole list."""

    key = "test.whole"
    removes: ClassVar[bool] = True


class Authority(Whole):
    """The same, where the file is right whatever an editor did."""

    key = "test.authority"
    keeps_edits: ClassVar[bool] = False


@pytest.fixture(autouse=True)
def _toys() -> Iterator[None]:
    with importers.opened():
        for kind in (Terms, Whole, Authority):
            importers.register(kind())
        yield


pytestmark = pytest.mark.django_db
FIRST = b"slug,name,order\nlathe,Lathe work,1\nlaser,Laser safety,2\n"
SECOND = b"slug,name,order\nlathe,Turning,1\nlaser,Laser safety,2\nglass,Glass blowing,3\n"


def previewed(data: bytes, key: str = "test.terms") -> ImportRun:
    return imports.preview(
        actor=SYSTEM, importer=importers[key], data=data, filename="C:\\files\\terms.csv"
    )


def applied(data: bytes, key: str = "test.terms", take: Iterable[str] = ()) -> ImportRun:
    run = previewed(data, key)
    imports.apply(actor=SYSTEM, run=run, take=set(take))
    return run


def terms() -> dict[str, tuple[str, int]]:
    rows = SkillTerm.objects.values_list("slug", "name", "order")
    return {slug: (name, order) for slug, name, order in rows}


LATHE, LASER = ("Lathe work", 1), ("Laser safety", 2)


# --- preview ----------------------------------------------------------------------------------
def test_preview_changes_nothing_and_says_what_would() -> None:
    applied(FIRST)
    before = terms()
    run = previewed(SECOND)
    assert terms() == before
    assert run.counts == {
        "added": 1, "changed": 1, "removed": 0, "kept": 0, "unchanged": 1, "bad": 0,
    }  # fmt: skip
    (changed,) = run.changes("changed")
    assert changed["fields"] == {"name": {"before": "Lathe work", "after": "Turning"}}
    assert changed["row"] == 2
    (added,) = run.changes("added")
    assert (added["key"], added["row"]) == ("glass", 4)
    assert run.filename == "terms.csv"


def test_every_mistake_is_named_and_nothing_is_brought_in() -> None:
    run = previewed(b"slug,name,order\nlathe,Lathe work,one\n\nlaser,x,2,3\nglass,a,1\nglass,b,2\n")
    assert run.problems == [
        {"row": 2, "column": "order", "value": "one", "remedy": "Give a whole number."},
        {"row": 4, "column": "", "value": "3", "remedy": run.problems[1]["remedy"]},
        {"row": 6, "column": "", "value": "glass", "remedy": run.problems[2]["remedy"]},
    ]
    assert "Row 5" in run.problems[2]["remedy"]
    assert run.counts["bad"] == 3
    with pytest.raises(Refused, match="3 mistakes"):
        imports.apply(actor=SYSTEM, run=run)
    assert terms() == {}


def test_a_list_with_mistakes_proposes_no_removals() -> None:
    applied(FIRST, "test.whole")
    run = previewed(b"slug,name,order\nlathe,Lathe work,one\nlaser,Laser safety,2\n", "test.whole")
    assert run.counts["removed"] == 0


def test_only_those_who_may() -> None:
    terms_importer = importers["test.terms"]
    with pytest.raises(Denied):
        imports.preview(actor=VISITOR, importer=terms_importer, data=FIRST, filename="a.csv")
    run = previewed(FIRST)
    for verb in (imports.apply, imports.discard):
        with pytest.raises(Denied):
            verb(actor=VISITOR, run=run)
    imports.apply(actor=SYSTEM, run=run)
    with pytest.raises(Denied):
        imports.undo(actor=VISITOR, run=run)


# --- apply ------------------------------------------------------------------------------------
def test_apply() -> None:
    run = applied(FIRST)
    assert terms() == {"lathe": LATHE, "laser": LASER}
    assert run.state == RunState.APPLIED
    assert run.applied_at
    verbs = AuditEvent.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["import.preview", "import.apply"]


def test_the_same_file_again_changes_nothing() -> None:
    applied(FIRST)
    run = previewed(FIRST)
    assert run.difference == []
    assert run.counts["unchanged"] == 2
    imports.apply(actor=SYSTEM, run=run)
    assert terms() == {"lathe": LATHE, "laser": LASER}


def test_a_run_is_applied_once() -> None:
    run = applied(FIRST)
    with pytest.raises(Refused, match="applied already"):
        imports.apply(actor=SYSTEM, run=run)


def test_a_discarded_run_is_over() -> None:
    run = previewed(FIRST)
    imports.discard(actor=SYSTEM, run=run)
    assert run.difference == []
    with pytest.raises(Refused, match="discarded already"):
        imports.apply(actor=SYSTEM, run=run)


@pytest.mark.parametrize("edit", ["changed", "removed", "added"])
def test_a_stale_preview_is_refused_by_name(edit: str) -> None:
    applied(FIRST)
    run = previewed(SECOND)
    if edit == "changed":
        SkillTerm.objects.filter(slug="lathe").update(name="Lathes")
    elif edit == "removed":
        SkillTerm.objects.filter(slug="lathe").delete()
    else:
        SkillTerm.objects.create(slug="glass", name="Glass")
    before = terms()
    name = "glass" if edit == "added" else "lathe"
    with pytest.raises(Refused, match=f"^{name} has changed since the preview"):
        imports.apply(actor=SYSTEM, run=run)
    assert terms() == before
    assert ImportRun.objects.get(pk=run.pk).state == RunState.PREVIEWED


def test_a_failure_half_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    applied(FIRST)
    run = previewed(SECOND)
    before = terms()

    def create(self: Any, scope: str, records: Any) -> None:
        raise IntegrityError("UNIQUE constraint failed: careers_skillterm.slug")

    monkeypatch.setattr(Terms, "create", create)  # runs after the update
    with pytest.raises(Refused, match="UNIQUE constraint failed"):
        imports.apply(actor=SYSTEM, run=run)
    assert terms() == before
    assert ImportedValue.objects.get(key="lathe").values["name"] == "Lathe work"


# --- an editor's hand -------------------------------------------------------------------------
def edited(name: str = "Lathes, all kinds") -> None:
    SkillTerm.objects.filter(slug="lathe").update(name=name)


def test_an_editors_change_is_kept() -> None:
    applied(FIRST)
    edited()
    run = applied(SECOND)
    assert terms()["lathe"] == ("Lathes, all kinds", 1)
    assert terms()["glass"] == ("Glass blowing", 3)
    (kept,) = run.changes("kept")
    assert kept["kept"] == {"name": {"before": "Lathes, all kinds", "after": "Turning"}}


def test_it_is_overwritten_when_taken() -> None:
    applied(FIRST)
    edited()
    run = applied(SECOND, take=["lathe/name"])
    assert terms()["lathe"] == ("Turning", 1)
    assert run.counts["kept"] == 0
    assert run.counts["changed"] == 1


def test_other_fields_of_the_record_still_change() -> None:
    applied(FIRST)
    edited()
    applied(b"slug,name,order\nlathe,Turning,9\nlaser,Laser safety,2\n")
    assert terms()["lathe"] == ("Lathes, all kinds", 9)


def test_it_stays_kept_in_the_next_file_and_is_forgotten_when_both_agree() -> None:
    applied(FIRST)
    edited()
    applied(SECOND)
    assert previewed(SECOND).counts["kept"] == 1
    edited("Turning")
    assert previewed(SECOND).counts["kept"] == 0
    applied(b"slug,name,order\nlathe,Turning and milling,1\n")
    assert terms()["lathe"] == ("Turning and milling", 1)


def test_what_was_made_by_hand_is_kept() -> None:
    SkillTerm.objects.create(slug="lathe", name="Mine", order=1)
    run = applied(FIRST)
    assert terms()["lathe"] == ("Mine", 1)
    assert run.counts["kept"] == 1


def test_what_an_editor_removed_stays_away_unless_taken() -> None:
    applied(FIRST)
    SkillTerm.objects.filter(slug="lathe").delete()
    run = applied(FIRST)
    assert set(terms()) == {"laser"}
    assert run.changes("kept")[0]["instead"] == "added"
    applied(FIRST, take=["lathe"])
    assert terms()["lathe"] == LATHE


def test_what_is_missing_from_a_whole_list_goes() -> None:
    applied(FIRST, "test.whole")
    applied(b"slug,name,order\nlaser,Laser safety,2\n", "test.whole")
    assert terms() == {"laser": LASER}


def test_but_not_what_an_editor_made_or_changed() -> None:
    applied(FIRST, "test.whole")
    SkillTerm.objects.create(slug="mine", name="Mine")
    edited()
    only_laser = b"slug,name,order\nlaser,Laser safety,2\n"
    run = applied(only_laser, "test.whole")
    assert set(terms()) == {"lathe", "laser", "mine"}
    assert [(one["key"], one["instead"]) for one in run.changes("kept")] == [("lathe", "removed")]
    applied(only_laser, "test.whole", take=["lathe"])
    assert set(terms()) == {"laser", "mine"}


def test_an_authority_overwrites_and_removes() -> None:
    applied(FIRST, "test.authority")
    edited()
    SkillTerm.objects.create(slug="mine", name="Mine")
    applied(FIRST, "test.authority")
    assert terms() == {"lathe": LATHE, "laser": LASER}


# --- undo -------------------------------------------------------------------------------------
def test_undo_puts_everything_back() -> None:
    applied(FIRST, "test.whole")
    values = {one.key: one.values for one in ImportedValue.objects.all()}
    run = applied(b"slug,name,order\nlathe,Turning,1\nglass,Glass blowing,3\n", "test.whole")
    assert set(terms()) == {"lathe", "glass"}
    imports.undo(actor=SYSTEM, run=run)
    assert terms() == {"lathe": LATHE, "laser": LASER}
    assert run.state == RunState.UNDONE
    assert {one.key: one.values for one in ImportedValue.objects.all()} == values
    assert previewed(FIRST, "test.whole").difference == []


def test_undo_of_the_first_leaves_nothing() -> None:
    imports.undo(actor=SYSTEM, run=applied(FIRST))
    assert terms() == {}
    assert not ImportedValue.objects.exists()


def test_undo_happens_once() -> None:
    run = applied(FIRST)
    imports.undo(actor=SYSTEM, run=run)
    with pytest.raises(Refused, match="undone already"):
        imports.undo(actor=SYSTEM, run=run)


@pytest.mark.parametrize("edit", ["changed", "removed", "later file"])
def test_undo_after_an_edit_is_refused_by_name(edit: str) -> None:
    run = applied(FIRST)
    if edit == "changed":
        edited()
    elif edit == "removed":
        SkillTerm.objects.filter(slug="lathe").delete()
    else:
        applied(b"slug,name,order\nlathe,Turning,1\n")
    before = terms()
    with pytest.raises(Refused, match=r"^lathe was edited since"):
        imports.undo(actor=SYSTEM, run=run)
    assert terms() == before


def test_undo_leaves_later_edits_of_other_records_alone() -> None:
    applied(FIRST)
    run = applied(SECOND)
    SkillTerm.objects.filter(slug="laser").update(name="Lasers")
    imports.undo(actor=SYSTEM, run=run)
    assert terms() == {"lathe": LATHE, "laser": ("Lasers", 2)}


def test_undo_has_an_end_and_differences_are_forgotten() -> None:
    run = applied(FIRST)
    waiting = previewed(SECOND)
    long_ago = timezone.now() - timedelta(days=UNDO_DAYS + 1)
    ImportRun.objects.update(created_at=long_ago)
    ImportRun.objects.filter(pk=run.pk).update(applied_at=long_ago)
    with pytest.raises(Refused, match="30 days ago"):
        imports.undo(actor=SYSTEM, run=run)
    forget_old_differences.func()
    assert ImportRun.objects.get().difference == []
    assert not ImportRun.objects.filter(pk=waiting.pk).exists()


# --- files of the repository ------------------------------------------------------------------
def test_load_fills_and_then_finds_nothing_new() -> None:
    def load(data: bytes) -> ImportRun | None:
        return imports.load(importer=importers["test.terms"], data=data, filename="terms.csv")

    assert load(FIRST)
    assert load(FIRST) is None
    edited()
    assert load(FIRST) is None
    assert terms()["lathe"][0] == "Lathes, all kinds"
    assert load(SECOND)
    assert ImportRun.objects.count() == 2
    with pytest.raises(Refused, match=r"terms.csv, row 2, order: 'x'"):
        load(b"slug,name,order\nlathe,a,x\n")


# --- the page ---------------------------------------------------------------------------------
def test_preview_page_names_rows_and_offers_the_choice() -> None:
    applied(FIRST)
    edited("<b>Lathes</b>")
    run = previewed(SECOND)
    page = render_to_string("core/imports/preview.html", {"run": run, "apply_url": "/apply/"})
    assert 'name="take" value="lathe/name"' in page
    assert "&lt;b&gt;Lathes" in page
    assert "Glass blowing" in page
    bad = previewed(b"slug,name,order\nlathe,a,x\n")
    page = render_to_string("core/imports/preview.html", {"run": bad, "apply_url": "/apply/"})
    assert "Give a whole number." in page
    assert "<form" not in page


def test_a_thousand_rows_take_a_handful_of_queries(django_assert_max_num_queries: Any) -> None:
    rows = "".join(f"s{number},n{number},{number}\n" for number in range(1000))
    data = b"slug,name,order\n" + rows.encode()
    with django_assert_max_num_queries(30):
        applied(data)
    assert SkillTerm.objects.count() == 1000


# --- tables -----------------------------------------------------------------------------------
def lines(data: bytes, **options: Any) -> list[tuple[int, dict[str, str]]]:
    options.setdefault("required", ["a", "b"])
    return [(line.number, line.cells) for line in read_csv(data, **options)]


@pytest.mark.parametrize(
    "data",
    [
        b"a,b\n1,2\n",
        b"a;b\r\n1;2\r\n",
        b"a\tb\r1\t2",
        b"a|b\n1|2\n",
        b"\xef\xbb\xbfa,b\n1,2\n",
        "a\tb\n1\t2\n".encode("utf-16"),
        b' A , "b"\n 1 , "2"\n',
        b"b,x,a\n2,9,1\n",
    ],
)
def test_tables_as_people_save_them(data: bytes) -> None:
    assert lines(data) == [(2, {"a": "1", "b": "2"})]


def test_old_windows_letters() -> None:
    assert lines("a,b\nZoë,£5\n".encode("cp1252")) == [(2, {"a": "Zoë", "b": "£5"})]


def test_rows_are_numbered_as_a_spreadsheet_does() -> None:
    data = b'a,b\n\n1,"two\nlines"\n,\n3,4\n'
    assert lines(data) == [(3, {"a": "1", "b": "two\nlines"}), (5, {"a": "3", "b": "4"})]


def test_short_rows_and_optional_columns_are_empty() -> None:
    assert lines(b"a,b\n1\n", optional=["c"]) == [(2, {"a": "1", "b": "", "c": ""})]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"\n\n,,\n", "empty"),
        (b"a,c\n1,2\n", "The column b is missing"),
        (b"c\n1\n", "The columns a and b are missing"),
        (b"a,b,A\n1,2,3\n", "column a is there twice"),
        (b"PK\x03\x04\0\0", "not a text table"),
        (b"\x81\x8d\x8f\x90", "not a text table"),
        (b'a,b\n1,"2\n', "cannot be read"),
    ],
)
def test_what_is_no_table_is_refused_with_a_remedy(data: bytes, says: str) -> None:
    with pytest.raises(BadFile, match=says) as refused:
        lines(data)
    assert refused.value.remedy


@given(st.binary(max_size=300))
def test_any_bytes_give_lines_or_a_named_refusal(data: bytes) -> None:
    try:
        lines(b"a,b\n" + data)
    except BadFile:
        return


KEYS = st.sampled_from(["a", "b", "c"])
RECORDS = st.dictionaries(KEYS, st.fixed_dictionaries({"x": st.integers(0, 2)}), max_size=3)


@given(RECORDS, RECORDS, RECORDS, st.booleans(), st.booleans())
def test_no_change_is_proposed_to_what_an_editor_touched(
    said: dict[str, Values],
    current: dict[str, Values],
    last: dict[str, Values],
    removes: bool,
    keeps: bool,
) -> None:
    rows = [Row(number, key, values) for number, (key, values) in enumerate(said.items(), 2)]
    changes, unchanged = compare(rows, current, last, removes=removes, keeps_edits=keeps)
    assert unchanged == sum(current.get(key) == values for key, values in said.items())
    for change in changes:
        if keeps and change.kind in {"changed", "removed"}:
            assert current[change.key] == last[change.key]
        if change.kind == "added":
            assert change.key not in current
            assert not keeps or change.key not in last
        if not removes:
            assert change.kind != "removed"
