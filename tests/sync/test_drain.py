"""Judging: every entry gets one answer, in order of n, and nothing an entry is can stop the others."""

from __future__ import annotations

import json
from typing import Any

import pytest

from core.ids import uuid7
from people.models import Member
from sync.drain import RUN_ENTRIES, UNIT_ENTRIES, drain
from sync.models import Audit, Counter, Effect, InboxEntry
from tests import broker
from tests.lamps import factories as put
from tests.lamps.models import Lamp
from tests.lamps.phone import APPLIED, DUPLICATE, LampPhone
from tests.sync.conftest import Street

pytestmark = pytest.mark.both_databases


def test_an_entry_is_applied_and_its_row_comes_back(street: Street, ana: LampPhone) -> None:
    lamp = ana.made(street.red)
    ana.switch(lamp)
    assert ana.answers() == [APPLIED, APPLIED]
    held = ana.holds("lamp", lamp)
    assert held is not None
    assert (held["is_on"], held["switches"]) == (True, 1)


def test_the_answer_names_number_id_state_and_reason(street: Street, ana: LampPhone) -> None:
    entry = ana.switch(lamp := uuid7())
    ana.sync()
    head = Counter.objects.get(pk=street.organization.pk).seq
    assert ana.settled[entry] == {
        "n": 1,
        "id": entry,
        "state": "parked",
        "seq": head,
        "code": "not_found",
        "params": {"field": "lamp"},
        "conflicts": [],
    }
    assert not Lamp.objects.filter(pk=lamp).exists()


def test_entries_take_effect_in_order_of_n(street: Street, ana: LampPhone) -> None:
    lamp = ana.made(street.red)
    ana.switch(lamp, on=True)
    ana.close(lamp)
    ana.switch(lamp, on=False)
    assert ana.answers() == [APPLIED, APPLIED, APPLIED, ("parked", "is_closed")]
    assert Lamp.objects.get(pk=lamp).is_on


def test_a_parked_entry_does_not_stop_the_others(street: Street, ana: LampPhone) -> None:
    first = ana.made(street.red)
    ana.append("this is no entry")
    ana.switch(uuid7())
    ana.switch(first)
    assert ana.answers() == [APPLIED, ("parked", "bad_entry"), ("parked", "not_found"), APPLIED]


def test_a_refused_entry_leaves_nothing_behind(street: Street, ana: LampPhone) -> None:
    lamp = put.lamp(street.ana, street.red)
    ana.make(lamp.pk, street.blue, colour="green")
    assert ana.answers() == [("parked", "id_taken")]
    assert Lamp.objects.get(pk=lamp.pk).colour == "white"
    assert not Effect.objects.exists()
    assert not Audit.objects.filter(door="sync").exists()


def test_each_effect_has_exactly_one_key_and_one_audit_row(street: Street, ana: LampPhone) -> None:
    lamp = ana.made(street.red)
    entries = [ana.switch(lamp), ana.switch(lamp), ana.close(lamp)]
    ana.switch(lamp)
    ana.append(ana.entries[1])
    assert ana.answers()[-2:] == [("parked", "is_closed"), DUPLICATE]
    applied = [ana.entry_id(1), *entries]
    assert sorted(str(id) for id in Effect.objects.values_list("entry_id", flat=True)) == sorted(applied)
    audited = Audit.objects.filter(door="sync")
    assert sorted(str(id) for id in audited.values_list("entry_id", flat=True)) == sorted(applied)
    assert set(audited.values_list("member", flat=True)) == {street.ana.pk}
    assert audited.get(verb="lamp.close").rows == [["lamp", str(lamp)]]


# --- What the machinery itself parks --------------------------------------------------------------

