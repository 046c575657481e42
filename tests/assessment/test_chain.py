"""Nothing can be changed, taken out, put in or cut off without being found."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchside.assessment.chain import BEGINNING, Link, canonical, digest_of, next_link, verify

says = st.dictionaries(st.text(max_size=8), st.integers() | st.text(max_size=8), max_size=4)


def a_chain(events: list[dict[str, object]]) -> list[Link]:
    links: list[Link] = []
    for one in events:
        links.append(next_link(links[-1] if links else None, one))
    return links


def test_canonical_form_is_written_out() -> None:
    """RFC 8785's order for plain keys, and a digest worked out by another program."""
    value = {"b": 1, "a": ["é", None, True], "c": date(2026, 3, 1)}
    written = '{"a":["é",null,true],"b":1,"c":"2026-03-01"}'.encode()
    assert canonical(value) == written
    assert digest_of(value) == hashlib.sha256(written).hexdigest()


def test_what_has_no_single_form_is_refused() -> None:
    for value in (float("nan"), object(), {1, 2}, datetime(2026, 1, 1)):
        with pytest.raises((TypeError, ValueError)):
            canonical(value)
    canonical([UUID(int=1), datetime(2026, 1, 1, tzinfo=UTC)])


@given(st.lists(says, max_size=8))
def test_a_chain_as_written_holds(events: list[dict[str, object]]) -> None:
    links = a_chain(events)
    assert list(verify(links, head=links[-1].digest if links else BEGINNING)) == []


@given(st.lists(says, min_size=1, max_size=6), st.data())
def test_any_change_is_found(events: list[dict[str, object]], data: st.DataObject) -> None:
    links = a_chain(events)
    head = links[-1].digest
    at = data.draw(st.integers(0, len(links) - 1))
    how = data.draw(st.sampled_from(["say", "take", "twice", "cut", "swap"]))
    if how == "say":
        links[at] = replace(links[at], says={**links[at].says, "x": "forged"})
    elif how == "take":
        del links[at]
    elif how == "twice":
        links.insert(at, links[at])
    elif how == "cut":
        links = links[:at]
    elif len(links) > 1:
        other = (at + 1) % len(links)
        links[at], links[other] = links[other], links[at]
    else:
        links = []
    assert list(verify(links, head=head))


def test_a_forged_end_is_found_by_the_head_alone() -> None:
    links = a_chain([{"state": "active"}, {"state": "removed"}])
    forged = [links[0], next_link(links[0], {"state": "active"})]
    assert list(verify(forged)) == []
    assert [one.problem for one in verify(forged, head=links[1].digest)] == [
        "is not the last there was"
    ]
