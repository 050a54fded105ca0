"""Entries of other versions: yesterday's are put in today's words, tomorrow's wait for the update."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from core import tenancy
from core.ids import uuid7
from sync import actions as entry_actions
from sync import sweeper
from sync.registry import Kind, Registry, Said, registry
from tests import broker
from tests.lamps import factories as put
from tests.lamps.models import Lamp
from tests.lamps.phone import APPLIED, LampPhone
from tests.sync.conftest import Street, build_street

pytestmark = pytest.mark.both_databases

AHEAD, UNKNOWN = ("parked", "schema_ahead"), ("parked", "schema_unknown")


def say(phone: LampPhone, lamp: UUID, args: dict[str, Any], *, kind: str = "lamp.switch", version: int = 1) -> None:
    entry = {"id": str(uuid7()), "kind": kind, "v": version, "at": "2026-11-24T12:31:00+09:00", "tz": "Asia/Seoul"}
    phone.append(json.dumps({**entry, "mono": 1, "args": {"lamp": str(lamp), **args}}))


def from_first(said: Said) -> Said:
    """Version 1 said ``is_on``."""
    args, seen = dict(said[0]), said[1]
    if "is_on" in args:
        args["state"] = "on" if args.pop("is_on") else "off"
    return args, seen


def from_second(said: Said) -> Said:
    """Version 2 said ``state``."""
    args, seen = dict(said[0]), said[1]
    if "state" in args:
        args["on"] = args.pop("state") == "on"
    return args, seen


def update_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """The switch of lamps is in its third version."""
    former = registry.kinds["lamp.switch"]
    converters = {1: from_first, 2: from_second}
    monkeypatch.setitem(registry.kinds, "lamp.switch", replace(former, version=3, converters=converters))


def test_an_entry_of_every_version_ever_shipped_is_put_in_todays_words(
    street: Street, ana: LampPhone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """I16: whatever the queue was written by, it drains."""
    update_server(monkeypatch)
    lamp = put.lamp(street.ana, street.red)
    says: list[dict[str, Any]] = [{"is_on": True}, {"state": "off"}, {"on": True}]
    for version, args in enumerate(says, start=1):
        say(ana, lamp.pk, args, version=version)
    assert ana.answers() == [APPLIED] * 3
    assert (Lamp.objects.get(pk=lamp.pk).switches, Lamp.objects.get(pk=lamp.pk).is_on) == (3, True)


def test_words_of_a_former_version_are_refused_in_a_later_one(
    street: Street, ana: LampPhone, monkeypatch: pytest.MonkeyPatch
) -> None:
    update_server(monkeypatch)
    say(ana, put.lamp(street.ana, street.red).pk, {"is_on": True}, version=3)
    assert ana.answers() == [("parked", "field_not_allowed")]


@pytest.mark.parametrize("version", [0, -1])
def test_a_version_that_was_never_shipped_is_parked_and_told(
    street: Street, ana: LampPhone, version: int, caplog: pytest.LogCaptureFixture
) -> None:
    """B21."""
    say(ana, put.lamp(street.ana, street.red).pk, {"on": True}, version=version)
    assert ana.answers() == [UNKNOWN]
    assert "never shipped" in caplog.text


def test_a_kind_without_a_converter_for_each_version_cannot_be_registered() -> None:
    form = registry.kinds["lamp.switch"].form
    with pytest.raises(ValueError, match="a converter for each version before 3"):
        Registry().add_kinds([Kind("lamp.dim", form, print, version=3, converters={2: from_second})])


# --- From a newer app -----------------------------------------------------------------------------


def test_what_a_newer_app_wrote_goes_in_after_the_update_by_itself(
    street: Street, ana: LampPhone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B20, F32. In its old place, before what was written after it."""
    lamp = put.lamp(street.ana, street.red)
    say(ana, lamp.pk, {"on": True}, version=3)
    ana.switch(lamp.pk, on=False, after=[ana.entry_id(1)])
    say(ana, lamp.pk, {"on": True}, kind="lamp.dim", version=1)
    assert ana.answers() == [AHEAD, ("parked", "waits_for"), ("parked", "unknown_kind")]
    assert sweeper.sweep() == 0
    update_server(monkeypatch)
    monkeypatch.setitem(registry.kinds, "lamp.dim", registry.kinds["lamp.switch"])
    broker.forget()
    assert sweeper.sweep() == 1
    assert ana.answers() == [APPLIED] * 3
    assert Lamp.objects.get(pk=lamp.pk).switches == 3


def test_what_nobody_will_ever_understand_stands_in_nobodys_way(
    street: Street, ana: LampPhone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entry_actions, "MOST_REOPENED", 2)
    for version in (9, 9, 9, 3):
        say(ana, put.lamp(street.ana, street.red).pk, {"on": True}, version=version)
    assert ana.answers() == [AHEAD] * 4
    update_server(monkeypatch)
    assert sweeper.sweep() == 1
    assert ana.answers() == [AHEAD] * 3 + [APPLIED]


def test_it_is_found_in_every_organization_and_a_person_need_not_ask(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = build_street()
    phones = []
    for one in (street, other):
        with tenancy.acting_in(one.organization.pk):
            phones.append(LampPhone(one.ana))
            say(phones[-1], put.lamp(one.ana, one.red).pk, {"on": True}, version=3)
            assert phones[-1].answers() == [AHEAD]
    update_server(monkeypatch)
    with tenancy.acting_in(None):
        assert sweeper.sweep() == 2
    for one, phone in zip((street, other), phones, strict=True):
        with tenancy.acting_in(one.organization.pk):
            assert phone.answers() == [APPLIED]


def test_what_was_answered_before_a_roll_back_is_known_although_nobody_can_read_it(
    street: Street, ana: LampPhone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """I3, I16. A phone that took another name sends everything again."""
    lamp = put.lamp(street.ana, street.red)
    with monkeypatch.context() as update:
        update_server(update)
        say(ana, lamp.pk, {"on": True}, version=3)
        assert ana.answers() == [APPLIED]
    ana.take_new_replica()
    assert ana.answers() == [("duplicate", None)]
    assert Lamp.objects.get(pk=lamp.pk).switches == 1
