"""Sets a certificate with typst: words in, a tagged PDF of A4 across out. No Django here."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import typst

TEMPLATE = Path(__file__).parent / "certificate.typ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What stands on it. No name of a person: that is written by hand."""

    competition: str
    school: str
    prizes: tuple[str, ...]
    category: str
    ages: str
    number: str
    day: str


def certificate_pdf(certificate: Certificate) -> bytes:
    """A PDF/UA-1 of one page. Raises typst.TypstError if it cannot be set."""
    made: bytes = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=typst.Fonts(include_system_fonts=False),
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"said": json.dumps(asdict(certificate))},
    )
    return made
