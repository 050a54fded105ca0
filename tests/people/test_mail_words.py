"""The words of mails: every text has its Korean, and the compiled catalogue is the written one."""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

CATALOGUE = Path(__file__).parents[2] / "fieldops" / "locale" / "ko" / "LC_MESSAGES" / "django.po"


def test_the_compiled_catalogue_is_the_written_one() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="ko")
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    hint = "run: pybabel compile -d fieldops/locale -D django -l ko"
    assert CATALOGUE.with_suffix(".mo").read_bytes() == compiled.getvalue(), hint


def test_no_text_is_left_without_its_korean() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="ko")
    assert [message.id for message in catalogue if message.id and not message.string] == []
