"""Settings under which SQLite's disk is seen: what a power cut would leave lies in the folder ``platter``.

SQLite asks the system to bring a file to the disk by one call. After each such call the file's contents are kept
aside: everything written since then is what a power cut may take. So a commit that does not wait for the disk is
acknowledged and not on the platter.
"""

from __future__ import annotations

import _sqlite3
import ctypes
import os
import shutil
from pathlib import Path

from fieldops.settings import *  # noqa: F403

_KEPT = (".sqlite3", ".sqlite3-wal")
_METHODS = 19  # of the newest sqlite3_io_methods; the first is the structure's version
# The name goes on as the address it came as: SQLite keeps it, and reads on behind its end.
_OPEN = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(ctypes.c_int)
)
_SYNC = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
_SYNC_AT = 5
_alive: list[object] = []  # what C code points to must not be collected


class _Vfs(ctypes.Structure):
    _fields_ = [
        ("version", ctypes.c_int),
        ("file_size", ctypes.c_int),
        ("longest_path", ctypes.c_int),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("data", ctypes.c_void_p),
        ("open", _OPEN),
    ]


def _watch() -> None:
    library = ctypes.CDLL(getattr(_sqlite3, "__file__", None))
    library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    vfs = library.sqlite3_vfs_find(None).contents
    given = ctypes.cast(vfs.open, ctypes.c_void_p).value
    assert given is not None
    really_open = _OPEN(given)

    def opened(own: int, name: int | None, file: int, flags: int, found: object) -> int:
        code: int = really_open(own, name, file, flags, found)
        path = ctypes.string_at(name).decode() if name else ""
        if code == 0 and path.endswith(_KEPT):
            _watch_file(file, Path(path))
        return code

    hook = _OPEN(opened)
    _alive.extend([really_open, hook, vfs])
    vfs.open = hook


def _watch_file(file: int, path: Path) -> None:
    """Gives the file methods of its own, which differ in one."""
    place = ctypes.cast(file, ctypes.POINTER(ctypes.c_void_p))
    methods = (ctypes.c_void_p * _METHODS)()
    ctypes.memmove(methods, place[0], ctypes.sizeof(methods))
    really_sync = _SYNC(methods[_SYNC_AT] or 0)

    def synced(own: int, flags: int) -> int:
        code: int = really_sync(own, flags)
        keep(path)
        return code

    hook = _SYNC(synced)
    methods[_SYNC_AT] = ctypes.cast(hook, ctypes.c_void_p).value
    place[0] = ctypes.cast(methods, ctypes.c_void_p).value
    _alive.extend([really_sync, hook, methods])


def keep(path: Path) -> None:
    """The file is on the platter as it is now, wholly or not at all."""
    folder = path.parent / "platter"
    folder.mkdir(exist_ok=True)
    new = folder / f"{path.name}.{os.getpid()}.new"
    shutil.copyfile(path, new)
    new.replace(folder / path.name)


_watch()
