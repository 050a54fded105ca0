"""What tests of this room share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from needs.alike import encoder


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


def _forget() -> None:
    encoder.found.cache_clear()
    encoder.version.cache_clear()
