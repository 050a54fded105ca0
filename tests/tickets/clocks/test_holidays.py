"""Public holidays, by the law as it stands in 2026."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest

from tickets.clocks import BusinessTime
from tickets.clocks.holidays import holiday_name, public_holidays

DAY = timedelta(days=1)
KOREA_2026 = """
    01-01 02-16 02-17 02-18 03-01 03-02 05-01 05-05 05-24 05-25 06-03 06-06 07-17
    08-15 08-17 09-24 09-25 09-26 10-03 10-05 10-09 12-25
"""
KOREA_2027 = """
    01-01 02-06 02-07 02-08 02-09 03-01 05-01 05-03 05-05 05-13 06-06 07-17 07-19
    08-15 08-16 09-14 09-15 09-16 10-03 10-04 10-09 10-11 12-25 12-27
"""


def of_year(country: str, year: int) -> list[str]:
    holidays = public_holidays(country)
    days = [date(year, 1, 1) + number * DAY for number in range(365)]
    return [f"{day:%m-%d}" for day in days if day in holidays]


@pytest.mark.parametrize(("year", "known"), [(2026, KOREA_2026), (2027, KOREA_2027)])
def test_korean_holidays_with_the_days_that_stand_in_for_them(year: int, known: str) -> None:
    assert of_year("KR", year) == known.split()


def test_no_country_has_no_holidays() -> None:
    assert of_year("", 2026) == []
    assert holiday_name("", date(2026, 1, 1), "ko") == ""


@pytest.mark.parametrize("country", ["XX", "kr", "KOR", "NYSE", "B3", "HolidayBase"])
def test_an_unknown_country_is_refused(country: str) -> None:
    with pytest.raises(ValueError, match=country):
        public_holidays(country)
    with pytest.raises(ValueError, match=country):
        holiday_name(country, date(2026, 1, 1), "ko")


def test_holidays_have_names_in_both_languages() -> None:
    assert holiday_name("KR", date(2026, 9, 25), "ko") == "추석"
    assert holiday_name("KR", date(2026, 9, 25), "en_US") == "Chuseok"
    assert holiday_name("KR", date(2026, 8, 17), "ko") == "광복절 대체 휴일"
    assert holiday_name("KR", date(2026, 8, 17), "en_US") == "Alternative holiday for Liberation Day"
    assert holiday_name("KR", date(2026, 11, 27), "ko") == ""


@pytest.fixture
def hasty_threads() -> Iterator[None]:
    """Threads take turns so often that one meets what another has only half done."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("hasty_threads")
def test_threads_that_ask_at_once_all_hear_of_the_holiday() -> None:
    """A calendar of the library says that it knows a year before it does."""
    together, heard = Barrier(8), list[bool]()

    def ask(year: int) -> None:
        together.wait()
        heard.append(date(year, 12, 25) in public_holidays("KR"))

    for year in range(1960, 1980):
        threads = [Thread(target=ask, args=[year]) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert heard == [True] * 160


def test_chuseok_is_no_time_to_answer() -> None:
    """From Wednesday at 17:00 on: one hour, then the holidays and the weekend, then Monday."""
    seoul = ZoneInfo("Asia/Seoul")
    office = BusinessTime(seoul, {day: [(540, 720), (780, 1080)] for day in range(5)}, public_holidays("KR"))
    due = office.after(datetime(2026, 9, 23, 17, tzinfo=seoul), timedelta(hours=2))
    assert due == datetime(2026, 9, 28, 10, tzinfo=seoul)
