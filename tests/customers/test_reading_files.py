"""Reading a file of customers: whatever people and their programs save, each line is read as it is or named."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import pytest

from customers.actions import ImportRow
from customers.importing import UnreadableFile, read_columns, read_lines
from tests.customers.files import HEADING, OURS, SAMPLE, SCHOOLS, complaint, file_of, names, reasons

PLACES = f"{HEADING},latitude,longitude"
KOREAN = file_of("C-1,강남초등학교,서초", "C-2,똠방각하,펲시").decode()
UNREADABLE = "The heading cannot be read: save the file again as CSV UTF-8."


def read(line: str, heading: str = HEADING) -> ImportRow:
    """The one line of a file, as it will be taken in."""
    (found,) = read_lines(file_of(line, heading=heading), OURS)
    assert found.row is not None, found.result.reason
    return found.row


def workbook() -> bytes:
    """As Excel saves by itself: a ZIP."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", KOREAN * 50)
    return content.getvalue()


# --- Encodings ------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_file_is_read_alike_however_it_was_saved(encoding: str, end: str) -> None:
    content = KOREAN.replace("\n", end).encode(encoding)
    assert names(content) == ["강남초등학교", "똠방각하"]
    assert list(reasons(content)) == [2, 3]


@pytest.mark.parametrize(("most", "few"), [("utf-8", "cp949"), ("utf-8-sig", "cp949"), ("cp949", "utf-8")])
def test_a_line_in_another_encoding_than_the_file_is_refused_and_the_others_are_read(most: str, few: str) -> None:
    """B62: two lists put together in an editor that did not mind. 중앙 in UTF-8 would do as CP949."""
    lines = [line.encode(most) for line in (HEADING, "C-1,강남초등학교,서초", "C-2,똠방각하,펲시", "C-3,Steel,North")]
    lines += ["C-4,학교,North".encode(few), "C-5,중앙,North".encode(few), "C-6,강남,서초".encode(most)]
    lines += ["C-7,마바,사아".encode(most)]
    refused = "name: bad_characters"
    assert reasons(b"\n".join(lines)) == {2: "", 3: "", 4: "", 5: refused, 6: refused, 7: "", 8: ""}
    assert names(b"\n".join(lines)) == ["강남초등학교", "똠방각하", "Steel", "강남", "마바"]


def test_a_word_of_cp949_that_would_do_as_utf_8_is_not_taken_for_it() -> None:
    """청 is the two bytes of û."""
    content = f"{HEADING}\nC-1,청,North\nC-2,청,North\nC-3,강남,North".encode("cp949")
    assert names(content) == ["청", "청", "강남"]


def test_a_line_with_bytes_of_no_encoding_is_refused_and_the_others_are_read() -> None:
    """B62: a name that was cut in the middle of a letter, and a letter that is none."""
    lines = [b"C-1,\xea\xb0\x95\xeb,North", "C-2,강남,North".encode(), b"C-3,\xff,North", "C-4,서초,North".encode()]
    lines += ["C-5,반포,North".encode()]
    refused = "name: bad_characters"
    assert reasons(b"\n".join([HEADING.encode(), *lines])) == {2: refused, 3: "", 4: refused, 5: "", 6: ""}


