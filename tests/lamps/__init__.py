"""A made-up noun. Whatever sync does for lamps it does for visits, and it cannot know either."""

from __future__ import annotations

NOUNS = ("lamp", "house", "clash")


def is_made_up(name: str) -> bool:
    """Whether a kind or a shape is of the sync room's own tests, and not the product's."""
    return name.partition(".")[0] in NOUNS
