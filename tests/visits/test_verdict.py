"""What an arrival's position proves. Pure functions; the phone tells them once more, held equal by the fixtures."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta

import pytest

from customers.models import Site
from tests.factories import SEOUL_CITY_HALL, moment
from visits import evidence
from visits.evidence import EARTH_RADIUS_M, Finding, Position
from visits.models import Visit

LATITUDE, LONGITUDE = SEOUL_CITY_HALL
HERE = Position(LATITUDE, LONGITUDE, accuracy=0, age_s=0)
PER_METRE = math.degrees(1 / EARTH_RADIUS_M)  # degrees of latitude


def site(**values: object) -> Site:
    return Site(organization_id=None, **{"latitude": LATITUDE, "longitude": LONGITUDE, "geofence_m": 150, **values})


def away(metres: float, *, accuracy: float = 0, age_s: float = 0) -> Position:
    """A fix that many metres north of the site."""
    return Position(LATITUDE + metres * PER_METRE, LONGITUDE, accuracy, age_s)


@pytest.mark.parametrize(
    ("metres", "accuracy", "verdict"),
    [
        (0, 0, "verified"),
        (149.9, 0, "verified"),
        (150.1, 0, "out_of_range"),
        (199.9, 50, "verified"),
        (200.1, 50, "out_of_range"),
        (649.9, 500, "verified"),
        (650.1, 500, "out_of_range"),
        (649.9, 5000, "verified"),  # no fix is so poor that it proves more than 500 m
        (650.1, 5000, "out_of_range"),
    ],
)
def test_the_geofence_grows_with_the_accuracy_up_to_500_metres(metres: float, accuracy: float, verdict: str) -> None:
    assert evidence.find(away(metres, accuracy=accuracy), site()).verdict == verdict


@pytest.mark.parametrize(
    ("age_s", "verdict"), [(299.9, "verified"), (300, "verified"), (300.1, "no_fix"), (301, "no_fix")]
)
def test_a_fix_older_than_five_minutes_proves_nothing(age_s: float, verdict: str) -> None:
    assert evidence.find(away(0, age_s=age_s), site()).verdict == verdict


def test_a_fix_that_is_too_old_still_says_how_old_it_is() -> None:
    assert evidence.find(away(40, accuracy=7.4, age_s=400.5), site()) == Finding(Visit.Verdict.NO_FIX, None, 7, 401)


def test_without_a_position_nothing_is_known() -> None:
    assert evidence.find(None, site()) == Finding(Visit.Verdict.NO_FIX, None, None, None)


@pytest.mark.parametrize("where", [None, site(latitude=None, longitude=None)])
def test_a_site_without_coordinates_proves_nothing(where: Site | None) -> None:
    assert evidence.find(replace(HERE, accuracy=12.5), where) == Finding(Visit.Verdict.NO_FIX, None, 13, 0)


@pytest.mark.parametrize(
    ("metres", "shown"), [(0, 0), (4.9, 0), (5.1, 10), (14.9, 10), (15.1, 20), (1234.4, 1230), (1235.6, 1240)]
)
def test_distances_are_shown_to_ten_metres(metres: float, shown: int) -> None:
    assert evidence.find(away(metres), site()).distance_m == shown


@pytest.mark.parametrize(("value", "rounded"), [(0.5, 1), (1.5, 2), (2.5, 3), (-0.5, 0), (2.4999, 2)])
def test_halves_are_rounded_up_as_in_javascript(value: float, rounded: int) -> None:
    assert evidence.round_half_up(value) == rounded


def test_a_degree_along_the_equator_is_what_geographers_say() -> None:
    assert evidence.haversine_m(0, 0, 0, 1) == pytest.approx(111_195.08, abs=0.01)


def test_the_other_end_of_the_earth_can_be_measured() -> None:
    assert evidence.haversine_m(0, 0, 0, 180) == pytest.approx(math.pi * EARTH_RADIUS_M)
    assert evidence.haversine_m(90, 0, -90, 0) == pytest.approx(math.pi * EARTH_RADIUS_M)


def test_rounding_does_not_lift_a_distance_off_the_earth() -> None:
    assert evidence.haversine_m(28.1363007, -7.6050887, -28.1363007, 172.3949113) == math.pi * EARTH_RADIUS_M


def test_the_date_line_is_no_border() -> None:
    assert evidence.haversine_m(0, 179.9999, 0, -179.9999) < 23


IMPOSSIBLE = [
    replace(HERE, latitude=90.1),
    replace(HERE, latitude=-91),
    replace(HERE, longitude=180.1),
    replace(HERE, longitude=-181),
    replace(HERE, latitude=0, longitude=0),
    replace(HERE, accuracy=-1),
    replace(HERE, age_s=-1),
    replace(HERE, accuracy=1e300),
    replace(HERE, age_s=1e300),
    replace(HERE, accuracy=2.0**31),
]
POSSIBLE = [
    HERE,
    replace(HERE, latitude=90),
    replace(HERE, latitude=-90, longitude=180),
    replace(HERE, latitude=0),
    replace(HERE, longitude=0),
    replace(HERE, accuracy=20_000_000, age_s=1.8e9),
]


@pytest.mark.parametrize("position", IMPOSSIBLE)
def test_this_is_no_place_on_earth(position: Position) -> None:
    assert not position.is_possible


@pytest.mark.parametrize("position", POSSIBLE)
def test_this_is_a_place_on_earth(position: Position) -> None:
    assert position.is_possible


@pytest.mark.parametrize(
    ("seconds", "minutes"),
    [(0, 1), (1, 1), (60, 1), (60.001, 2), (61, 2), (3599, 60), (86_400, 1440), (200_000, 1440), (-500, 1)],
)
def test_minutes_are_rounded_up_and_kept_within_a_day(seconds: float, minutes: int) -> None:
    start = moment("2026-11-24 09:00")
    assert evidence.minutes_between(start, start + timedelta(seconds=seconds)) == minutes


RECEIVED = moment("2026-11-24 09:00")


@pytest.mark.parametrize(
    ("at", "skew_s", "is_off"),
    [
        ("2026-11-24 09:00", 0, False),
        ("2026-11-21 09:00", 0, False),  # written three days ago without a signal
        ("2026-11-24 09:09", 0, False),
        ("2026-11-24 09:11", 0, True),  # not yet written
        ("2026-11-24 08:00", 600, False),
        ("2026-11-24 08:00", 601, True),
        ("2026-11-24 08:00", -600, False),
        ("2026-11-24 08:00", -601, True),
        ("1970-01-01 00:00", 0, True),
        ("2100-01-01 00:00", 0, True),
        ("9999-12-31 23:59", 86_400, True),  # beyond the last day there is
        ("0001-01-01 00:00", -86_400, True),
        ("2026-11-24 09:00", 10**12, True),
    ],
)
def test_a_clock_is_off_by_more_than_ten_minutes_or_half_a_year(at: str, skew_s: int, is_off: bool) -> None:
    assert evidence.is_clock_off(moment(at), RECEIVED, skew_s * 1000) is is_off


def test_a_phone_that_did_not_say_its_time_is_taken_at_its_word() -> None:
    assert not evidence.is_clock_off(moment("2026-11-24 08:00"), RECEIVED, None)