ID, LAMP = str(uuid7()), str(uuid7())
WHOLE = {"id": ID, "kind": "lamp.switch", "v": 1, "at": "2026-11-24T12:31:00.123+09:00", "tz": "Asia/Seoul", "mono": 1}
WHOLE |= {"args": {"lamp": LAMP, "on": True}}
TEXT = json.dumps(WHOLE)
UNREADABLE: dict[str, str] = {
    "nothing": "",
    "cut short": TEXT[:-1],
    "not JSON": "{lamp}",
    "an array": f"[{TEXT}]",
    "a text": json.dumps(TEXT),
    "null": "null",
    "NaN": TEXT.replace("true", "NaN"),
    "Infinity": TEXT.replace("true", "Infinity"),
    "a number nobody can hold": TEXT.replace("true", "1e400"),
    "a key twice": TEXT.replace('"mono": 1', '"mono": 1, "mono": 2'),
    "a raw NUL": TEXT.replace("Asia/Seoul", "Asia\u0000Seoul"),
    "a thousand levels": TEXT.replace("true", "[" * 60_000),
    **{f"no {name}": json.dumps({key: value for key, value in WHOLE.items() if key != name}) for name in WHOLE},
    "a time that is a number": json.dumps({**WHOLE, "at": 1764128000}),
    "an id that is none": TEXT.replace(ID, "7"),
    "a kind that is a number": TEXT.replace('"lamp.switch"', "7"),
    "a version that is a text": TEXT.replace('"v": 1', '"v": "1"'),
    "after that is no list": json.dumps({**WHOLE, "after": 7}),
    "after that names no ids": json.dumps({**WHOLE, "after": ["x"]}),
    "after without end": json.dumps({**WHOLE, "after": [ID] * 51}),
    "supersedes that is no id": json.dumps({**WHOLE, "supersedes": "x"}),
}
for optional in ("tz", "mono"):  # told by the phone, judged by nobody
    del UNREADABLE[f"no {optional}"]


UNDATED = {
    "a time without a zone": TEXT.replace("+09:00", ""),
    "a day that does not exist": TEXT.replace("2026-11-24", "2026-02-30"),
    "a time out of the calendar": TEXT.replace("2026-11-24T12:31:00.123+09:00", "0001-01-01T00:00:00.000+09:00"),
    "no time at all": TEXT.replace("2026-11-24T12:31:00.123+09:00", "yesterday"),
}


def test_b32_b34_an_entry_of_no_known_moment_is_parked_as_bad_date(ana: LampPhone) -> None:
    for text in UNDATED.values():
        ana.append(text)
    found = dict(zip(UNDATED, ana.answers(), strict=True))
    assert found == dict.fromkeys(UNDATED, ("parked", "bad_date"))
    assert {str(answer["params"]) for answer in ana.settled.values()} == {"{'field': 'at'}"}


def test_what_cannot_be_read_is_parked_as_bad_entry(ana: LampPhone) -> None:
    for text in UNREADABLE.values():
        ana.append(text)
    found = dict(zip(UNREADABLE, ana.answers(), strict=True))
    assert found == dict.fromkeys(UNREADABLE, ("parked", "bad_entry"))


def test_an_unreadable_entry_is_still_called_by_its_id(ana: LampPhone) -> None:
    ana.append(TEXT[:-1])
    ana.sync()
    assert ana.settled[ID]["code"] == "bad_entry"


def test_half_a_surrogate_pair_is_stored_as_it_came_and_parked(ana: LampPhone) -> None:
    """No browser writes it raw; whoever does gets an answer like everybody else."""
    status, _ = ana.send("push", {"proto": 1, "first_n": 1, "entries": [TEXT.replace("Seoul", "\ud800")]})
    assert status == 200
    ana.drain()
    assert ana.pull_page()["settled"][0]["code"] == "bad_entry"


@pytest.mark.parametrize(
    ("changed", "code", "params"),
    [
        ({"kind": "lamp.eat"}, "unknown_kind", {"kind": "lamp.eat"}),
        ({"kind": "x" * 500}, "unknown_kind", {"kind": "x" * 60}),
        ({"v": 2}, "schema_ahead", {"v": 2}),
        ({"args": {"lamp": LAMP}}, "field_required", {"field": "on"}),
        ({"args": {"lamp": LAMP, "on": True, "organization": ID}}, "field_not_allowed", {"field": "organization"}),
        ({"args": {"lamp": LAMP, "on": "true"}}, "field_type", {"field": "on"}),
        ({"args": {"lamp": "x", "on": True}}, "bad_id", {"field": "lamp"}),
        ({"args": {"lamp": LAMP, "on": True}}, "not_found", {"field": "lamp"}),
        ({"args": []}, "field_type", {"field": ""}),
    ],
)
def test_a_readable_entry_is_parked_with_its_reason(
    ana: LampPhone, changed: dict[str, Any], code: str, params: dict[str, Any]
) -> None:
    ana.append(json.dumps({**WHOLE, **changed}))
    ana.sync()
    assert (ana.settled[ID]["state"], ana.settled[ID]["code"], ana.settled[ID]["params"]) == ("parked", code, params)


