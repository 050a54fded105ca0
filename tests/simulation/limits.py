"""The model server's limits: those of the protocol, made so small that every short history meets them."""

from __future__ import annotations

from typing import NamedTuple


class Limits(NamedTuple):
    max_entries: int = 5  # a push
    unit_entries: int = 3  # a unit of the drain
    run_entries: int = 7  # a run of the drain
    max_rows: int = 4  # a page
