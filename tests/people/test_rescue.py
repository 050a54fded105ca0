"""Unsent work that was saved as a file is taken in as its writer's, once, and only as the phone saved it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from core.ids import uuid7
from sync import drain
from sync.models import InboxEntry, Replica
from tests.conftest import World
from tests.people.console import listed
from tests.phone import Phone, projection
from tests.rest import API, signed_in
from visits.models import Visit

pytestmark = pytest.mark.both_databases


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
