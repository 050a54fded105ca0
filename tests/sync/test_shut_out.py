"""Lost phones, and members who were switched off: they hand in, they read nothing, and a person decides."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from people.models import Member
from sync import actions as entry_actions
from sync.changes import Actor, unit
from sync.models import Audit, InboxEntry, Replica
from tests.lamps import factories as put
from tests.lamps.models import Lamp
from tests.lamps.phone import APPLIED, LampPhone
from tests.sync.conftest import Street

pytestmark = pytest.mark.both_databases

QUARANTINED = ("parked", "quarantined")


def revoke(street: Street, phone: LampPhone) -> None:
    with unit("phone.revoke", by=Actor(street.ben, "rest")) as opened:
        entry_actions.revoke(opened, replica=phone.replica)


def accept(street: Street, phone: LampPhone) -> int:
    with unit("phone.accept", by=Actor(street.ben, "rest")) as opened:
        return entry_actions.accept_all(opened, replica=phone.replica)


def states(phone: LampPhone) -> list[tuple[str, str]]:
    return list(InboxEntry.objects.filter(replica=phone.replica).order_by("n").values_list("state", "code"))


def test_i19_a_revoked_phone_reads_nothing_and_is_told_to_forget(street: Street, ana: LampPhone) -> None:
    put.lamp(street.ben, street.red)
    ana.pull()
    revoke(street, ana)
    assert ana.send("pull", {"cursor": ana.cursor}) == (403, {"code": "device_revoked"})
    answer = ana.hello()
    assert (answer["device_state"], answer["commands"]) == ("revoked", [{"command": "wipe"}])


def test_it_hands_in_what_it_holds_into_quarantine(street: Street, ana: LampPhone) -> None:
    lamp = put.lamp(street.ben, street.red)
    ana.switch(lamp.pk)
    revoke(street, ana)
    ana.push()
    ana.drain()
    assert states(ana) == [QUARANTINED]
    assert Lamp.objects.get(pk=lamp.pk).switches == 0


def test_what_was_received_before_and_judged_after_is_in_quarantine_too(street: Street, ana: LampPhone) -> None:
    lamp = put.lamp(street.ben, street.red)
    ana.switch(lamp.pk)
    ana.push()
    revoke(street, ana)
    ana.drain()
    assert states(ana) == [QUARANTINED]


def test_a_person_lets_it_in_as_the_work_of_its_writer(street: Street, ana: LampPhone) -> None:
    """I18."""
    lamp = put.lamp(street.ben, street.red)
    first = ana.switch(lamp.pk, on=True)
    entries = [first, ana.switch(lamp.pk, on=False, after=[first])]
    revoke(street, ana)
    ana.push()
    ana.drain()
    assert accept(street, ana) == 2
    ana.drain()
    assert [state for state, _ in states(ana)] == ["applied", "applied"]
    assert Lamp.objects.get(pk=lamp.pk).touched_by == entries
    effects = Audit.objects.filter(entry_id__in=entries)
    assert set(effects.values_list("member", "door")) == {(street.ana.pk, "sync")}
    [accepted] = Audit.objects.filter(verb="phone.accept")
    assert accepted.member == street.ben
    assert {id for noun, id in accepted.rows if noun == "entry"} == set(entries)


def test_a_new_name_does_not_let_a_revoked_phone_in_again(street: Street, ana: LampPhone) -> None:
    """Its session is shut out with it: whatever it registers as hands in to quarantine."""
    lamp = put.lamp(street.ben, street.red)
    revoke(street, ana)
    ana.door.identity = replace(ana.door.identity, is_deposit_only=True, is_phone_revoked=True)
    ana.take_new_replica()
    ana.switch(lamp.pk)
    ana.push()
    ana.drain()
    assert states(ana) == [QUARANTINED]


def test_nor_does_a_name_it_had_before(street: Street, ana: LampPhone) -> None:
    """It took another name in the same session: whoever revokes it sees two phones, and may know only one of them."""
    lamp = put.lamp(street.ben, street.red)
    former, key = ana.replica, ana.key
    ana.take_new_replica()
    revoke(street, ana)
    ana.door.identity = replace(ana.door.identity, is_deposit_only=True, is_phone_revoked=True)
    ana.key = key
    ana.switch(lamp.pk)
    ana.push()
    ana.drain()
    former.refresh_from_db()
    assert (former.state, former.revoked_at is not None) == (Replica.State.REVOKED, True)
    assert states(ana) == [QUARANTINED]


def test_a_member_who_comes_back_finds_the_phone_as_it_was(street: Street, ana: LampPhone) -> None:
    """A phone that said its first hello while its member was switched off was not lost."""
    ana.door.identity = replace(ana.door.identity, is_deposit_only=True)
    ana.take_new_replica()
    ana.door.identity = replace(ana.door.identity, is_deposit_only=False)
    assert ana.hello()["device_state"] == "active"


def test_letting_in_asks_no_more_for_many_than_for_one(
    street: Street, ana: LampPhone, django_assert_max_num_queries: Any
) -> None:
    """Nor does it read their bodies: a phone may have handed in thousands."""
    lamp = put.lamp(street.ben, street.red)
    for _ in range(60):
        ana.switch(lamp.pk)
    revoke(street, ana)
    ana.push()
    ana.drain()
    with django_assert_max_num_queries(20) as asked:
        assert accept(street, ana) == 60
    assert not any('"body"' in query["sql"] for query in asked.captured_queries)


def test_letting_in_counts_once_for_what_comes_later(street: Street, ana: LampPhone) -> None:
    lamp = put.lamp(street.ben, street.red)
    revoke(street, ana)
    ana.switch(lamp.pk)
    ana.push()
    ana.drain()
    accept(street, ana)
    ana.switch(lamp.pk)
    ana.push()
    ana.drain()
    assert [state for state, _ in states(ana)] == ["applied", "parked"]


def test_a_member_who_was_switched_off_hands_in_too(street: Street, ana: LampPhone) -> None:
    """B43."""
    lamp = put.lamp(street.ben, street.red)
    ana.switch(lamp.pk)
    ana.push()
    Member.objects.filter(pk=street.ana.pk).update(is_active=False)
    ana.drain()
    assert states(ana) == [("parked", "actor_disabled")]
    assert accept(street, ana) == 1
    ana.drain()
    assert states(ana) == [("applied", "")]


def test_another_phone_of_the_same_member_goes_on(street: Street, ana: LampPhone) -> None:
    lamp = put.lamp(street.ben, street.red)
    other = LampPhone(street.ana)
    revoke(street, ana)
    other.switch(lamp.pk)
    assert other.answers() == [APPLIED]


def test_an_entry_handed_in_by_both_has_one_effect(street: Street, ana: LampPhone) -> None:
    """The other phone is a copy of the revoked one: it took a new name and sent everything again."""
    lamp = put.lamp(street.ben, street.red)
    ana.switch(lamp.pk)
    revoke(street, ana)
    ana.push()
    ana.drain()
    copy = LampPhone(street.ana)
    copy.entries = list(ana.entries)
    assert copy.answers() == [APPLIED]
    assert states(ana) == [("duplicate", "")]
    assert Lamp.objects.get(pk=lamp.pk).switches == 1


# --- Lost storage -----------------------------------------------------------------------------------


def test_t29_f19_a_phone_that_comes_back_empty_is_told_how_much_was_lost(street: Street, ana: LampPhone) -> None:
    """The cookie outlives the storage. It had said that it wrote five; three had arrived."""
    lamp = put.lamp(street.ben, street.red)
    for _ in range(5):
        ana.switch(lamp.pk)
    ana.hello()
    ana.push_from(1, 3)
    empty = LampPhone.__new__(LampPhone)
    empty.__dict__ = {**ana.__dict__, "key": "0" * 31 + "1", "entries": [], "received_n": 0, "rows": {}, "cursor": None}
    answer = empty.hello()
    assert answer["commands"] == [{"command": "lost", "written": 5, "received": 3}]
    assert (empty.replica.lost_written_n, empty.replica.lost_received_n) == (5, 3)
    assert ana.replica.pending_count == 0


def test_the_phones_own_memory_is_heard_as_well(street: Street, ana: LampPhone) -> None:
    """What was written after the last hello, only localStorage knows."""
    phone = LampPhone(street.ana)
    lamp = put.lamp(street.ben, street.red)
    for _ in range(4):
        phone.switch(lamp.pk)
    phone.push()
    phone.key = "0" * 31 + "2"
    message = {"proto": 1, "app": "test", "lost": {"written": 9, "received": 4}}
    _, answer = phone.send("hello", message)
    assert answer["commands"] == [{"command": "lost", "written": 9, "received": 4}]


def test_f19_what_a_restored_backup_forgot_is_lost_with_the_phone(street: Street, ana: LampPhone) -> None:
    """It had been acknowledged, and the phone remembers that; the server holds nothing of it any more."""
    message = {"proto": 1, "app": "test", "lost": {"written": 5, "received": 5}}
    ana.key = "0" * 31 + "3"
    _, answer = ana.send("hello", message)
    assert answer["commands"] == [{"command": "lost", "written": 5, "received": 0}]


def test_f19_a_phone_that_wrote_again_before_it_found_a_signal_is_heard(street: Street, ana: LampPhone) -> None:
    ana.key = "0" * 31 + "4"
    said = {"pending": {"count": 1, "max_n": 1}, "lost": {"written": 2, "received": 0}}
    _, answer = ana.send("hello", {"proto": 1, "app": "test", **said})
    assert answer["commands"] == [{"command": "lost", "written": 2, "received": 0}]


def test_a_second_phone_is_not_a_lost_one(street: Street, ana: LampPhone) -> None:
    ana.switch(put.lamp(street.ben, street.red).pk)
    ana.hello()
    assert LampPhone(street.ana).hello()["commands"] == []


def test_a_phone_that_took_a_new_name_has_lost_nothing(street: Street, ana: LampPhone) -> None:
    ana.switch(put.lamp(street.ben, street.red).pk)
    ana.hello()
    ana.take_new_replica()
    assert ana.hello()["commands"] == []


@pytest.mark.parametrize("lost", [{"written": 1, "received": 2}, {"written": -1}, {"written": 2**31}, "5", 5])
def test_a_loss_that_cannot_be_is_a_bad_envelope(ana: LampPhone, lost: object) -> None:
    status, answer = ana.send("hello", {"proto": 1, "app": "test", "lost": lost})
    assert (status, answer["code"]) == (400, "bad_envelope")
