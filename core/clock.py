"""One clock and one way to write a time down."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

# How wrong this server's clock is. Nothing, except where a test says so (core/faults.py).
error = timedelta(0)


def now() -> datetime:
    """The server's time, in UTC."""
    return datetime.now(UTC) + error


def hours_ago(hours: float) -> datetime:
    return now() - timedelta(hours=hours)


def to_text(moment: datetime) -> str:
    """UTC with milliseconds and Z: the same text JavaScript's toISOString gives."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def to_local_text(moment: datetime, offset_minutes: int) -> str:
    """The same moment as its writer's wall clock showed it, with the offset of that clock."""
    zone = timezone(timedelta(minutes=offset_minutes))
    return moment.astimezone(zone).isoformat(timespec="milliseconds")


def offset_minutes(moment: datetime) -> int:
    offset = moment.utcoffset()
    return 0 if offset is None else int(offset.total_seconds() // 60)


def month_of(moment: datetime, time_zone: str) -> str:
    """The calendar month of a moment in a time zone, as ``2026-11``."""
    return moment.astimezone(ZoneInfo(time_zone)).strftime("%Y-%m")


def today_in(time_zone: str) -> date:
    return now().astimezone(ZoneInfo(time_zone)).date()


def months_back(month: str, count: int) -> list[str]:
    """``count`` months ending with ``month``, newest first: months_back("2026-02", 3) is Feb, Jan, Dec."""
    year, number = map(int, month.split("-"))
    index = year * 12 + number - 1
    return [f"{i // 12:04d}-{i % 12 + 1:02d}" for i in range(index, index - count, -1)]
