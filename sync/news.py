"""News: a ring without goods. Whoever hears it pulls; whoever misses it pulls a little later."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import orjson

from sync.redis import Circuit, news_client

CHANNEL = "fieldops:news"

_circuit = Circuit("news")


def ring(organization_id: UUID, seq: int, streams: Sequence[str]) -> None:
    """Tells every server process that these streams have something up to ``seq``."""
    if streams:
        frame = orjson.dumps({"org": str(organization_id), "seq": seq, "streams": list(streams)})
        _circuit.run(lambda: news_client().publish(CHANNEL, frame))


def replica_stream(replica_key: str) -> str:
    """The stream that rings when entries of this replica are settled. Nothing is logged under it."""
    return f"r:{replica_key}"
