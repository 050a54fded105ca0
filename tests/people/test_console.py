"""What whoever answers for others may see and do about their phones and parked entries; every act is audited."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest

from core.ids import uuid7
from sync.models import Audit, InboxEntry
from tests import factories as make
from tests.conftest import World
from tests.people.console import listed
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
