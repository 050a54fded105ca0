"""One promise after the other, by hand: eight hours, in an office with a lunch break. 2026-11-02 is a Monday."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tickets.clocks import BusinessTime, Moment, NotStarted, Reading, Turn, read_clock

SEOUL = ZoneInfo("Asia/Seoul")
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
NOTHING = timedelta(0)
OFFICE = BusinessTime(SEOUL, {weekday: [(540, 720), (780, 1080)] for weekday in range(5)})


def at(text: str) -> datetime:
    """ "06 18:00" is a Friday in November, when the office closes."""
    return datetime.strptime(f"2026-11-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=SEOUL)


def turned(text: str) -> Moment:
    """ "start 02 09:00"."""
    turn, time = text.split(" ", 1)
    return Moment(at(time), Turn(turn))


def read(*turns: str, now: str = "02 09:00", hours: float = 8) -> Reading:
    return read_clock(OFFICE, hours * HOUR, [turned(turn) for turn in turns], at(now))


def told(reading: Reading) -> list[str]:
    return [f"{span.start.astimezone(SEOUL):%d %H:%M} {span.kind}" for span in reading.spans]


def test_a_running_clock_says_when_it_is_due_and_what_is_left() -> None:
    reading = read("start 02 09:00", now="02 14:00")
    assert reading == Reading(
        state="running",
        started_at=at("02 09:00"),
        due_at=at("02 18:00"),
        stopped_at=None,
        used=4 * HOUR,
        left=4 * HOUR,
        is_missed=False,
        spans=reading.spans,
    )
    assert told(reading) == ["02 09:00 counted", "02 12:00 closed", "02 13:00 counted"]


def test_everything_comes_back_in_utc() -> None:
    reading = read("start 02 09:00", "pause 02 10:00", "stop 02 11:00", now="02 14:00")
    moments = [reading.started_at, reading.due_at, reading.stopped_at]
    moments += [edge for span in reading.spans for edge in (span.start, span.end)]
    assert all(moment is not None and moment.tzinfo is UTC for moment in moments)


def test_a_stop_at_the_moment_it_is_due_is_in_time() -> None:
    reading = read("start 06 09:00", "stop 06 18:00", now="09 09:00")
    assert (reading.state, reading.due_at, reading.left) == ("met", at("06 18:00"), NOTHING)


def test_a_minute_later_is_too_late_although_no_business_minute_lies_between() -> None:
    for stop in ("06 18:01", "07 11:00"):
        reading = read("start 06 09:00", f"stop {stop}", now="09 09:00")
        assert (reading.state, reading.due_at, reading.used) == ("missed", at("06 18:00"), 8 * HOUR)


def test_a_running_clock_is_not_missed_at_the_moment_it_is_due_but_is_a_minute_later() -> None:
    assert not read("start 06 09:00", now="06 18:00").is_missed
    late = read("start 06 09:00", now="06 18:01")
    assert (late.state, late.is_missed, late.due_at) == ("running", True, at("06 18:00"))


def test_what_is_used_goes_on_counting_after_it_is_missed_and_nothing_is_left() -> None:
    reading = read("start 02 09:00", now="03 11:00")
    assert (reading.used, reading.left, reading.is_missed) == (10 * HOUR, NOTHING, True)


def test_a_stopped_clock_tells_when_it_would_have_been_due() -> None:
    reading = read("start 02 09:00", "stop 02 17:00", now="05 09:00")
    assert (reading.state, reading.due_at, reading.left) == ("met", at("02 18:00"), HOUR)
    assert reading.spans[-1].end == reading.stopped_at == at("02 17:00")


def test_a_paused_clock_is_not_due_at_any_time_but_says_what_is_left() -> None:
    reading = read("start 02 09:00", "pause 02 11:00", now="20 09:00")
    assert (reading.state, reading.due_at, reading.left, reading.is_missed) == ("paused", None, 6 * HOUR, False)
    assert told(reading) == ["02 09:00 counted", "02 11:00 paused"]


def test_a_pause_shifts_what_is_due_by_its_business_time_only() -> None:
    """From Monday 17:00 until Tuesday 10:00 the office is open for two hours."""
    reading = read("start 02 09:00", "pause 02 17:00", "resume 03 10:00", now="03 10:00")
    assert reading.due_at == at("03 11:00")
    assert OFFICE.between(at("02 18:00"), at("03 11:00")) == 2 * HOUR


def test_a_pause_at_night_shifts_nothing() -> None:
    assert read("start 02 11:00", "pause 02 20:00", "resume 03 06:00", now="03 06:00").due_at == at("03 11:00")


def test_a_clock_that_was_missed_before_its_pause_is_missed_in_it() -> None:
    reading = read("start 06 09:00", "pause 07 10:00", now="09 09:00")
    assert (reading.state, reading.is_missed, reading.due_at) == ("paused", True, at("06 18:00"))


def test_a_clock_paused_at_the_very_moment_it_is_due_is_missed_only_when_it_runs_again() -> None:
    turns = ["start 06 09:00", "pause 06 18:00"]
    paused = read(*turns, now="09 09:00")
    assert (paused.is_missed, paused.due_at, paused.left) == (False, at("06 18:00"), NOTHING)
    assert read(*turns, "stop 09 10:00", now="09 11:00").state == "met"
    assert not read(*turns, "resume 09 10:00", now="09 10:00").is_missed
    late = read(*turns, "resume 09 10:00", now="09 10:01")
    assert (late.is_missed, late.due_at) == (True, at("06 18:00"))


def test_a_stop_while_paused_stops() -> None:
    reading = read("start 02 09:00", "pause 02 11:00", "stop 04 11:00", now="05 09:00")
    assert (reading.state, reading.stopped_at, reading.used) == ("met", at("04 11:00"), 2 * HOUR)
    assert reading.due_at == at("04 18:00")
    assert told(reading) == ["02 09:00 counted", "02 11:00 paused"]


def test_reopening_goes_on_with_what_was_used_and_the_time_between_is_not_counted() -> None:
    reading = read("start 02 09:00", "stop 02 12:00", "reopen 04 09:00", now="04 10:00")
    assert (reading.state, reading.stopped_at, reading.used) == ("running", None, 4 * HOUR)
    assert reading.due_at == at("04 15:00")
    assert told(reading) == ["02 09:00 counted", "02 12:00 stopped", "04 09:00 counted"]


def test_a_reopened_clock_does_not_escalate_at_once() -> None:
    reading = read("start 06 09:00", "stop 06 17:59", "reopen 20 09:00", now="20 09:01")
    assert (reading.is_missed, reading.due_at) == (False, at("20 09:01"))


def test_a_clock_reopened_out_of_its_pause_runs() -> None:
    reading = read("start 02 09:00", "pause 02 10:00", "stop 02 11:00", "reopen 02 14:00", now="02 15:00")
    assert (reading.state, reading.used) == ("running", 2 * HOUR)


def test_what_is_missed_stays_missed_also_when_reopened_paused_and_stopped_again() -> None:
    turns = ["start 06 09:00", "stop 07 11:00", "reopen 09 09:00", "pause 09 10:00", "resume 10 09:00"]
    running = read(*turns, now="10 10:00")
    assert (running.state, running.is_missed, running.due_at) == ("running", True, at("06 18:00"))
    assert read(*turns, "stop 10 10:00", now="10 10:00").state == "missed"


@pytest.mark.parametrize(
    "turns",
    [["start 02 11:00"], ["resume 02 11:00"], ["reopen 02 11:00"], ["pause 02 08:00"], ["stop 02 08:00"]],
)
def test_a_turn_that_does_not_fit_a_running_clock_changes_nothing(turns: list[str]) -> None:
    """Nor does one from before it was started."""
    assert read("start 02 09:00", *turns, now="02 12:00") == read("start 02 09:00", now="02 12:00")


def test_turning_a_paused_clock_does_nothing_but_resuming_and_stopping() -> None:
    once = ["start 02 09:00", "pause 02 10:00"]
    more = ["pause 02 10:30", "reopen 02 10:40", "start 02 10:50"]
    assert read(*once, *more, now="02 12:00") == read(*once, now="02 12:00")


def test_turning_a_stopped_clock_does_nothing_but_reopening() -> None:
    once = ["start 02 09:00", "stop 02 11:00"]
    more = ["stop 02 14:00", "pause 02 14:10", "resume 02 14:20", "start 02 14:30"]
    assert read(*once, *more, now="02 15:00") == read(*once, now="02 15:00")


def test_the_last_stop_counts_also_after_a_reopening_of_no_length() -> None:
    reading = read("start 02 09:00", "stop 02 11:00", "reopen 02 14:00", "stop 02 14:00", now="05 09:00")
    assert reading.stopped_at == at("02 14:00")
    assert told(reading) == ["02 09:00 counted", "02 11:00 stopped"]
    assert reading.spans[-1].end == at("02 14:00")


def test_a_pause_of_no_length_leaves_no_trace() -> None:
    reading = read("start 02 09:00", "pause 02 10:00", "resume 02 10:00", now="02 11:00")
    assert reading == read("start 02 09:00", now="02 11:00")


def test_moments_are_taken_by_time_and_those_of_one_time_as_they_are_given() -> None:
    assert read("stop 02 11:00", "start 02 09:00", now="02 12:00").stopped_at == at("02 11:00")
    turns = ["start 02 09:00", "pause 02 10:00"]
    assert read(*turns, "resume 02 10:00", now="02 11:00").state == "running"
    assert read("start 02 09:00", "resume 02 10:00", "pause 02 10:00", now="02 11:00").state == "paused"


def test_moments_in_the_hour_that_comes_twice_are_taken_in_their_order() -> None:
    """Python compares two moments of one zone by what its wall clock shows."""
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime(2026, 10, 25, 2, 50, tzinfo=berlin)
    stop = datetime(2026, 10, 25, 2, 10, tzinfo=berlin, fold=1)
    moments = [Moment(start, Turn.START), Moment(stop, Turn.STOP)]
    reading = read_clock(BusinessTime.always(berlin), HOUR, moments, stop + timedelta(days=1))
    assert (reading.state, reading.used) == ("met", 20 * MINUTE)


def test_a_moment_later_than_now_has_happened_all_the_same() -> None:
    """The clock of a phone may be some seconds ahead: its stop must not be read as running on."""
    stopped = read("start 02 09:00", "stop 02 11:00", now="02 10:59")
    assert (stopped.state, stopped.used) == ("met", 2 * HOUR)
    for turns in (["start 02 11:00"], ["start 02 09:00", "pause 02 11:00"]):
        assert read(*turns, now="02 10:59") == read(*turns, now="02 11:00")


def test_a_promise_of_no_time_is_due_at_the_start() -> None:
    assert read("start 07 09:00", now="07 09:00", hours=0).due_at == at("07 09:00")
    assert not read("start 07 09:00", now="07 09:00", hours=0).is_missed
    assert read("start 07 09:00", now="07 09:01", hours=0).is_missed


def test_where_it_is_never_open_nothing_is_due_and_nothing_missed() -> None:
    class EveryDay:
        def __contains__(self, day: object) -> bool:
            return isinstance(day, date)

    never = BusinessTime(SEOUL, OFFICE.slots, EveryDay())
    reading = read_clock(never, HOUR, [turned("start 02 09:00")], at("20 09:00"))
    assert (reading.due_at, reading.is_missed, reading.left) == (None, False, HOUR)
    assert told(reading) == ["02 09:00 closed"]


def test_a_clock_that_was_never_started_cannot_be_read() -> None:
    with pytest.raises(NotStarted):
        read("pause 02 09:00")
