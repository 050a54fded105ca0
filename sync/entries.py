"""What a phone may say about its own queue: sync's two kinds."""

from __future__ import annotations

from core.inputs import Id, Input
from sync import actions
from sync.registry import Kind, registry


class EntryInput(Input):
    entry = Id()


KINDS = [
    Kind("entry.retry", EntryInput, actions.retry),
    Kind("entry.discard", EntryInput, actions.discard),
]


def register() -> None:
    registry.add_kinds(KINDS)
