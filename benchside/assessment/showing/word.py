"""A document as a Word file: real headings and tables, a title, British English. No Django here.

The same document gives the same bytes: times in the file are the document's, not the clock's.
"""

import io
import zipfile
from datetime import UTC, datetime, time

import docx
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table as WordTable

from benchside.assessment.showing.document import Document, Heading, Table, Words
from benchside.core.xml_text import xml_text

LANGUAGE = "en-GB"
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first time a zip can name


def docx_of(document: Document) -> bytes:
    file = docx.Document()
    _describe(file, document)
    file.add_heading(xml_text(document.title), level=1)
    _draw(file, Table("This document", ("What", "This document"), document.facts))
    for block in document.blocks:
        if isinstance(block, Heading):
            file.add_heading(xml_text(block.text), level=block.level + 1)
        elif isinstance(block, Words):
            for words in block.paragraphs:
                run = file.add_paragraph().add_run(xml_text(words))
                run.italic = block.quiet
        else:
            _draw(file, block)
    out = io.BytesIO()
    file.save(out)
    return _timeless(out.getvalue())


def _describe(file: WordDocument, document: Document) -> None:
    about = file.core_properties
    moment = datetime.combine(document.made_on, time(), UTC)
    about.title, about.author, about.language = (
        xml_text(document.title)[:255],
        "Benchside",
        LANGUAGE,
    )
    about.subject, about.comments, about.last_modified_by = "", "", "Benchside"
    about.created = about.modified = moment
    about.revision = 1
    normal = file.styles["Normal"]
    normal.font.size = Pt(11)
    for element in (normal.element, file.styles.element):
        for properties in element.iter(qn("w:rPr")):
            _speak(properties)


def _speak(properties) -> None:  # type: ignore[no-untyped-def]
    """Say which language the words are in, for spelling and for voices."""
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    language = OxmlElement("w:lang")
    for name in ("w:val", "w:eastAsia"):
        language.set(qn(name), LANGUAGE)
    properties.append(language)


def _draw(file: WordDocument, block: Table) -> None:
    table = file.add_table(rows=1, cols=len(block.columns))
    table.style = "Table Grid"
    _name(table, block.caption)
    for cell, words in zip(table.rows[0].cells, block.columns, strict=True):
        cell.paragraphs[0].add_run(xml_text(words)).bold = True
    # Told to be the header: it is read out with each cell, and stands again on every page.
    header = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    for row in block.rows:
        cells = table.add_row().cells
        for cell, words in zip(cells, (*row, *[""] * len(block.columns)), strict=False):
            cell.text = xml_text(words)
    file.add_paragraph()


def _name(table: WordTable, caption: str) -> None:
    description = OxmlElement("w:tblCaption")
    description.set(qn("w:val"), xml_text(caption)[:250])
    table._tbl.tblPr.append(description)


def _timeless(data: bytes) -> bytes:
    """The same parts in the same order, without the time of the clock."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(out, "w") as kept:
        for part in sorted(made.infolist(), key=lambda one: one.filename != "[Content_Types].xml"):
            info = zipfile.ZipInfo(part.filename, EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(info, made.read(part))
    return out.getvalue()
