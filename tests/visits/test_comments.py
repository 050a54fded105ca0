"""What colleagues say about a visit, and where it is to be read."""

from __future__ import annotations

import pytest

from core import clock
from core.ids import uuid7
from people.streams import base, closed_in, member_scope, territory_scope
from sync.models import Log
from tests import factories as make
from tests.conftest import World
from tests.phone import Phone, projection
from visits import actions
from visits.models import Comment, Visit

pytestmark = pytest.mark.both_databases

NINE = make.moment("2026-11-24 09:00")


def streams_of(said: Comment) -> set[str]:
    return set(Log.objects.filter(shape="comment", row_id=said.pk, is_put=True).values_list("stream", flat=True))


def scopes(world: World) -> list[str]:
    """Where a comment of Eva's about a visit of Ana's in the North is seen."""
    return [territory_scope(world.north.pk), member_scope(world.ana.pk), member_scope(world.eva.pk)]


def in_base(world: World) -> set[str]:
    return {base(scope) for scope in scopes(world)}


def in_this_month(world: World) -> set[str]:
    month = clock.month_of(clock.now(), "Asia/Seoul")
    return {closed_in(scope, month) for scope in scopes(world)}


def test_a_comment_is_seen_where_its_visit_is_and_by_its_author(world: World) -> None:
    assert streams_of(make.comment(world.eva, make.planned(world.ana, world.steel))) == in_base(world)


def test_a_comment_on_a_closed_visit_is_in_the_visits_month(world: World) -> None:
    assert streams_of(make.comment(world.eva, make.logged(world.ana, world.steel))) == in_this_month(world)


def test_a_comment_moves_to_the_month_with_its_visit(world: World) -> None:
    visit = make.planned(world.ana, world.steel)
    said = make.comment(world.eva, visit)
    with make.writing(world.ana) as unit:
        actions.log_visit(unit, visit=visit.pk, customer=world.steel.pk, outcome="progress")
    assert streams_of(said) == in_this_month(world)


@pytest.mark.parametrize("end", ["cancel_visit", "withdraw_visit"])
def test_a_comment_moves_with_a_visit_that_ends_without_a_log(world: World, end: str) -> None:
    visit = make.planned(world.ana, world.steel)
    said = make.comment(world.eva, visit)
    with make.writing(world.ana) as unit:
        getattr(actions, end)(unit, visit=visit.pk)
    assert streams_of(said) == in_this_month(world)


def test_a_comment_comes_back_to_the_base_with_a_visit_that_opens_again(world: World) -> None:
    visit = make.planned(world.ana, world.steel)
    said = make.comment(world.eva, visit)
    with make.writing(world.ana) as unit:
        actions.cancel_visit(unit, visit=visit.pk)
    with make.writing(world.ana) as unit:
        actions.arrive(unit, visit=visit.pk, customer=world.steel.pk)
    assert streams_of(said) == in_base(world)


def test_phones_hold_what_the_rows_say_after_a_commented_visit_closed(world: World) -> None:
    phones = [Phone(member) for member in world.everybody]
    visit = make.planned(world.ana, world.steel)
    make.comment(world.carl, visit)  # who sees the comment, but not the visit
    for phone in phones:
        phone.pull()
    with make.writing(world.ana) as unit:
        actions.log_visit(unit, visit=visit.pk, customer=world.steel.pk, outcome="progress")
    for phone in phones:
        phone.pull()
        assert phone.contents() == projection(phone.member), phone.member.name


def test_a_comment_taken_back_stays_with_its_time(world: World) -> None:
    said = make.comment(world.eva, make.logged(world.ana, world.steel), "Oops")
    phone = Phone(world.ben)
    with make.writing(world.eva, at=NINE) as unit:
        actions.withdraw_comment(unit, comment=said.pk)
    phone.pull()
    held = phone.holds("comment", said.pk)
    assert held is not None
    assert (held["text"], held["withdrawn_at"]) == ("Oops", "2026-11-24T09:00:00.000Z")


def test_a_comment_is_taken_also_on_a_visit_that_was_taken_back(world: World) -> None:
    visit = make.logged(world.ana, world.steel)
    with make.writing(world.ana) as unit:
        actions.withdraw_visit(unit, visit=visit.pk)
    assert make.comment(world.ben, visit).visit_id == visit.pk


def test_a_comment_made_offline_with_its_visit_reaches_the_executive(world: World) -> None:
    ana, eva = Phone(world.ana), Phone(world.eva)
    visit, said = uuid7(), uuid7()
    log = ana.write("visit.log", visit=visit, customer=world.steel.pk, outcome="progress")
    ana.write("comment.add", comment=said, visit=visit, text="By the way", after=[log])
    ana.sync()
    eva.pull()
    held = eva.holds("comment", said)
    assert held is not None
    assert held["visit"] == str(visit)
    assert Visit.objects.get().comments.count() == 1
