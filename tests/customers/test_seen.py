"""One answer to "may see": after any history, REST shows a member the very rows that the member's phone holds.

tests/people/test_streams.py asks the same of rows as they stand; here they came to stand so, unit by unit, and the
phones were told by the log alone.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings

from tests.conftest import World
from tests.customers.histories import History, Step, steps, undone

pytestmark = pytest.mark.both_databases

NOUNS = ("customer", "site", "contact", "asset")


@given(history=steps((*History.NAMES, *History.NAMES, *History.RIGHTS, "move", "pull"), at_most=12))
@example(history=[("pull", 0, 0), ("move", 0, 1), ("remove", 0, 0), ("grant", 0, 2), ("pull", 0, 0), ("restore", 0, 0)])
@example(history=[("contact", 0, 0), ("pull", 0, 0), ("move", 0, 1), ("move", 1, 2), ("site", 1, 0)])
@example(
    history=[("asset", 0, 0), ("pull", 0, 0), ("move", 0, 1), ("tear_down", 1, 0), ("pull", 0, 0), ("rebuild", 1, 0)]
)
@example(history=[("tear_down", 0, 0), ("remove", 0, 0), ("move", 1, 0), ("restore", 0, 0), ("rebuild", 0, 0)])
@example(
    history=[("pull", 3, 0), ("role", 3, 0), ("lead", 3, 1), ("customer", 0, 0), ("contact", 2, 0), ("lead", 1, 1)]
)
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_rest_shows_what_the_phone_holds_whatever_happened_to_customers(world: World, history: list[Step]) -> None:
    with undone():
        happened = History(world)
        happened.happens(history)
        for member in happened.people:
            for noun in NOUNS:
                shown, held = happened.shown(member, noun), happened.held(member, noun)
                assert held == shown, f"{noun}s of {member.name}"
