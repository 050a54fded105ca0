"""One version, wherever it is written."""

from __future__ import annotations

import json
import re
import tomllib

from fieldops.processes import BASE_DIR


def test_server_phone_and_changelog_tell_the_same_version() -> None:
    server = tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    phone = json.loads((BASE_DIR / "static" / "package.json").read_text(encoding="utf-8"))["version"]
    newest = re.search(r"^## (\S+)", (BASE_DIR / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest
    assert server == phone == newest[1]
