"""Which files are read, and how those that are not are refused."""

import io
import zipfile

import docx
import pytest

from benchside.impact.bringing.files import open_file
from benchside.impact.bringing.problems import Unreadable
from tests.impact.bringing.messy import CODES, FIVE_COLUMNS, csv_file, document, saved, workbook

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(
                name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), content
            )
    return out.getvalue()


def ods(content: str) -> bytes:
    spaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    xml = f"<office:document-content {spaces}>{content}</office:document-content>"
    return zipped(
        mimetype=b"application/vnd.oasis.opendocument.spreadsheet", content_xml=xml.encode()
    )


def test_a_workbook_a_document_and_a_csv_give_the_same_cells() -> None:
    rows = [[str(cell) for cell in row] for row in CODES]
    for name, data in (
        ("plan.xlsx", workbook(Plan=CODES)),
        ("plan.docx", document(CODES)),
        ("plan.csv", csv_file(rows)),
    ):
        assert open_file(data, name).tables[0].rows == rows, name


def test_an_open_document_is_read_and_a_million_empty_rows_cost_nothing() -> None:
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    row = f"<table:table-row>{cell.format('', 'Action')}{cell.format('', 'Lead')}</table:table-row>"
    twice = cell.format(' table:number-columns-repeated="2"', "x")
    rest = (
        '<table:table-row table:number-rows-repeated="1048574">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    sheet = f'<table:table table:name="Plan">{row}<table:table-row>{twice}</table:table-row>{rest}'
    found = open_file(ods(f"{sheet}</table:table>"), "plan.ods")
    assert found.tables[0].rows == [["Action", "Lead"], ["x", "x"]]


def test_an_open_document_that_repeats_words_a_million_times_is_refused() -> None:
    row = (
        '<table:table-row table:number-rows-repeated="1048574"><table:table-cell>'
        "<text:p>x</text:p></table:table-cell></table:table-row>"
    )
    with pytest.raises(Unreadable, match="rows"):
        open_file(ods(f"<table:table>{row}</table:table>"), "plan.ods")


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "plan.xlsx", "empty"),
        (b"%PDF-1.7 \0", "plan.xlsx", "called .xlsx, but it is a PDF"),
        (b"%PDF-1.7", "plan.pdf", "a PDF"),
        (b"%PDF-1.7", "plan.csv", "called .csv, but it is a PDF"),
        (b"\x89PNG\r\n\x1a\n", "plan.docx", "a picture"),
        (b"<html><table>", "plan.xls", "a web page"),
        (workbook(Plan=CODES), "plan.csv", "called .csv, but it is an Excel workbook"),
        (workbook(Plan=CODES), "plan.docx", "called .docx, but it is an Excel workbook"),
        (document(CODES), "plan.xlsx", "called .xlsx, but it is a Word document"),
        (b"a,b\n1,2", "plan.xlsx", "called .xlsx, but it is a text table"),
        (b"a,b\n1,2", "plan.exe", "ends in .exe"),
        (b"a,b\n1,2", "plan", "no ending"),
        (zipped(readme=b"hello"), "plan.xlsx", "a zip archive"),
        (zipped(xl__workbook_xml=b"<a/>", xl__vbaProject_bin=b"x"), "plan.xlsx", "macros"),
        (zipped(word__document_xml=b"<a/>", word__vbaProject_bin=b"x"), "plan.docx", "macros"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "plan.xlsx", "password"),
        (OLD + "_VBA_PROJECT".encode("utf-16-le"), "plan.xls", "macros"),
        (OLD + "WordDocument".encode("utf-16-le"), "plan.doc", "an old Word document"),
        (OLD + "Workbook".encode("utf-16-le"), "plan.xls", "damaged"),
        (workbook(Plan=CODES)[:900], "plan.xlsx", "no table that we know"),
        (zipped(xl__workbook_xml=b"<a/>"), "plan.xlsx", "damaged"),
        (zipped(word__document_xml=b"<a/>"), "plan.docx", "damaged"),
        (document("Only words, no table."), "plan.docx", "no table"),
        (workbook(Plan=[]), "plan.xlsx", "nothing"),
        (csv_file([["x"] * 70]), "plan.csv", "columns"),
        (csv_file([["x"]] * 3_100), "plan.csv", "rows"),
    ],
)  # fmt: skip
def test_what_is_no_plan_is_refused_in_words(data: bytes, name: str, said: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        open_file(data, name)
    assert said in refusal.value.message
    assert refusal.value.remedy


def test_a_zip_that_unpacks_to_gigabytes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchside.impact.bringing.kinds.MAX_UNPACKED", 1024 * 1024)
    bomb = zipped(xl__workbook_xml=b"<a/>", xl__worksheets__sheet1_xml=b"0" * 5_000_000)
    with pytest.raises(Unreadable, match="far too much"):
        open_file(bomb, "plan.xlsx")


def test_merged_cells_tracked_changes_and_tables_within_cells_are_read() -> None:
    made = docx.Document()
    made.add_paragraph("Theme 1: Visibility")
    table = made.add_table(rows=3, cols=3)
    for place, text in enumerate(("Step", "By whom", "Measure")):
        table.cell(0, place).text = text
    table.cell(1, 0).merge(table.cell(2, 0)).text = "Send a newsletter"
    table.cell(1, 1).merge(table.cell(1, 2)).text = "Comms"
    inner = table.cell(2, 2).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "inner left", "inner right"
    run = table.cell(2, 1).paragraphs[0].add_run("put in later")
    inserted = run._r.makeelement(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}ins"
    )
    run._r.addprevious(inserted)
    inserted.append(run._r)
    (found,) = open_file(saved(made), "plan.docx").tables
    assert found.name == "Theme 1: Visibility"
    assert found.rows[1] == ["Send a newsletter", "Comms"]
    assert found.rows[2][:2] == ["Send a newsletter", "put in later"]
    assert found.rows[2][2].split() == ["inner", "left", "inner", "right"]


def test_lines_outside_the_tables_of_a_document_are_owned_up_to() -> None:
    found = open_file(document("An introduction.", FIVE_COLUMNS, "An end."), "plan.docx")
    assert found.notes[0].startswith("2 lines of the document stand outside its tables.")
