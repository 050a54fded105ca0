"""Walks with the people of the demo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.http_door import HttpPhone
from tests.server import Server, running
from tests.walks import demo


@pytest.fixture
def demo_server(tmp_path: Path) -> Iterator[Server]:
    with running(tmp_path) as started:
        started.manage("seed_demo")
        yield started


@pytest.fixture
def phone_of(demo_server: Server) -> Callable[[str], HttpPhone]:
    """The phone of one of the demo's people, by the first part of their address."""
    return partial(demo.phone_of, demo_server)
