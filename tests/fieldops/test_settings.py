"""Settings come from the environment only, and .env.example says the whole truth about them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldops import env

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("core", "sync", "people", "notices", "customers", "visits", "needs", "tickets", "fieldops")
READERS = {"text", "flag", "number", "names", "secret", "database"}
SECRET_READERS = {"secret", "database"}
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")


def _trees() -> Iterator[tuple[Path, ast.Module]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def _readings() -> Iterator[tuple[str, str, list[ast.expr]]]:
    """(reader, variable, further arguments) of every call of fieldops.env in the product."""
    for path, tree in _trees():
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id="env"), attr=reader), args=[name, *rest]):
                    assert reader in READERS, f"{path}: env.{reader}"
                    assert isinstance(name, ast.Constant), f"{path}:{node.lineno}: the name must stand there"
                    yield reader, str(name.value), rest


def _listed() -> dict[str, str]:
    return dict(re.findall(r"^#?(FIELDOPS_\w+)=(.*)$", EXAMPLE, re.MULTILINE))


def test_the_example_lists_exactly_the_variables_that_are_read() -> None:
    assert set(_listed()) == {name for _, name, _ in _readings()}


def test_the_example_shows_the_defaults() -> None:
    listed = _listed()
    for reader, name, rest in _readings():
        if rest and isinstance(rest[0], ast.Constant) and name != "FIELDOPS_HOSTS":
            default = rest[0].value
            assert listed[name] == (str(default).lower() if reader == "flag" else str(default)), name
        elif reader == "flag":
            assert listed[name] == "false", name


def test_the_example_marks_exactly_the_secrets() -> None:
    marked = set(re.findall(r"^# \(secret\)[^\n]*\n(?:#[ ][^\n]*\n)*#(FIELDOPS_\w+)=", EXAMPLE, re.MULTILINE))
    assert marked == {name for reader, name, _ in _readings() if reader in SECRET_READERS}


def test_nothing_else_reads_the_environment() -> None:
    """Only the typed readers do, who hands all of it to child processes, and who sets what a library reads."""
    allowed = {"env.py", "installation.py", "up.py", "asgi.py", "celery.py", "encoder.py"}
    found = {
        path.name
        for path, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    }
    assert found <= allowed


@pytest.mark.parametrize(
    ("reader", "value"), [("flag", "maybe"), ("number", "ten"), ("number", "-1"), ("database", "mysql://host/name")]
)
def test_a_wrong_value_stops_the_start(monkeypatch: pytest.MonkeyPatch, reader: str, value: str) -> None:
    monkeypatch.setenv("FIELDOPS_THING", value)
    defaults = {"flag": False, "number": 10, "database": ""}
    with pytest.raises(env.BadSetting, match="FIELDOPS_THING"):
        getattr(env, reader)("FIELDOPS_THING", defaults[reader])


def test_a_secret_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text("from the file\n", encoding="utf-8")
    monkeypatch.setenv("FIELDOPS_THING", "from the variable")
    monkeypatch.setenv("FIELDOPS_THING_FILE", str(path))
    assert env.secret("FIELDOPS_THING") == "from the file"


def test_a_secret_file_that_cannot_be_read_stops_the_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FIELDOPS_THING_FILE", str(tmp_path / "nowhere"))
    with pytest.raises(env.BadSetting, match="FIELDOPS_THING_FILE"):
        env.secret("FIELDOPS_THING")


def test_database_addresses_are_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIELDOPS_THING", "postgresql://me%40home:p%2Fw@db.example:6432/field%20ops")
    found = env.database("FIELDOPS_THING", "")
    assert found == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "field ops",
        "USER": "me@home",
        "PASSWORD": "p/w",
        "HOST": "db.example",
        "PORT": "6432",
    }
