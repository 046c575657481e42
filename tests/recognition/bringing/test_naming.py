"""Names as spreadsheets have them."""

import pytest

from benchside.recognition.bringing import naming


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("O’BRIEN, Séan", "Séan O’Brien"),
        ("O'BRIEN, SEAN", "Sean O'Brien"),
        ("McDONALD, Amy", "Amy McDonald"),
        ("MCDONALD, AMY", "Amy McDonald"),
        ("SMITH-JONES, J.P.", "J.P. Smith-Jones"),
        ("NG, JP", "JP Ng"),
        ("Made-Up, Edie", "Edie Made-Up"),
        ("NÍ BHRIAIN, Áine", "Áine Ní Bhriain"),
        ("TESS MADE-UP", "Tess Made-Up"),
        # Left as they are: somebody wrote them so, or nobody can tell.
        ("Tess deVries", "Tess deVries"),
        ("Séan O’Brien", "Séan O’Brien"),
        ("John Smith, MBE", "John Smith, MBE"),
        ("Smith, John, Dr", "Smith, John, Dr"),
        ("VAN DER BERG, Ada", "Ada VAN DER BERG"),
        ("Cher", "Cher"),
        (", Ada", ", Ada"),
        ("", ""),
    ],
)
def test_a_name_is_mended_as_far_as_it_is_safe(written: str, meant: str) -> None:
    assert naming.mended(written) == meant


@pytest.mark.parametrize(
    ("name", "large"),
    [("O’BRIEN, Séan", True), ("TESS MADE-UP", True), ("McDONALD", True), ("JP Ng", False),
     ("Tess Made-Up", False), ("John Smith MBE", False), ("Amy McDonald", False)],
)  # fmt: skip
def test_capitals_are_seen(name: str, large: bool) -> None:
    assert naming.is_large(name) is large
