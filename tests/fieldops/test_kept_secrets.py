"""Secrets that an installation makes for itself."""

from __future__ import annotations

import secrets
import stat
from pathlib import Path

import pytest

from fieldops.kept_secrets import kept_secret


def test_a_new_secret_has_its_name_only_once_it_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Several processes start together: one that finds the file reads it at once."""
    path = tmp_path / "secret_key"
    make = secrets.token_urlsafe

    def make_before_it_is_there(size: int) -> str:
        assert not path.exists()
        return make(size)

    monkeypatch.setattr(secrets, "token_urlsafe", make_before_it_is_there)
    assert len(kept_secret(path, 50)) >= 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_whoever_made_one_at_the_same_time_is_listened_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret_key"

    def make_later_than_another(size: int) -> str:
        path.write_text("the other's", encoding="ascii")
        return "mine"

    monkeypatch.setattr(secrets, "token_urlsafe", make_later_than_another)
    assert kept_secret(path, 50) == "the other's"
    assert list(tmp_path.iterdir()) == [path]


def test_a_secret_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "not yet there" / "password"
    assert kept_secret(path, 24) == kept_secret(path, 24)
