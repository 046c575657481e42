"""Units in order: nothing lost, nothing twice, whatever the rows say."""

from hypothesis import given
from hypothesis import strategies as st

from benchside.organisations.tree import Node, in_order, way_down, with_all_below

UNIVERSITY = [
    Node(1, None, "Science"),
    Node(2, 1, "Physics"),
    Node(3, 1, "Chemistry"),
    Node(4, 3, "Glass workshop"),
    Node(5, None, "Arts"),
]


def test_depth_first_by_name() -> None:
    drawn = [(branch.depth, branch.node.name, branch.below) for branch in in_order(UNIVERSITY)]
    assert drawn == [
        (0, "Arts", 0),
        (0, "Science", 2),
        (1, "Chemistry", 1),
        (2, "Glass workshop", 0),
        (1, "Physics", 0),
    ]


def test_all_below_and_the_way_down() -> None:
    assert with_all_below(1, UNIVERSITY) == {1, 2, 3, 4}
    assert with_all_below(4, UNIVERSITY) == {4}
    assert [node.name for node in way_down(4, UNIVERSITY)] == [
        "Science",
        "Chemistry",
        "Glass workshop",
    ]


def test_a_unit_whose_upper_one_has_closed_stands_on_top() -> None:
    assert [branch.depth for branch in in_order([Node(2, 1, "Physics")])] == [0]


def test_a_ring_is_shown_and_walked_once() -> None:
    ring = [Node(1, 2, "One"), Node(2, 1, "Two")]
    assert [branch.node.id for branch in in_order(ring)] == [1, 2]
    assert with_all_below(1, ring) == {1, 2}
    assert len(way_down(1, ring)) == 2


rows = st.lists(
    st.builds(Node, st.integers(1, 30), st.none() | st.integers(1, 40), st.text(max_size=5)),
    max_size=30,
    unique_by=lambda node: node.id,
)


@given(rows)
def test_every_unit_stands_once_under_its_own(nodes: list[Node]) -> None:
    drawn = in_order(nodes)
    assert sorted(branch.node.id for branch in drawn) == sorted(node.id for node in nodes)
    for place, branch in enumerate(drawn):
        if branch.depth:
            before = [one for one in drawn[:place] if one.depth == branch.depth - 1]
            assert before[-1].node.id == branch.node.above


@given(rows)
def test_what_is_below_is_what_is_drawn_below(nodes: list[Node]) -> None:
    drawn = in_order(nodes)
    for place, branch in enumerate(drawn):
        if branch.depth == 0 and branch.node.above is None:
            end = next(
                (at for at in range(place + 1, len(drawn)) if drawn[at].depth == 0), len(drawn)
            )
            ids = {one.node.id for one in drawn[place:end]}
            assert with_all_below(branch.node.id, nodes) == ids
