"""The public holidays of a country, with the days that stand in for those that fall on a weekend.

A release of the library knows what the law said when it came out. Days that a government adds at short notice come
with a later one; until then they must come from elsewhere.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from holidays import country_holidays
from holidays.registry import EntityLoader

COUNTRIES = frozenset(EntityLoader.get_country_codes(include_aliases=False))  # of two letters, as in ISO 3166


def public_holidays(country: str) -> Container[date]:
    """Worked out year by year as days are asked for; none for "". Raises ValueError for an unknown country."""
    return _PublicHolidays(_known(country)) if country else frozenset()


def holiday_name(country: str, day: date, language: str) -> str:
    """In ``language`` ("ko", "en_US") or else as the country says it; "" if it is no holiday. Raises ValueError too."""
    return _names(_known(country), day.year, language).get(day, "") if country else ""


@dataclass(frozen=True)
class _PublicHolidays:
    country: str

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and day in _names(self.country, day.year, None)


def _known(country: str) -> str:
    if country not in COUNTRIES:
        raise ValueError(f"No holidays are known of this country: {country}")
    return country


@lru_cache(maxsize=1000)
def _names(country: str, year: int, language: str | None) -> Mapping[date, str]:
    """The holidays of one year. The library's own growing calendar must not be asked by two threads at once."""
    return dict(country_holidays(country, years=year, expand=False, language=language))
