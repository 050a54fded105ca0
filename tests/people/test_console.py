"""What whoever answers for others may see and do about their phones and parked entries; every act is audited."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from core import clock
from core.ids import uuid7
from sync import drain
from sync.models import Audit, InboxEntry, Replica
from tests import factories as make
from tests.conftest import World
from tests.phone import Phone, projection
from tests.rest import API, signed_in
from visits.models import Visit

pytestmark = pytest.mark.both_databases


def parked_of(world: World) -> tuple[Phone, str, dict[str, Any]]:
    """Ana logged a visit at a customer nobody knows, and commented on it."""
    ana = Phone(world.ana)
    visit = uuid7()
    entry = ana.write("visit.log", visit=visit, customer=uuid7(), outcome="progress", note="In the basement")
    ana.write("comment.add", comment=uuid7(), visit=visit, text="Bring a lamp", after=[entry])
    ana.sync()
    assert ana.answer_to(entry) == ("parked", "not_found")
    return ana, entry, listed(world.mia)[0]


def listed(by: Any, /, **query: str) -> list[dict[str, Any]]:
    answer = signed_in(by).get(f"{API}parked/", query)
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


def act(member: Any, entry: dict[str, Any], verb: str, **body: Any) -> int:
    status: int = signed_in(member).post(f"{API}parked/{entry['id']}/{verb}/", body).status_code
    return status


# --- Seeing -----------------------------------------------------------------------------------------


def test_a_manager_reads_why_and_what_the_team_wrote(world: World) -> None:
    _, entry, shown = parked_of(world)
    assert (shown["entry_id"], shown["code"], shown["params"]) == (entry, "not_found", {"field": "customer"})
    assert (shown["kind"], shown["args"]["note"], shown["member"]) == (
        "visit.log",
        "In the basement",
        str(world.ana.pk),
    )
    assert json.loads(shown["text"])["args"]["note"] == "In the basement"
    assert shown["waiting"] == 1


def test_who_sees_them(world: World) -> None:
    parked_of(world)
    make.customer(world.south)
    assert len(listed(world.mia)) == len(listed(world.ada)) == 2
    for nobody in (world.ana, world.carl, world.eva, world.jun):
        assert signed_in(nobody).get(f"{API}parked/").status_code == 403
    manager = make.member("Max", role="manager", team=make.team("South team"))
    assert listed(manager) == []


def test_a_lead_does_not_answer_for_administrators_of_the_team(world: World) -> None:
    """What is applied on somebody's behalf is done with that person's rights."""
    abe = Phone(make.member("Abe", role="rep", team=world.team, is_admin=True))
    abe.write("visit.log", visit=uuid7(), customer=uuid7(), outcome="progress")
    abe.sync()
    assert listed(world.mia) == []
    [shown] = listed(world.ada)
    assert act(world.mia, shown, "apply", args={}) == 404
    assert signed_in(world.mia).get(f"{API}phones/").json()["results"] == []


def test_they_can_be_filtered_by_member_and_reason(world: World) -> None:
    parked_of(world)
    assert [one["code"] for one in listed(world.mia, code="waits_for")] == ["waits_for"]
    assert listed(world.mia, member=str(world.ben.pk)) == []


def test_whoever_reads_where_somebody_was_is_written_down(world: World) -> None:
    ana = Phone(world.ana)
    position = {"latitude": 37.5, "longitude": 127.0, "accuracy_m": 10}
    entry = ana.write("visit.arrive", visit=uuid7(), customer=uuid7(), position=position)
    ana.write("visit.log", visit=uuid7(), customer=uuid7(), outcome="progress")
    ana.sync()
    assert listed(world.mia)[0]["args"]["position"] == position
    looked = Audit.objects.get(verb="entry.read_position")
    assert (looked.member, looked.rows) == (world.mia, [["entry", entry]])


def test_an_entry_that_nobody_can_read_is_shown_as_it_came(world: World) -> None:
    ana = Phone(world.ana)
    ana.append('{"id": "no entry",')
    ana.append("not JSON at all")
    ana.sync()
    shown = listed(world.ada)
    assert [(one["code"], one["kind"], one["args"]) for one in shown] == [("bad_entry", None, None)] * 2
    assert shown[1]["text"] == "not JSON at all"


@pytest.mark.parametrize(
    "args",
    ["[1]", '"x"', '{"note": "\\ud800"}', f'{{"minutes": {10**30}}}', f'{{"note": {"[" * 300}{"]" * 300}}}'],
    ids=["list", "text", "half a character", "huge number", "depth"],
)
def test_what_no_answer_can_hold_does_not_hide_the_others(world: World, args: str) -> None:
    ana = Phone(world.ana)
    body = f'"id": "{uuid7()}", "kind": "visit.log", "v": 1, "at": "2026-11-26T09:00:00+09:00", "args": {args}'
    ana.append(f"{{{body}}}")
    ana.write("visit.log", visit=uuid7(), customer=uuid7(), outcome="progress")
    ana.sync()
    strange, other = listed(world.mia)
    assert (strange["kind"], strange["args"], args in strange["text"]) == ("visit.log", None, True)
    assert other["code"] == "not_found"


# --- Doing ------------------------------------------------------------------------------------------


def test_a_manager_applies_it_with_other_arguments_as_the_writers_deed(world: World) -> None:
    """I18, I22: one effect, one audit row of the effect by its writer, one of the manager's act."""
    ana, entry, shown = parked_of(world)
    args = {**shown["args"], "customer": str(world.steel.pk)}
    assert act(world.mia, shown, "apply", args=args) == 204
    ana.drain()
    ana.pull()
    visit = Visit.objects.get()
    assert (visit.member, visit.customer, visit.note) == (world.ana, world.steel, "In the basement")
    assert ana.answer_to(entry) == ("applied", None)
    assert [answer["state"] for answer in ana.settled.values()] == ["applied", "applied"]  # the comment had waited
    assert [(row.member, row.door) for row in Audit.objects.filter(entry_id=entry)] == [(world.ana, "behalf")]
    [by_manager] = Audit.objects.filter(verb="entry.apply_for")
    assert (by_manager.member, by_manager.rows) == (world.mia, [["entry", entry]])
    assert ana.contents() == projection(world.ana)


