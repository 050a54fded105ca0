"""What tests of this room share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from needs.alike import encoder
from needs.models import Need
from people.models import Member
from tests import factories as make
from tests.conftest import World


@contextmanager
def without_encoder() -> Iterator[None]:
    """As on a platform without the package."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoder, "USE", None)
        _forget()
        yield
    _forget()


@pytest.fixture
def no_encoder() -> Iterator[None]:
    with without_encoder():
        yield


@pytest.fixture
def ina(world: World) -> Member:
    """Another engineer."""
    return make.member("Ina", role="engineer", job="rnd")


@pytest.fixture
def need(world: World) -> Need:
    return make.sorted_need(world.jun, world.steel, "Quieter pumps", heard_by=world.ana)


def _forget() -> None:
    encoder.found.cache_clear()
    encoder.version.cache_clear()
