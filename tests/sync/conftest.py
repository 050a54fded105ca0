"""A street. Ana has the key to the red house, Carl to the blue one, Ben to both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import time_machine

from core import clock, tenancy
from people.models import Member, Organization
from tests import broker
from tests import factories as make
from tests.lamps import factories as put
from tests.lamps.models import House
from tests.lamps.phone import LampPhone

RED, BLUE = "red", "blue"


@dataclass
class Street:
    organization: Organization
    ana: Member
    ben: Member
    carl: Member
    red: House
    blue: House


@pytest.fixture(autouse=True)
def _nothing_rung() -> None:
    broker.forget()


def build_street() -> Street:
    organization = make.organization("The street")
    with tenancy.acting_in(organization.pk):
        ana, ben, carl = make.member("Ana"), make.member("Ben"), make.member("Carl")
        put.key(ana, RED)
        put.key(ben, RED, BLUE)
        put.key(carl, BLUE)
        return Street(organization, ana, ben, carl, red=put.house(RED), blue=put.house(BLUE))


@pytest.fixture
def street(db: None) -> Iterator[Street]:
    """The street, with its organization current."""
    found = build_street()
    with tenancy.acting_in(found.organization.pk):
        yield found


@pytest.fixture
def ana(street: Street) -> LampPhone:
    """Her phone."""
    return LampPhone(street.ana)


@pytest.fixture
def time_passes() -> Iterator[Callable[[float], None]]:
    """A clock that stands still but for the seconds a test lets pass."""
    with time_machine.travel(clock.now(), tick=False) as traveller:
        yield traveller.shift