def test_what_stands_in_a_column_we_do_not_read_hinders_nobody() -> None:
    assert names(file_of(heading=f"{HEADING},theirs") + b"\nC-1,Steel,North,\xff\x00") == ["Steel"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_one_writing_of_a_name_is_kept(form: Any) -> None:
    """B31: files from a Mac may hold syllables taken apart."""
    row = read(unicodedata.normalize(form, "가-1,강남,서초"))
    assert (row.external_id, row.customer["name"], row.territory) == ("가-1", "강남", "서초")


# --- Files that are none ----------------------------------------------------------------------------


def test_an_empty_file_says_which_columns_are_missing() -> None:
    assert complaint(b"") == "No column for external_id, name, territory. The file has: no heading."


def test_a_heading_alone_is_a_file_without_lines() -> None:
    assert reasons(HEADING.encode()) == reasons(f"\ufeff{HEADING}\r\n\r\n".encode()) == {}


def test_wrong_columns_are_said_by_both_names() -> None:
    """B61: what we look for, and what is there."""
    assert complaint(b"external_id,Name,place\n1,2,3") == (
        "No column for name, territory. The file has: Name, external_id, place."
    )
    assert complaint(SAMPLE.read_bytes()).startswith("No column for external_id, name, territory. The file has: 경도, ")
    assert complaint(file_of(), {"name": ("name",)}).startswith("No column for external_id, territory.")


def test_what_is_no_table_of_text_is_refused_as_a_whole() -> None:
    assert complaint(KOREAN.encode("utf-16")) == UNREADABLE
    for content in (workbook(), b"\x89PNG\r\n\x1a\n" + bytes(range(256)), b'{"external_id": "C-1", "name": "Steel"}'):
        assert complaint(content).startswith((UNREADABLE, "No column for external_id, name, territory. The file has: "))


def test_what_is_said_about_a_file_of_anything_stays_short() -> None:
    said = complaint((f"{'x' * 1000}\x00," * 1000).encode())
    assert len(said) < 4000
    assert "\x00" not in said


@pytest.mark.parametrize("after", [0, 3, 4000])
def test_an_open_quotation_mark_swallows_no_lines(after: int) -> None:
    """All that follows would be one cell. Nothing is taken in before it is mended, or lines would be lost unsaid."""
    lines = ["C-1,Paper,North", 'C-2,"Steel,North', *(f"C-{3 + n},{'Steel' * 10},North" for n in range(after))]
    assert complaint(file_of(*lines)) == "The quotation mark that is opened in line 3 is never closed."


def test_a_quotation_mark_inside_a_cell_opens_nothing() -> None:
    assert names(file_of('C-1,5" pipes,North', 'C-2,"Best" Motors,North')) == ['5" pipes', "Best Motors"]


# --- Lines ------------------------------------------------------------------------------------------------


def test_a_cell_may_hold_commas_quotation_marks_and_ends_of_lines() -> None:
    row = read('C-1,"Steel, ""Daehan""",North,"first\nsecond"', f"{HEADING},memo")
    assert row.customer == {"name": 'Steel, "Daehan"', "memo": "first\nsecond"}


def test_lines_are_named_by_their_number_in_the_file() -> None:
    """The heading is line 1, empty lines count, and a cell may go over several."""
    content = file_of("C-1,A,North", "", 'C-2,"B\nC",North', ",D,North")
    assert reasons(content) == {2: "", 5: "", 6: "external_id: field_required"}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (",Steel,North,,", "external_id: field_required"),
        ("C-1,  ,North,,", "name: field_required"),
        ("C-1,Steel", "territory: field_required"),
        (",,,,", "external_id: field_required"),
        (f"C-1,{'가' * 201},North,,", "name: too_long"),
        (f"{'1' * 81},Steel,North,,", "external_id: too_long"),
        (f"C-1,Steel,{'N' * 81},,", "territory: too_long"),
        ("C-1,St\x00eel,North,,", "name: bad_characters"),
        ("C-1,Steel,North,91,127", "latitude: out_of_range"),
        ("C-1,Steel,North,37,-180.1", "longitude: out_of_range"),
        ('C-1,Steel,North,"1,234","1,234"', "latitude: field_type"),
        ('C-1,Steel,North,"3,7",127', "latitude: field_type"),
        ("C-1,Steel,North,37,somewhere", "longitude: field_type"),
        ("C-1,Steel,North,37.5N,127", "latitude: field_type"),
        ("C-1,Steel,North,3_7,127", "latitude: field_type"),
        ("C-1,Steel,North,NaN,127", "latitude: out_of_range"),
        ("C-1,Steel,North,37,Infinity", "longitude: out_of_range"),
        ("C-1,Steel,North,37,", "latitude: bad_location"),
        ("C-1,Steel,North,,127", "latitude: bad_location"),
        ("C-1,Steel,North,0,0.0", "latitude: bad_location"),
    ],
)
def test_a_line_that_cannot_be_is_refused_by_field(line: str, reason: str) -> None:
    """B25, B29, B30 and B35 in a file, and Excel's 1,234: nothing is cut or guessed, nor taken in by half."""
    assert reasons(file_of(line, "C-2,Paper,North,37.5,127", heading=PLACES)) == {2: reason, 3: ""}


