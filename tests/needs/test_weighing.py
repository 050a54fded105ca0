"""What a need weighs. Pure; the phone works it out from the same parts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from needs.weighing import HALF_LIFE_DAYS, Vote, Weight, diversity, weigh

NOW = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
CUSTOMERS = [UUID(int=number) for number in range(1, 6)]
REPORTERS = [UUID(int=number) for number in range(11, 15)]

votes = st.builds(
    Vote,
    customer=st.sampled_from(CUSTOMERS),
    reporter=st.sampled_from(REPORTERS),
    importance=st.sampled_from([None, 0, 1, 2, 3]),
    heard_at=st.integers(0, 1000).map(lambda days: NOW - timedelta(days=days)),
)


def vote(customer: int = 0, reporter: int = 0, importance: int | None = None, days_ago: int = 0) -> Vote:
    return Vote(CUSTOMERS[customer], REPORTERS[reporter], importance, NOW - timedelta(days=days_ago))


def test_a_need_nobody_asks_for_weighs_nothing() -> None:
    assert weigh([]).at(NOW) == 0
    assert weigh([]).rank == 0


def test_the_formula_by_hand() -> None:
    """Two customers of importance 2 and 1, one asked half a life ago, two reporters: 1.5 x 2 x 0.75 x 0.75."""
    weight = weigh([vote(0, 0, 2), vote(1, 1, 1, days_ago=HALF_LIFE_DAYS)])
    assert weight == Weight(customers=2, reporters=2, importance=1.5, recency=0.75, heard_at=NOW)
    assert weight.at(NOW) == pytest.approx(1.5 * 2 * 0.75 * 0.75)
    assert weight.at(NOW + timedelta(days=HALF_LIFE_DAYS)) == pytest.approx(weight.at(NOW) / 2)


@pytest.mark.parametrize(("reporters", "factor"), [(1, 0.5), (2, 0.75), (3, 1.0), (9, 1.0)])
def test_more_reporters_count_for_more_up_to_three(reporters: int, factor: float) -> None:
    assert diversity(reporters) == factor


@given(said=st.lists(votes, min_size=1, max_size=12), times=st.integers(1, 20))
def test_saying_it_again_lifts_nothing(said: list[Vote], times: int) -> None:
    """Whoever says the same of the same customer a second time is heard once, however often they do."""
    assert weigh(said + said[:1] * times) == weigh(said)


@given(said=st.lists(votes, max_size=12), loud=st.lists(st.sampled_from([0, 1, 2, 3]), min_size=1, max_size=20))
def test_one_loud_reporter_weighs_as_much_as_their_last_word(said: list[Vote], loud: list[int]) -> None:
    shouted = [Vote(CUSTOMERS[0], REPORTERS[0], level, NOW + timedelta(hours=n)) for n, level in enumerate(loud, 1)]
    assert weigh([*said, *shouted]) == weigh([*said, shouted[-1]])


@given(
    said=st.lists(votes, min_size=1, max_size=12).flatmap(lambda said: st.tuples(st.just(said), st.permutations(said)))
)
@example(said=([vote(), vote(importance=0)], [vote(importance=0), vote()]))
def test_the_order_in_which_voices_come_does_not_matter(said: tuple[list[Vote], list[Vote]]) -> None:
    assert weigh(said[0]) == weigh(said[1])


@given(
    one=st.lists(votes, min_size=1, max_size=8),
    other=st.lists(votes, min_size=1, max_size=8),
    days=st.integers(0, 3000),
)
def test_ranks_order_as_weights_do_on_any_later_day(one: list[Vote], other: list[Vote], days: int) -> None:
    first, second = weigh(one), weigh(other)
    later = NOW + timedelta(days=days)
    if abs(first.rank - second.rank) > 1e-6:
        assert (first.rank > second.rank) == (first.at(later) > second.at(later))
