"""DOIs in every form people type and paste them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from benchside.visibility.credit import doi as dois

# Crossref's own list of odd but true ones is where the Wiley one is from.
WILEY = "10.1002/(sici)1096-8644(199601)99:1<1::aid-ajpa1>3.0.co;2-1"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("10.1000/182", "10.1000/182"),
        ("  10.1000/ABC  ", "10.1000/abc"),
        ("doi:10.1000/abc", "10.1000/abc"),
        ("DOI: 10.1000/abc", "10.1000/abc"),
        ("doi 10.1000/abc", "10.1000/abc"),
        ("info:doi/10.1000/abc", "10.1000/abc"),
        ("https://doi.org/10.1000/abc", "10.1000/abc"),
        ("http://dx.doi.org/10.1000/abc", "10.1000/abc"),
        ("https://www.doi.org/10.1000/abc", "10.1000/abc"),
        ("doi.org/10.1000/abc", "10.1000/abc"),
        ("dx.doi.org/10.1000/abc", "10.1000/abc"),
        ("https://doi.org/10.1000%2Fabc", "10.1000/abc"),
        ("10.1000%2Fabc", "10.1000/abc"),
        ("https://doi.org/10.1000/abc?utm_source=x#top", "10.1000/abc"),
        ("<https://doi.org/10.1000/abc>", "10.1000/abc"),
        ("https://onlinelibrary.wiley.com/doi/full/10.1002/anie.2020", "10.1002/anie.2020"),
        ("https://www.example.org/doi/10.1080/01.2020/pdf", "10.1080/01.2020"),
        ("(10.1000/abc).", "10.1000/abc"),
        ("see 10.1000/abc, page 3", "10.1000/abc"),
        ("10.1000/a(b)c", "10.1000/a(b)c"),
        ("10.1000/a(b)", "10.1000/a(b)"),
        (WILEY.upper(), WILEY),
        (f"https://doi.org/{WILEY.replace('<', '%3C').replace('>', '%3E')}", WILEY),
        ("10.1000.10/123", "10.1000.10/123"),
    ],
)
def test_usual_forms(typed: str, found: str) -> None:
    assert dois.normal(typed) == found


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "10.1000/", "10.1000", "10/abc", "11.1000/abc", "110.1000/abc", "10.12/abc",
        "https://doi.org/", "https://doi.org/abc", "http://[", "https://example.org/",
        "10.1000/a\u202eb", "10.1000/a\x00", f"10.1000/{'a' * 255}", "a" * 100_000,
    ],
)  # fmt: skip
def test_what_is_none(typed: str) -> None:
    assert dois.normal(typed) is None


@given(st.text(max_size=300))
@example("https://doi.org/10.1000/" + "(" * 200)
def test_any_text_is_read_and_what_is_found_is_found_again(text: str) -> None:
    found = dois.normal(text)
    if found is not None:
        assert dois.normal(found) == found
        assert len(found) <= dois.LONGEST
        assert found.isprintable()


@given(st.from_regex(r"10\.\d{4,9}/[-._;()/:A-Za-z0-9<>#%?&]{1,60}", fullmatch=True))
def test_the_address_of_a_doi_leads_back_to_it(typed: str) -> None:
    found = dois.normal(typed)
    if found is not None and "%" not in found:
        assert dois.normal(dois.address(found)) == found
        assert all("!" <= sign <= "~" and sign not in "<>\"'?#" for sign in dois.address(found))
