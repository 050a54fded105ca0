"""Importing this registers every row."""

from tests.faults.scenarios import (
    clocks,
    crowds,
    databases,
    lines,
    phones,
    redis_away,
    restores,
    versions,
    web_killed,
    workers,
)

__all__ = [
    "clocks",
    "crowds",
    "databases",
    "lines",
    "phones",
    "redis_away",
    "restores",
    "versions",
    "web_killed",
    "workers",
]