def test_what_was_applied_for_somebody_is_a_duplicate_when_it_comes_again(world: World) -> None:
    ana, entry, shown = parked_of(world)
    act(world.mia, shown, "apply", args={**shown["args"], "customer": str(world.steel.pk)})
    ana.take_new_replica()
    ana.sync()
    assert ana.answer_to(entry)[0] == "duplicate"
    assert Visit.objects.count() == 1


def test_what_it_was_written_in_place_of_is_over_with_what_is_applied_for_somebody(world: World) -> None:
    """I22: else the writer would be asked for ever about an entry that has found its successor."""
    ana, entry, shown = parked_of(world)
    again = ana.write("visit.log", supersedes=entry, **{**shown["args"], "customer": uuid7(), "outcome": "progress"})
    ana.sync()
    assert (ana.answer_to(entry)[0], ana.answer_to(again)) == ("parked", ("parked", "not_found"))
    [later] = [one for one in listed(world.mia) if one["entry_id"] == again]
    assert act(world.mia, later, "apply", args={**later["args"], "customer": str(world.steel.pk)}) == 204
    ana.drain()
    ana.pull()
    assert (ana.answer_to(entry)[0], ana.answer_to(again)[0]) == ("superseded", "applied")
    assert listed(world.mia) == []


def test_what_was_applied_for_somebody_is_flagged_as_if_it_had_gone_in_by_itself(world: World) -> None:
    """CUS-5: the customer whom the manager names lies outside the writer's territory."""
    _, _, shown = parked_of(world)
    assert act(world.mia, shown, "apply", args={**shown["args"], "customer": str(world.paper.pk)}) == 204
    assert Visit.objects.get().flags == ["outside_territory"]


def two_of_one_id(world: World, customer: UUID) -> Phone:
    """No phone writes that; it must not cost the second what it says."""
    ana, id = Phone(world.ana), uuid7()
    for note in ("First", "Second"):
        ana.write("visit.log", id=id, visit=uuid7(), customer=customer, outcome="progress", note=note)
    ana.sync()
    return ana


