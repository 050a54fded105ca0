"""The scene, as every test finds it, and what everybody is answered there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from tests.fieldops.access.rooms import REST
from tests.fieldops.access.rows import read
from tests.fieldops.knocking import Answers, answers_to
from tests.fieldops.scene import Scene, build_scene
from tests.remembered import Remembered, remember, undoing


@pytest.fixture(scope="session")
def _remembered_scene(django_db_setup: None, django_db_blocker: Any) -> Remembered[Scene]:
    with django_db_blocker.unblock():
        return remember(build_scene)


@pytest.fixture
def scene(_remembered_scene: Remembered[Scene], db: None) -> Scene:
    return _remembered_scene.again()


@pytest.fixture(scope="session")
def _rest_answers(_remembered_scene: Remembered[Scene], django_db_blocker: Any) -> Answers:
    with django_db_blocker.unblock(), undoing():
        return answers_to(_remembered_scene.again(), read(REST))


@pytest.fixture
def rest_answers(_rest_answers: Answers, db: None) -> Answers:
    """Every cell of the table of REST, tried once: several tests judge the answers."""
    return _rest_answers


@pytest.fixture
def own_data_folder(settings: Settings, tmp_path: Path) -> None:
    """Where the list of whoever was shut out lies, for one test alone."""
    settings.DATA_DIR = tmp_path / "data"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup.zip"
