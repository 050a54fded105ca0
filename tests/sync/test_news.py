"""What rings for listeners: every unit once, by the names of the streams that have something new."""

from __future__ import annotations

from typing import Any

import pytest

from core.ids import uuid7
from sync import news
from sync.models import Counter
from tests.lamps import factories as put
from tests.lamps.phone import LampPhone
from tests.sync.conftest import RED, Street
from tests.sync.valkey import Bell

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]


def head(street: Street) -> int:
    return Counter.objects.get(pk=street.organization.pk).seq


def rung(bell: Bell) -> list[list[str]]:
    return [ring["streams"] for ring in bell.heard()]


def own(phone: LampPhone) -> str:
    return news.replica_stream(phone.key)


def test_a_push_rings_nobody_and_its_judgement_everybody_whom_it_concerns(
    street: Street, ana: LampPhone, heard: Bell
) -> None:
    """Once for all entries of a unit, and the phone that wrote them hears that they are settled."""
    heard.heard()
    ana.switch(ana.made(street.red))
    ana.push()
    assert heard.heard() == []
    ana.drain()
    names = sorted([f"h:{RED}/base", f"m:{street.ana.pk}/base", own(ana)])
    assert heard.heard() == [{"org": str(street.organization.pk), "seq": head(street), "streams": names}]


def test_an_answer_alone_rings_for_the_phone_alone(street: Street, ana: LampPhone, heard: Bell) -> None:
    ana.append("no entry")
    ana.push()
    heard.heard()
    ana.drain()
    assert rung(heard) == [[own(ana)]]


def test_sending_again_rings_nobody(street: Street, ana: LampPhone, heard: Bell) -> None:
    ana.made(street.red)
    ana.sync()
    heard.heard()
    ana.push_from(1, 1)
    ana.drain()
    assert heard.heard() == []


def test_a_phone_hears_of_an_answer_that_changed_because_of_another(
    street: Street, ana: LampPhone, heard: Bell
) -> None:
    """The same entry is parked under one name of the phone and applied under the next."""
    lamp = ana.made(street.red)
    switched = ana.switch(lamp)
    twin = LampPhone(street.ana)
    twin.append(ana.entries[1])
    assert twin.answers() == [("parked", "not_found")]
    heard.heard()
    ana.push()
    ana.drain()
    (names,) = rung(heard)
    assert {own(ana), own(twin)} <= set(names)
    twin.pull()
    assert twin.answer_to(switched) == ("duplicate", None)


def test_a_phone_hears_what_became_of_its_retry(street: Street, ana: LampPhone, heard: Bell) -> None:
    lamp = uuid7()
    switched = ana.switch(lamp)
    assert ana.answers() == [("parked", "not_found")]
    put.lamp(street.ana, street.red, id=lamp)
    ana.retry(switched)
    ana.push()
    heard.heard()
    ana.drain()
    rings = rung(heard)
    assert rings
    assert all(own(ana) in names for names in rings)
    ana.pull()
    assert ana.answer_to(switched) == ("applied", None)


def test_a_ring_without_names_is_none(street: Street, heard: Bell) -> None:
    heard.heard()
    organization: Any = street.organization.pk
    news.ring(organization, 7, [])
    assert heard.heard() == []
