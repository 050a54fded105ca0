"""The file of a backup: a zip with a manifest, and each table as lines of JSON. It needs no database to be checked."""

from __future__ import annotations

import errno
import os
import secrets
import struct
import tomllib
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BufferedReader
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import msgspec

from fieldops.processes import BASE_DIR

FORMAT = 1
_MANIFEST = "manifest.json"
_BLOCK = 1 << 20
# Fast enough not to hold a snapshot open for long; a higher level gains a tenth and takes twice the time.
_LEVEL = 4
# All that a zip raises over bytes that are not what they were.
_DAMAGE = (
    BadZipFile,
    EOFError,
    KeyError,
    OverflowError,
    RuntimeError,
    ValueError,
    msgspec.DecodeError,
    struct.error,
    zlib.error,
)

Migration = tuple[str, str]


class Damaged(Exception):
    """The file is not, or no longer, what was written; the message says where that shows."""


class Unknown(Exception):
    """The file is of a format that this version does not know."""


class Stored(msgspec.Struct, frozen=True):
    """What the manifest says of one table."""

    name: str
    columns: list[str]
    rows: int
    sha256: str


class Standing(msgspec.Struct, frozen=True):
    """Where an organization's numbers stood."""

    organization: str
    seq: int
    tag: str
    epoch: str


class Manifest(msgspec.Struct, frozen=True):
    format: int
    version: str
    made_at: str
    database: str
    migrations: list[Migration]
    tables: list[Stored]
    left_out: list[str]
    counters: list[Standing]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)

    def __str__(self) -> str:
        when = f"{self.made_at[:16].replace('T', ' ')} UTC"
        count = len(self.counters)
        who = f"{count:,} organization{'' if count == 1 else 's'}"
        what = f"{who}, {self.rows:,} rows in {len(self.tables)} tables"
        return f"{what}, made on {when} by FieldOps {self.version} on {self.database}"


class _Format(msgspec.Struct):
    format: int


def product_version() -> str:
    project = tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


# --- Writing ------------------------------------------------------------------------------------------------------


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """Written under another name beside it, and named when all of it is on disk: a file of this name is whole."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
                yield Writer(archive)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _sync_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)


class Writer:
    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive

    def add_table(self, name: str, columns: list[str], lines: Iterable[bytes]) -> Stored:
        count, digest = 0, sha256()
        with self._archive.open(_place_of(name), "w", force_zip64=True) as file:
            for block, rows in _blocks(lines):
                file.write(block)
                digest.update(block)
                count += rows
        return Stored(name, columns, count, digest.hexdigest())

    def finish(self, manifest: Manifest) -> None:
        text = msgspec.json.format(msgspec.json.encode(manifest), indent=2)
        self._archive.writestr(_MANIFEST, text)


def _blocks(lines: Iterable[bytes]) -> Iterator[tuple[bytes, int]]:
    block, rows = bytearray(), 0
    for line in lines:
        block += line
        rows += 1
        if len(block) >= _BLOCK:
            yield bytes(block), rows
            block, rows = bytearray(), 0
    if rows:
        yield bytes(block), rows


def _place_of(name: str) -> str:
    return f"tables/{name}.jsonl"


def _sync_folder(folder: Path) -> None:
    """The name is on disk only with the folder it stands in."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


# --- Reading ------------------------------------------------------------------------------------------------------


class Backup:
    """An open backup. Made by ``opened``; all of it raises Damaged where something is not as it was written."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        with _reading():
            text = archive.read(_MANIFEST)
            found = msgspec.json.decode(text, type=_Format).format
            if found != FORMAT:
                raise Unknown(f"Its format is {found}, and this FieldOps knows format {FORMAT} only.")
            self.manifest: Manifest = msgspec.json.decode(text, type=Manifest)

    def lines(self, table: Stored) -> Iterator[bytes]:
        with _reading(), BufferedReader(self._archive.open(_place_of(table.name)), _BLOCK) as file:  # type: ignore[type-var]  # it is one
            yield from file

    def check(self) -> None:
        """Reads all of it."""
        if {_MANIFEST, *(_place_of(table.name) for table in self.manifest.tables)} != set(self._archive.namelist()):
            raise Damaged("It holds other tables than its manifest says.")
        for table in self.manifest.tables:
            if (reason := difference(table, self.lines(table))) is not None:
                raise Damaged(reason)


@contextmanager
def opened(path: Path) -> Iterator[Backup]:
    """The backup in this file. Raises Damaged or Unknown."""
    with _reading():
        archive = ZipFile(path)
    with archive:
        yield Backup(archive)


def whole(path: Path) -> Manifest:
    """The manifest of a backup that was read from end to end. Raises Damaged or Unknown."""
    with opened(path) as backup:
        backup.check()
        return backup.manifest


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except (*_DAMAGE, OSError) as error:
        if isinstance(error, OSError) and error.errno != errno.EINVAL:  # that is of a place before the file begins
            raise
        raise Damaged(f"{error or type(error).__name__}".rstrip(".") + ".") from error


def difference(table: Stored, lines: Iterable[bytes]) -> str | None:
    """A sentence when these are not the rows that were written."""
    count, digest = 0, sha256()
    for block, rows in _blocks(lines):
        digest.update(block)
        count += rows
    if count != table.rows:
        return f"{table.name} has {count:,} rows instead of {table.rows:,}."
    return None if digest.hexdigest() == table.sha256 else f"{table.name} holds something else than was written."
