"""Ringing the worker. The inbox row is the task; a lost poke costs at most one sweep."""

from __future__ import annotations

import threading
from functools import partial
from typing import Any

from celery import current_app
from kombu.connection import Connection

from core import faults
from sync.redis import Circuit

_circuit = Circuit("pokes")
_local = threading.local()


def poke(replica_id: int, *, is_slow: bool = False) -> None:
    """Asks a worker to drain this replica. Never raises and never takes long."""
    faults.reach(faults.BEFORE_POKE)
    send("sync.tasks.drain_replica", [replica_id], queue="slow" if is_slow else "drain")


def send(task: str, arguments: list[Any], *, queue: str) -> None:
    """Asks a worker for a task by name. Never raises and never takes long; a clock asks again for what is lost."""
    _circuit.run(partial(_send, task, arguments, queue))


def _send(task: str, arguments: list[Any], queue: str) -> None:
    current_app.send_task(
        task,
        arguments,
        queue=queue,
        expires=60,
        retry=False,
        connection=_connection(),
    )


def _connection() -> Connection:
    """One impatient connection per thread. Workers keep patient ones: they wait on an empty queue."""
    if not hasattr(_local, "connection"):
        impatient = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5, "max_retries": 0}
        _local.connection = current_app.connection_for_write(transport_options=impatient)
    connection: Connection = _local.connection
    return connection
