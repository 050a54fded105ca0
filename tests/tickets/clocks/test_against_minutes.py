"""The engine and a plain count of minutes agree: on days when clocks are set, over lunch, holidays and pauses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.tickets.clocks import cases
from tests.tickets.clocks.minutes import MINUTE, Turns, Window, account, open_minutes, reached, shown_in
from tickets.clocks import BusinessTime, Moment, Turn, read_clock


@dataclass(frozen=True)
class Place:
    """A window with a calendar in force."""

    window: Window
    slots: dict[int, list[tuple[int, int]]]
    holidays: frozenset[date]

    @property
    def business(self) -> BusinessTime:
        return BusinessTime(self.window.zone, self.slots, self.holidays)

    @property
    def is_open(self) -> list[bool]:
        return open_minutes(self.window, self.slots, self.holidays)


@st.composite
def places(draw: st.DrawFn) -> Place:
    window = draw(st.sampled_from(cases.WINDOWS))
    first = date.fromordinal(shown_in(window)[0] // 1440)
    return Place(window, draw(cases.weeks()), draw(cases.some_days(first, window.days)))


# Often at a full half hour, where slots begin and end.
minutes = st.one_of(st.integers(0, 6 * 48 - 1).map(lambda half: half * 30), st.integers(0, 6 * 1440 - 1))
amounts = st.one_of(st.integers(0, 60).map(lambda half: half * 30), st.integers(0, 3000))


@st.composite
def histories(draw: st.DrawFn) -> Turns:
    """A start, and turns before, after and at the same moment, whether they fit or not."""
    times = sorted(draw(st.lists(minutes, min_size=1, max_size=9)))
    turns = [(at, draw(cases.turns)) for at in times[1:]]
    return [*turns[:1], (times[0], Turn.START), *turns[1:]]


@cases.cases(500)
@given(place=places(), start=minutes, end=minutes)
def test_business_time_is_the_number_of_open_minutes(place: Place, start: int, end: int) -> None:
    at = place.window.at
    assert place.business.between(at(start), at(end)) == sum(place.is_open[start:end]) * MINUTE


@cases.cases(500)
@given(place=places(), start=minutes, amount=amounts)
def test_a_promise_is_due_when_so_many_open_minutes_have_passed(place: Place, start: int, amount: int) -> None:
    due = reached(place.is_open, start, amount)
    found = place.business.after(place.window.at(start), amount * MINUTE)
    assert found is not None
    if due is None:
        assert found > place.window.at(place.window.minutes)
    else:
        assert found == place.window.at(due)


@cases.cases(200)
@given(place=places(), start=minutes, end=minutes)
def test_every_minute_is_open_or_closed_as_counted(place: Place, start: int, end: int) -> None:
    stretches = list(place.business.stretches(place.window.at(start), place.window.at(end)))
    runs = [(kind, len(list(run))) for kind, run in groupby(place.is_open[start:end])]
    assert [(stretch.is_open, (stretch.end - stretch.start) // MINUTE) for stretch in stretches] == runs


@cases.cases(1000)
@given(place=places(), turns=histories(), allowance=amounts, now=minutes)
def test_a_clock_reads_as_if_every_minute_had_been_lived_through(
    place: Place, turns: Turns, allowance: int, now: int
) -> None:
    at = place.window.at
    told = account(place.is_open, allowance, turns, now)
    reading = read_clock(place.business, allowance * MINUTE, [Moment(at(time), turn) for time, turn in turns], at(now))
    assert (reading.state, reading.is_missed) == (told.state, told.is_missed)
    assert (reading.used, reading.left) == (told.used * MINUTE, told.left * MINUTE)
    assert reading.started_at == at(told.started_at)
    assert reading.stopped_at == (None if told.stopped_at is None else at(told.stopped_at))
    if told.due_at is not None:
        assert reading.due_at == at(told.due_at)
    elif told.state == "paused":
        assert reading.due_at is None
    else:
        assert reading.due_at is not None
        assert reading.due_at > at(place.window.minutes)
    assert [(span.kind, (span.end - span.start) // MINUTE) for span in reading.spans] == [
        (kind, len(list(run))) for kind, run in groupby(told.kinds)
    ]
    assert all(one.end == other.start for one, other in pairwise(reading.spans))
    assert reading.used == sum((s.end - s.start for s in reading.spans if s.kind == "counted"), timedelta(0))
