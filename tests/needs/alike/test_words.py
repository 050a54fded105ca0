"""Texts taken apart without a dictionary."""

from __future__ import annotations

import unicodedata

import pytest

from needs.alike.words import MOST_CHARACTERS, Text, normal, stems_of, take_apart


def composed(words: frozenset[str]) -> set[str]:
    return {unicodedata.normalize("NFC", word) for word in words}


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("펌프가 시끄럽습니다", {"펌프", "시끄럽"}),
        ("보고서를 엑셀로 보내 주세요", {"보고서", "엑셀", "보내"}),
        ("The pump is too loud", {"pump", "too", "loud"}),
        ("3층에서 누수", {"3", "층", "누수"}),
    ],
)
def test_endings_and_little_words_are_not_what_it_is_about(text: str, content: set[str]) -> None:
    assert composed(take_apart(text).content) == content


def test_they_are_its_frame() -> None:
    assert {"를", "로", "주세요"} <= composed(take_apart("보고서를 엑셀로 보내주세요").frame)


@pytest.mark.parametrize(
    "text",
    ["안 켜져요", "전원이 안돼요", "물이 못 들어가요", "소리가 들리지 않아요", "쓸 수 없습니다", "It does not start"],
)
def test_a_no_is_heard(text: str) -> None:
    assert take_apart(text).says_no


@pytest.mark.parametrize("text", ["안전 교육", "안내판이 필요해요", "못을 박아 주세요", "notes for the annotation"])
def test_and_not_where_there_is_none(text: str) -> None:
    assert not take_apart(text).says_no


def test_numbers_are_taken_as_they_are_written() -> None:
    assert take_apart("E-12 오류, 압력 3.5bar, 10:30").numbers == {"12", "3.5", "10:30"}


def test_how_a_text_was_typed_does_not_matter() -> None:
    plain = take_apart("펌프 소음 A/S")
    for typed in (
        "펌프  소음\nA/S ",
        unicodedata.normalize("NFD", "펌프 소음 A/S"),
        "펌프 소음 \uff21/\uff33",
        "펌프 소음 a/s",
    ):
        assert take_apart(typed) == plain


def test_stems_have_an_order_of_their_own() -> None:
    assert stems_of("소음이 펌프에서 나요") == stems_of("펌프에서 소음이 나요")
    assert stems_of("더 잘") == "더 잘"


def test_what_comes_after_six_hundred_characters_is_left_out() -> None:
    assert len(normal("가" * 5000)) == MOST_CHARACTERS
    assert isinstance(take_apart(""), Text)