def test_an_entry_whose_id_has_had_its_effect_cannot_be_applied(world: World) -> None:
    two_of_one_id(world, world.steel.pk)
    [shown] = listed(world.mia)
    assert shown["code"] == "id_taken"
    assert act(world.mia, shown, "apply", args=shown["args"]) == 409
    assert Visit.objects.get().note == "First"


def test_another_entry_under_the_same_id_is_not_decided_along(world: World) -> None:
    ana = two_of_one_id(world, uuid7())
    shown = listed(world.mia)[0]
    assert act(world.mia, shown, "apply", args={**shown["args"], "customer": str(world.steel.pk)}) == 204
    assert ana.states() == ["applied", "parked"]


@pytest.mark.parametrize(
    ("change", "status"), [({"customer": "x"}, 400), ({"outcome": "great"}, 400), ({"is_admin": True}, 400)]
)
def test_other_arguments_are_judged_like_any(world: World, change: dict[str, Any], status: int) -> None:
    _, _, shown = parked_of(world)
    assert act(world.mia, shown, "apply", args={**shown["args"], **change}) == status
    assert InboxEntry.objects.get(pk=shown["id"]).is_parked
    assert not Visit.objects.exists()


def test_it_can_be_tried_again_when_the_reason_is_gone(world: World) -> None:
    ana, entry, shown = parked_of(world)
    make.customer(world.north, id=UUID(shown["args"]["customer"]))
    assert act(world.mia, shown, "retry") == 204
    ana.drain()
    ana.pull()
    assert ana.answer_to(entry) == ("applied", None)


def test_it_goes_back_to_its_writer_with_a_note(world: World) -> None:
    ana, entry, shown = parked_of(world)
    assert act(world.mia, shown, "return", note="Which customer was it?") == 204
    ana.pull()
    assert ana.answer_to(entry) == ("parked", "returned")
    told = ana.settled[entry]["params"]
    said = {"note": "Which customer was it?", "by": str(world.mia.pk)}
    assert told == {**said, "code": "not_found", "field": "customer"}


def test_a_second_note_keeps_the_first_reason(world: World) -> None:
    ana, entry, shown = parked_of(world)
    for note in ("Which customer was it?", "I still wonder"):
        assert act(world.mia, shown, "return", note=note) == 204
    ana.pull()
    said = {"note": "I still wonder", "by": str(world.mia.pk)}
    assert ana.settled[entry]["params"] == {**said, "code": "not_found", "field": "customer"}


def test_the_audit_names_the_phone_of_an_entry_that_has_no_name(world: World) -> None:
    ana = Phone(world.ana)
    ana.append("not JSON at all")
    ana.sync()
    [shown] = listed(world.mia)
    assert act(world.mia, shown, "discard", note="Nobody can read it") == 204
    assert Audit.objects.get(verb="entry.discard_for").rows == [["replica", str(UUID(ana.key))]]


def test_it_is_given_up_with_a_reason_and_what_waited_goes_on(world: World) -> None:
    ana, entry, shown = parked_of(world)
    assert act(world.mia, shown, "discard", note="Written twice") == 204
    ana.drain()
    ana.pull()
    assert ana.settled[entry]["state"] == "discarded"
    assert ana.settled[entry]["params"]["note"] == "Written twice"
    assert {answer["code"] for answer in ana.settled.values()} == {"not_found"}  # nor is there a visit to comment on
    assert act(world.mia, shown, "discard", note="Again") == 404


@pytest.mark.parametrize("verb", ["retry", "apply", "return", "discard"])
def test_nobody_else_lays_a_hand_on_it(world: World, verb: str, otto: Any) -> None:
    _, _, shown = parked_of(world)
    body: dict[str, Any] = {"args": {}} if verb == "apply" else {"note": "x"} if verb in {"return", "discard"} else {}
    other = make.member("Max", role="manager", team=make.team("South team"))
    assert act(world.ana, shown, verb, **body) == 403
    assert act(other, shown, verb, **body) == 404
    assert act(otto, shown, verb, **body) in {403, 404}
    assert InboxEntry.objects.get(pk=shown["id"]).code == "not_found"


# --- Phones -----------------------------------------------------------------------------------------


