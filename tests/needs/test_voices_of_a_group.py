"""What customers said of a need can be read online, of all that is grouped under it and as far as one may see."""

from __future__ import annotations

from uuid import UUID

import pytest

from needs import actions
from people.models import Member
from tests import factories as make
from tests.conftest import World
from tests.rest import API, signed_in

pytestmark = pytest.mark.both_databases


def heard_by(member: Member, group: UUID) -> set[str]:
    answer = signed_in(member).get(f"{API}voices/", {"group": str(group)})
    assert answer.status_code == 200
    return {voice["text"] for voice in answer.json()["results"]}


def test_the_voices_of_a_group_are_those_of_all_needs_in_it_that_one_may_see(world: World) -> None:
    head = make.need(world.ana, world.steel, "It is loud")
    grouped = make.need(world.carl, world.paper, "Quieter, please")
    make.need(world.ana, world.steel, "Something else")
    with make.writing(world.jun) as unit:
        actions.merge_need(unit, need=grouped.pk, into=head.pk)
    assert heard_by(world.jun, head.pk) == {"It is loud", "Quieter, please"}
    assert heard_by(world.ana, head.pk) == {"It is loud"}
    assert heard_by(world.jun, grouped.pk) == {"Quieter, please"}


def test_a_group_that_is_not_there_has_no_voices(world: World) -> None:
    assert heard_by(world.jun, world.steel.pk) == set()
