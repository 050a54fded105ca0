"""The walk of an offline visit through every room, in one process."""

from __future__ import annotations

from core.ids import uuid7
from tests.conftest import World
from tests.phone import Phone, projection


def test_a_visit_written_offline_reaches_a_colleague_and_the_executive(world: World) -> None:
    ana, ben, eva = Phone(world.ana), Phone(world.ben), Phone(world.eva)
    visit = uuid7()
    arrived = ana.write("visit.arrive", visit=visit, customer=world.steel.pk, site=world.gate.pk)
    logged = ana.write("visit.log", visit=visit, customer=world.steel.pk, outcome="progress", note="강판 두께")
    ana.sync()
    ben.pull()
    eva.pull()
    assert ana.answer_to(arrived) == ("applied", None)
    assert ana.answer_to(logged) == ("applied", None)
    for phone in (ana, ben, eva):
        held = phone.holds("visit", visit)
        assert held is not None
        assert (held["state"], held["outcome"], held["note"]) == ("finished", "progress", "강판 두께")


def test_every_phone_holds_exactly_what_the_rows_say(world: World) -> None:
    phones = [Phone(member) for member in world.everybody]
    phones[0].write("visit.log", visit=uuid7(), customer=world.steel.pk, outcome="problem")
    phones[2].write("visit.log", visit=uuid7(), customer=world.paper.pk, outcome="no_change")
    for phone in phones:
        phone.sync()
    for phone in phones:
        phone.pull()
        assert phone.contents() == projection(phone.member), phone.member.name
