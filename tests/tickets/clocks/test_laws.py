"""What holds of every calendar and every history, over months and to the microsecond."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.tickets.clocks import cases
from tickets.clocks import BusinessTime, Moment, Turn, read_clock

NOTHING = timedelta(0)
INSTANT = timedelta(microseconds=1)

amounts = st.one_of(
    st.integers(0, 200).map(lambda half: half * timedelta(minutes=30)), st.timedeltas(NOTHING, timedelta(hours=100))
)


@st.composite
def histories(draw: st.DrawFn) -> list[Moment]:
    times = draw(cases.in_order(5))
    return [Moment(times[0], Turn.START), *(Moment(at, draw(cases.turns)) for at in times[1:])]


@cases.cases(150)
@given(business=cases.calendars(), times=cases.in_order(3))
def test_business_time_adds_up(business: BusinessTime, times: Sequence[datetime]) -> None:
    start, middle, end = times
    assert business.between(start, middle) + business.between(middle, end) == business.between(start, end)
    assert business.between(end, start) == NOTHING


@cases.cases(200)
@given(business=cases.calendars(), start=cases.moments(), amount=amounts)
def test_what_is_due_after_an_amount_is_that_amount_away_and_nothing_earlier_is(
    business: BusinessTime, start: datetime, amount: timedelta
) -> None:
    due = business.after(start, amount)
    assert due is not None
    assert due.tzinfo is UTC
    assert business.between(start, due) == amount
    assert amount == NOTHING or business.between(start, due - INSTANT) == amount - INSTANT


@cases.cases(100)
@given(business=cases.calendars(), times=cases.in_order(2))
def test_what_has_passed_was_due_by_now(business: BusinessTime, times: Sequence[datetime]) -> None:
    start, now = times
    due = business.after(start, business.between(start, now))
    assert due is not None
    assert due <= now.astimezone(UTC)
    assert business.between(due, now) == NOTHING


@cases.cases(100)
@given(business=cases.calendars(), times=cases.in_order(2))
def test_stretches_have_no_gap_and_alternate(business: BusinessTime, times: Sequence[datetime]) -> None:
    start, end = times
    stretches = list(business.stretches(start, end))
    edges = [start, *(stretch.end for stretch in stretches)]
    assert edges == [*(stretch.start for stretch in stretches), end]
    assert all(stretch.start < stretch.end for stretch in stretches)
    assert all(one.is_open != other.is_open for one, other in pairwise(stretches))
    assert business.between(start, end) == sum((s.end - s.start for s in stretches if s.is_open), NOTHING)


@cases.cases(200)
@given(business=cases.calendars(), allowance=amounts, times=cases.in_order(3))
def test_a_pause_shifts_what_is_due_by_exactly_its_business_time(
    business: BusinessTime, allowance: timedelta, times: Sequence[datetime]
) -> None:
    start, pause, resume = times
    due = business.after(start, allowance)
    assert due is not None
    assume(pause.astimezone(UTC) < due)
    moments = [Moment(start, Turn.START), Moment(pause, Turn.PAUSE), Moment(resume, Turn.RESUME)]
    reading = read_clock(business, allowance, moments, resume)
    assert reading.due_at == business.after(due, business.between(pause, resume))


@cases.cases(200)
@given(business=cases.calendars(), allowance=amounts, moments=histories(), now=cases.moments())
def test_every_minute_is_explained_and_the_counted_ones_are_what_was_used(
    business: BusinessTime, allowance: timedelta, moments: list[Moment], now: datetime
) -> None:
    reading = read_clock(business, allowance, moments, now)
    end = reading.stopped_at or max(now, moments[-1].at, key=lambda moment: moment.astimezone(UTC))
    edges = [reading.started_at, *(span.end for span in reading.spans)]
    assert edges == [*(span.start for span in reading.spans), end]
    assert all(span.start < span.end for span in reading.spans)
    assert all(one.kind != other.kind for one, other in pairwise(reading.spans))
    assert reading.used == sum((span.end - span.start for span in reading.spans if span.kind == "counted"), NOTHING)
    assert reading.left == max(allowance - reading.used, NOTHING)


@cases.cases(150)
@given(business=cases.calendars(), allowance=amounts, moments=histories(), late=cases.moments())
def test_what_is_missed_stays_missed(
    business: BusinessTime, allowance: timedelta, moments: list[Moment], late: datetime
) -> None:
    """After whatever is turned and however much time passes."""
    were_missed = [
        read_clock(business, allowance, moments[:count], moments[count - 1].at).is_missed
        for count in range(1, len(moments) + 1)
    ]
    were_missed.append(read_clock(business, allowance, moments, late).is_missed)
    assert were_missed == sorted(were_missed)


@cases.cases(150)
@given(business=cases.calendars(), left=amounts.filter(bool), moments=histories())
def test_the_verdict_is_by_the_moment_it_is_due(business: BusinessTime, left: timedelta, moments: list[Moment]) -> None:
    now = moments[-1].at
    moments += [Moment(now, Turn.RESUME), Moment(now, Turn.REOPEN)]
    allowance = left + read_clock(business, NOTHING, moments, now).used
    due = read_clock(business, allowance, moments, now).due_at
    assert due == business.after(now, left)
    assert due is not None
    for late, state in [(NOTHING, "met"), (INSTANT, "missed")]:
        stop = due + late
        stopped = read_clock(business, allowance, [*moments, Moment(stop, Turn.STOP)], stop)
        assert (stopped.state, stopped.due_at, stopped.stopped_at) == (state, due, stop)


@cases.cases(100)
@given(data=st.data(), business=cases.calendars(), allowance=amounts, moments=histories(), now=cases.moments())
def test_moments_of_different_times_may_come_in_any_order(
    data: st.DataObject, business: BusinessTime, allowance: timedelta, moments: list[Moment], now: datetime
) -> None:
    assume(len({moment.at.astimezone(UTC) for moment in moments}) == len(moments))
    shuffled = data.draw(st.permutations(moments))
    assert read_clock(business, allowance, shuffled, now) == read_clock(business, allowance, moments, now)