def phones_of(by: Any, /, **query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = signed_in(by).get(f"{API}phones/", query).json()["results"]
    return found


def test_everybody_sees_the_own_phones_and_a_manager_the_teams(world: World) -> None:
    for member in (world.ana, world.ben, world.carl):
        Phone(member)
    assert {one["member"] for one in phones_of(world.ana)} == {str(world.ana.pk)}
    assert {one["member"] for one in phones_of(world.mia)} == {str(world.ana.pk), str(world.ben.pk)}
    assert len(phones_of(world.ada)) == 3


def test_the_phone_in_hand_is_told_from_the_others(world: World) -> None:
    """A phone cannot see it from the row: its key is nobody else's to know."""
    here, lost = Phone(world.ana), Phone(world.ana)
    client = signed_in(world.ana)
    for phone, key in ((here, client.session.session_key), (lost, "another session")):
        Replica.objects.filter(key=phone.key).update(session_key=key)
    shown = client.get(f"{API}phones/").json()["results"]
    assert {one["id"]: one["is_this"] for one in shown} == {here.replica.pk: True, lost.replica.pk: False}


def test_phones_that_are_silent_with_work_waiting_are_found(world: World) -> None:
    with time_machine.travel(clock.now() - timedelta(hours=30), tick=False):
        silent, done = Phone(world.ana), Phone(world.ben)
        silent.write("visit.log", visit=uuid7(), customer=world.steel.pk, outcome="progress")
        silent.hello()
        done.hello()
    assert [one["member"] for one in phones_of(world.mia, silent_hours="24")] == [str(world.ana.pk)]
    assert phones_of(world.mia, silent_hours="31") == []


def test_a_lost_phone_is_shut_out_by_its_owner_or_the_manager(world: World) -> None:
    ana, ben = Phone(world.ana), Phone(world.ben)
    [own] = phones_of(world.ana)
    assert signed_in(world.ana).post(f"{API}phones/{own['id']}/revoke/").json()["state"] == "revoked"
    [bens] = phones_of(world.ben)
    assert signed_in(world.ana).post(f"{API}phones/{bens['id']}/revoke/").status_code == 404
    assert signed_in(world.mia).post(f"{API}phones/{bens['id']}/revoke/").status_code == 200
    assert [phone.hello()["device_state"] for phone in (ana, ben)] == ["revoked", "revoked"]
    assert Audit.objects.filter(verb="phone.revoke").count() == 2


def test_what_a_shut_out_phone_handed_in_is_let_in_together(world: World) -> None:
    ana = Phone(world.ana)
    [phone] = phones_of(world.mia)
    signed_in(world.mia).post(f"{API}phones/{phone['id']}/revoke/")
    visit = uuid7()
    ana.write("visit.log", visit=visit, customer=world.steel.pk, outcome="progress")
    ana.write("comment.add", comment=uuid7(), visit=visit, text="Done")
    ana.push()
    ana.drain()
    assert signed_in(world.ana).post(f"{API}phones/{phone['id']}/accept/").status_code == 403
    assert signed_in(world.mia).post(f"{API}phones/{phone['id']}/accept/").json() == {"accepted": 2}
    ana.drain()
    assert Visit.objects.get().member == world.ana
    assert ana.states() == ["applied", "applied"]


# --- Rescue -----------------------------------------------------------------------------------------


def saved_file(phone: Phone, received_n: int = 0) -> dict[str, Any]:
    """What the app writes when somebody saves the unsent work (static/src/store/exportFile.ts)."""
    return {
        "format": "fieldops-unsent/1",
        "organization": str(phone.member.organization_id),
        "member": str(phone.member.pk),
        "replica": phone.key,
        "received_n": received_n,
        "made_at": "2026-11-26T00:00:00.000Z",
        "entries": [
            {"n": n, "chain": phone.chain(n), "entry": text}
            for n, text in enumerate(phone.entries, 1)
            if n > received_n
        ],
        "parked": [],
    }


def take_in(member: Any, file: dict[str, Any]) -> Any:
    text = json.dumps(file)  # in letters of ASCII, as a browser writes half a character too
    return signed_in(member).post(f"{API}parked/import/", text, content_type="application/json")


def unsent(world: World) -> Phone:
    ana = Phone(world.ana)
    for _ in range(3):
        ana.write("visit.log", visit=uuid7(), customer=world.steel.pk, outcome="progress")
    return ana


def drain_rescued(phone: Phone) -> None:
    for replica in Replica.objects.filter(app="rescue"):
        drain.drain(replica.pk)


def test_unsent_work_saved_as_a_file_comes_in_as_its_writers(world: World) -> None:
    ana = unsent(world)
    assert take_in(world.ada, saved_file(ana)).json() == {"taken": 3, "known": 0}
    drain_rescued(ana)
    assert [visit.member for visit in Visit.objects.all()] == [world.ana] * 3
    assert take_in(world.ada, saved_file(ana)).json() == {"taken": 0, "known": 3}


def test_the_phone_that_comes_back_after_all_doubles_nothing(world: World) -> None:
    ana = unsent(world)
    take_in(world.ada, saved_file(ana))
    drain_rescued(ana)
    ana.sync()
    assert set(ana.states()) == {"duplicate"}
    assert Visit.objects.count() == 3
    assert ana.contents() == projection(world.ana)


def test_a_part_the_server_holds_already_is_known(world: World) -> None:
    ana = unsent(world)
    ana.push_from(1, 1)
    ana.drain()
    assert take_in(world.ada, saved_file(ana)).json() == {"taken": 2, "known": 1}


def test_a_file_taken_in_again_before_it_was_judged_changes_nothing(world: World) -> None:
    ana = unsent(world)
    take_in(world.ada, saved_file(ana))
    assert take_in(world.ada, saved_file(ana)).json() == {"taken": 0, "known": 3}
    ben = unsent(world)
    ben.push()
    assert take_in(world.ada, saved_file(ben)).json() == {"taken": 0, "known": 3}
    assert InboxEntry.objects.count() == 6


def test_a_file_comes_in_under_the_writer_it_names_whatever_phone_it_names(world: World) -> None:
    """I18: a file that was tampered with must not add to what somebody else's file has brought."""
    ana = unsent(world)
    take_in(world.ada, saved_file(ana))
    take_in(world.ada, {**saved_file(unsent(world)), "replica": ana.key, "member": str(world.carl.pk)})
    drain_rescued(ana)
    assert Visit.objects.filter(member=world.ana).count() == Visit.objects.filter(member=world.carl).count() == 3


def test_other_bytes_under_a_known_id_are_not_taken_for_known(world: World) -> None:
    ana = unsent(world)
    ana.sync()
    ana.entries = [text.replace("progress", "problem") for text in ana.entries]
    assert take_in(world.ada, saved_file(ana)).json() == {"taken": 3, "known": 0}
    drain_rescued(ana)
    assert [one["code"] for one in listed(world.ada)] == ["id_taken"] * 3


def test_a_file_of_weeks_is_taken_in(world: World) -> None:
    """More than any other request may bring."""
    ana = Phone(world.ana)
    for _ in range(60):
        ana.write("visit.log", visit=uuid7(), customer=world.steel.pk, outcome="progress", note="x" * 50_000)
    assert take_in(world.ada, saved_file(ana)).json() == {"taken": 60, "known": 0}


@pytest.mark.parametrize(
    "fault", ["entry", "order", "chain", "organization", "format", "member", "half a character", "size"]
)
def test_a_file_that_is_not_as_the_phone_saved_it_is_refused(world: World, fault: str, otto: Any) -> None:
    file = saved_file(unsent(world))
    match fault:
        case "entry":
            file["entries"][1]["entry"] = file["entries"][1]["entry"].replace("progress", "problem")
        case "order":
            file["entries"].reverse()
        case "chain":
            file["entries"][2]["chain"] = "0" * 64
        case "organization":
            file["organization"] = str(otto.organization_id)
        case "format":
            file["format"] = "another/1"
        case "member":
            file["member"] = str(otto.pk)
        case "half a character":
            file["entries"][1]["entry"] += "\ud800"
        case "size":
            file["entries"] = [{"n": 1, "chain": None, "entry": "x" * 65_537}]
    assert take_in(world.ada, file).status_code in {400, 404}
    assert not InboxEntry.objects.exists()


def test_only_an_administrator_takes_it_in(world: World) -> None:
    """Whoever writes a file says whose it is."""
    file = saved_file(unsent(world))
    assert [take_in(member, file).status_code for member in (world.ana, world.carl, world.mia)] == [403] * 3
    assert not InboxEntry.objects.exists()