def test_a_text_that_just_fits_is_taken() -> None:
    assert read(f"{'1' * 80},{'가' * 200},{'N' * 80}").customer["name"] == "가" * 200


def test_numbers_are_read_as_programs_write_them() -> None:
    assert read("C-1,Steel,North,37.50,1.27e+02", PLACES).site == {"latitude": 37.5, "longitude": 127.0}
    assert read("C-1,Steel,North, -1 ,+0", PLACES).site == {"latitude": -1.0, "longitude": 0.0}


def test_what_a_line_leaves_empty_it_says_nothing_about() -> None:
    row = read("C-1,Steel,North, ,,", f"{HEADING},phone,address,latitude")
    assert (row.customer, row.site) == ({"name": "Steel"}, {})


def test_more_cells_than_headings_are_let_be() -> None:
    assert read("C-1,Steel,North,more,and more").customer == {"name": "Steel"}


def test_the_second_line_of_an_external_id_is_refused() -> None:
    """B64: which of the two is right only a person knows. The first one is taken, a refused one does not count."""
    content = file_of("C-1,,North", "C-1,Steel,North", " C-1 ,Paper,South", "c-1,Glass,South")
    assert reasons(content) == {2: "name: field_required", 3: "", 4: "external_id: twice in this file", 5: ""}
    assert names(content) == ["Steel", "Glass"]


# --- Which column is which ------------------------------------------------------------------------------------


def test_of_several_columns_the_first_that_is_filled_counts() -> None:
    columns = {**OURS, "address": ("road", "lot")}
    content = file_of("C-1,A,N,Road 1,Lot 1", "C-2,B,N, ,Lot 2", "C-3,C,N,,", heading=f"{HEADING},road,lot")
    found = [line.row.site for line in read_lines(content, columns) if line.row]
    assert found == [{"address": "Road 1"}, {"address": "Lot 2"}, {}]


def test_the_schools_are_read_by_their_own_columns() -> None:
    lines = list(read_lines(SAMPLE.read_bytes(), read_columns(SCHOOLS)))
    first = lines[0].row
    assert first is not None
    assert (first.external_id, first.territory) == ("B000008352", "서울특별시강남서초교육지원청")
    assert first.customer == {"name": "세화여자중학교", "segment": "중학교"}
    assert first.site == {"address": "서울특별시 서초구 신반포로 56-7", "latitude": 37.5019828, "longitude": 126.99423}
    assert {line.result.outcome for line in lines} == {"read"}


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('name = "theirs"\nowner = "boss"\ncolour = "red"', "names fields we do not have: colour, owner"),
        ("name = ", "cannot be read as a table of columns"),
        ("name = 5", "must give name a column, or a list of columns"),
        ('name = ["a", 5]', "must give name a column, or a list of columns"),
        ('[name]\ncolumn = "a"', "must give name a column, or a list of columns"),
    ],
)
def test_a_table_of_columns_that_cannot_be_is_refused(tmp_path: Path, table: str, said: str) -> None:
    path = tmp_path / "columns.toml"
    path.write_text(table, encoding="utf-8")
    with pytest.raises(UnreadableFile, match=f"columns.toml {said}"):
        read_columns(path)


def test_a_table_that_is_not_there_or_not_utf_8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "old.toml").write_bytes('name = "이름"'.encode("cp949"))
    for name in ("old.toml", "none.toml"):
        with pytest.raises(UnreadableFile, match=f"{name} cannot be read as a table of columns"):
            read_columns(tmp_path / name)
