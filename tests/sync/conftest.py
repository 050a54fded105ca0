"""A street. Ana has the key to the red house, Carl to the blue one, Ben to both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import time_machine
from pytest_django.fixtures import Settings

from core import clock, tenancy
from people.models import Member, Organization
from sync import news, stream
from sync.redis import Circuit, news_client
from tests import broker
from tests import factories as make
from tests.lamps import factories as put
from tests.lamps.models import House
from tests.lamps.phone import LampPhone
from tests.remembered import Remembered, remember
from tests.sync.ears import Ears
from tests.sync.valkey import Bell, Valkey, bell

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


@pytest.fixture(scope="session")
def _remembered_street(django_db_setup: None, django_db_blocker: Any) -> Remembered[Street]:
    with django_db_blocker.unblock():
        return remember(build_street)


@pytest.fixture
def street(_remembered_street: Remembered[Street], db: None) -> Iterator[Street]:
    """The street, with its organization current."""
    found = _remembered_street.again()
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


@pytest.fixture(scope="session")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    """One for all tests that leave it running."""
    found = Valkey(tmp_path_factory.mktemp("valkey"))
    found.start()
    yield found
    found.kill()


@pytest.fixture
def own_valkey(tmp_path: Path) -> Iterator[Valkey]:
    """One that a test may kill."""
    found = Valkey(tmp_path)
    found.start()
    yield found
    found.kill()


@pytest.fixture
def news_at(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Valkey], None]]:
    """Sends this process's news to a Valkey, whatever it has been through with another one."""

    def send_to(valkey: Valkey) -> None:
        settings.NEWS_REDIS_URL = valkey.news_url
        monkeypatch.setattr(news, "_circuit", Circuit("news"))
        news_client.cache_clear()

    yield send_to
    news_client.cache_clear()


@pytest.fixture
def heard(valkey: Valkey, news_at: Callable[[Valkey], None]) -> Iterator[Bell]:
    """Hears the news of this test. They ring on commit, so the test has to commit."""
    news_at(valkey)
    with bell(valkey.news_url) as found:
        yield found


@pytest.fixture
def ears(valkey: Valkey, news_at: Callable[[Valkey], None], monkeypatch: pytest.MonkeyPatch) -> Iterator[Ears]:
    """A server process with nobody listening yet."""
    news_at(valkey)
    monkeypatch.setattr(stream, "hub", stream.Hub())  # listeners belong to one event loop
    found = Ears()
    yield found
    found.close()
