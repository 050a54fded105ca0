"""Pokes as the in-memory broker holds them: what would ring a worker."""

from __future__ import annotations

from celery import current_app
from kombu.transport.virtual import Channel

DRAIN, SLOW = "drain", "slow"


def pokes(queue: str = DRAIN) -> list[int]:
    """Takes every poke off the queue. Returns the replicas they name, oldest first."""
    with current_app.connection_for_read() as connection:
        channel: Channel = connection.default_channel
        channel.queue_declare(queue)
        found = []
        while (message := channel.basic_get(queue, no_ack=True)) is not None:
            arguments, _, _ = message.decode()
            found.append(arguments[0])
        return found


def take(queue: str) -> int | None:
    """The replica that the oldest poke names, taken off the queue; None when nobody rings."""
    with current_app.connection_for_read() as connection:
        channel: Channel = connection.default_channel
        channel.queue_declare(queue)
        message = channel.basic_get(queue, no_ack=True)
        return None if message is None else int(message.decode()[0][0])


def forget() -> None:
    for queue in (DRAIN, SLOW):
        pokes(queue)