@pytest.mark.parametrize("name", ["\u0000", "\ud800", "a\u0001" * 40])
def test_names_nobody_can_store_do_not_reach_the_answer(ana: LampPhone, name: str) -> None:
    ana.append(json.dumps({**WHOLE, "id": str(uuid7()), "kind": name}))
    ana.append(json.dumps({**WHOLE, "id": str(uuid7()), "args": {"lamp": LAMP, "on": True, name: 1}}))
    assert ana.answers() == [("parked", "unknown_kind"), ("parked", "field_not_allowed")]


def test_whoever_was_disabled_meanwhile_changes_nothing(street: Street, ana: LampPhone) -> None:
    ana.made(street.red)
    ana.push()
    Member.objects.filter(pk=street.ana.pk).update(is_active=False)
    ana.drain()
    ana.pull()
    assert ana.answer_to(ana.entry_id(1)) == ("parked", "actor_disabled")
    assert not Lamp.objects.exists()


def test_an_id_known_with_the_same_bytes_is_a_quiet_yes(street: Street, ana: LampPhone) -> None:
    lamp = ana.made(street.red)
    ana.switch(lamp)
    ana.append(ana.entries[1])
    assert ana.answers() == [APPLIED, APPLIED, DUPLICATE]
    assert Lamp.objects.get(pk=lamp).switches == 1


def test_an_id_known_with_other_bytes_is_a_named_no(street: Street, ana: LampPhone) -> None:
    lamp = ana.made(street.red)
    ana.switch(lamp, on=True)
    ana.append(ana.entries[1].replace("true", "false"))
    rests = ana.switch(lamp, on=False, after=[ana.entry_id(2)])
    ana.sync()
    assert ana.states() == ["applied", "applied", "parked", "applied"]
    assert InboxEntry.objects.get(n=3).code == "id_taken"
    assert ana.answer_to(rests) == APPLIED


def test_another_phone_with_the_same_entry_has_no_second_effect(street: Street, ana: LampPhone) -> None:
    lamp = put.lamp(street.ana, street.red)
    ana.switch(lamp.pk)
    twin = LampPhone(street.ana)
    twin.append(ana.entries[0])
    assert (ana.answers(), twin.answers()) == ([APPLIED], [DUPLICATE])
    assert Lamp.objects.get(pk=lamp.pk).switches == 1


# --- Units ----------------------------------------------------------------------------------------


def test_fifty_entries_are_one_number(street: Street, ana: LampPhone) -> None:
    for _ in range(UNIT_ENTRIES + 10):
        ana.made(street.red)
    before = Counter.objects.get(pk=street.organization.pk).seq
    ana.sync()
    numbers = [answer["seq"] for answer in sorted(ana.settled.values(), key=lambda answer: int(answer["n"]))]
    assert numbers == [before + 1] * UNIT_ENTRIES + [before + 2] * 10


def test_a_run_ends_after_its_share_and_rings_for_the_rest(street: Street, ana: LampPhone) -> None:
    for _ in range(RUN_ENTRIES + 30):
        ana.made(street.red)
    ana.push(batch=300)
    run = drain(ana.replica.pk)
    assert (run.judged, run.has_more) == (RUN_ENTRIES, True)
    assert broker.pokes() == [ana.replica.pk]
    run = drain(ana.replica.pk)
    assert (run.judged, run.has_more) == (30, False)
    assert broker.pokes() == []


def test_the_replica_says_how_far_it_is_settled(street: Street, ana: LampPhone) -> None:
    ana.made(street.red)
    ana.append("no entry")
    ana.push()
    assert ana.replica.settled_n == 0
    ana.drain()
    assert ana.replica.settled_n == ana.pull_page()["settled_n"] == 2
