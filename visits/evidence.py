"""What is known about where and when: distances, verdicts and flags. Pure, and told the same way on the phone.

The shared fixtures in tests/fixtures/overlay hold this and static/src/actions equal.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from customers.models import Site
from visits.models import Visit

EARTH_RADIUS_M = 6_371_008.8  # mean radius, IUGG
OLDEST_FIX_S = 300
MOST_ACCURACY_M = 500
MOST_STORED = 2**31 - 1  # metres or seconds: what the columns hold, and more than any true fix has
SKEW_LIMIT = timedelta(minutes=10)
# A phone may be offline for weeks; a fact older than this was written by a clock that was wrong.
OLDEST_FACT = timedelta(days=180)

OUTSIDE_TERRITORY = "outside_territory"
CLOCK_OFF = "clock_off"
BAD_LOCATION = "bad_location"


@dataclass(frozen=True)
class Position:
    """A fix as the phone gave it: degrees, metres, seconds since it was taken."""

    latitude: float
    longitude: float
    accuracy: float
    age_s: float

    @property
    def is_possible(self) -> bool:
        is_nowhere = self.latitude == 0 and self.longitude == 0
        is_on_earth = abs(self.latitude) <= 90 and abs(self.longitude) <= 180
        is_measured = 0 <= self.accuracy <= MOST_STORED and 0 <= self.age_s <= MOST_STORED
        return is_on_earth and not is_nowhere and is_measured


@dataclass(frozen=True)
class Finding:
    """The verdict on an arrival, with what it rests on."""

    verdict: Visit.Verdict
    distance_m: int | None = None
    accuracy_m: int | None = None
    fix_age_s: int | None = None


def haversine_m(latitude: float, longitude: float, to_latitude: float, to_longitude: float) -> float:
    """Great-circle distance in metres."""
    phi, to_phi = math.radians(latitude), math.radians(to_latitude)
    half_phi = math.sin((to_phi - phi) / 2) ** 2
    half_lambda = math.sin(math.radians(to_longitude - longitude) / 2) ** 2
    haversine = half_phi + math.cos(phi) * math.cos(to_phi) * half_lambda
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(haversine, 1.0)))  # rounding lifts antipodes above one


def find(position: Position | None, site: Site | None) -> Finding:
    """Compares a fix with a site. The geofence grows with the accuracy of the fix, up to 500 m."""
    if position is None:
        return Finding(Visit.Verdict.NO_FIX)
    accuracy, age = round_half_up(position.accuracy), round_half_up(position.age_s)
    if position.age_s > OLDEST_FIX_S or site is None or site.latitude is None or site.longitude is None:
        return Finding(Visit.Verdict.NO_FIX, None, accuracy, age)
    distance = haversine_m(position.latitude, position.longitude, site.latitude, site.longitude)
    is_near = distance <= site.geofence_m + min(position.accuracy, MOST_ACCURACY_M)
    verdict = Visit.Verdict.VERIFIED if is_near else Visit.Verdict.OUT_OF_RANGE
    return Finding(verdict, round_half_up(distance / 10) * 10, accuracy, age)


def round_half_up(value: float) -> int:
    """As JavaScript rounds: Python's round() would send halves to the even neighbour."""
    return math.floor(value + 0.5)


def minutes_between(start: datetime, end: datetime) -> int:
    """Whole minutes, rounded up, within a day: what a duration chip could also have said."""
    minutes = math.ceil((end - start).total_seconds() / 60)
    return min(max(minutes, 1), 24 * 60)


def is_clock_off(at: datetime, received_at: datetime, skew_ms: int | None) -> bool:
    """Whether a phone's time cannot be taken at its word."""
    skew = timedelta(milliseconds=skew_ms or 0)
    age = (received_at - at) - skew  # never at + skew: the calendar ends where a phone's clock may stand
    return abs(skew) > SKEW_LIMIT or not -SKEW_LIMIT <= age <= OLDEST_FACT
