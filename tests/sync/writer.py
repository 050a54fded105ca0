"""A process that writes while others do: so many threads, so many units each, in one organization.

    python -m tests.sync.writer <organization> <member> <house> <threads> <units>

Prints how many units were committed, and one line for each error.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from random import Random
from uuid import UUID

import django


def main(words: list[str]) -> int:
    django.setup()
    from tests.threads import together  # noqa: PLC0415  (apps are ready only now)

    organization, member, house, threads, units = words
    found = together([_writing(UUID(organization), UUID(member), UUID(house), int(units))] * int(threads))
    for error in (error for errors in found for error in errors):
        sys.stdout.write(f"{error!r}\n")
    sys.stdout.write(f"{int(threads) * int(units) - sum(map(len, found))}\n")
    return 0


def _writing(organization: UUID, member: UUID, house: UUID, units: int) -> Callable[[], list[Exception]]:
    from tests.sync.writing import write_lamps  # noqa: PLC0415

    return lambda: write_lamps(organization, member, house, units, Random())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
