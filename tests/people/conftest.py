from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from people.models import Member
from tests.conftest import World
from tests.people.visitor import PASSWORD


@pytest.fixture
def nothing_counted(db: None) -> Iterator[None]:
    """No try of an earlier test counts towards a limit."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def ana(world: World) -> Member:
    """With a password of her own."""
    world.ana.user.set_password(PASSWORD)
    world.ana.user.save()
    return world.ana
