"""Every address that Django answers, found by walking the resolver."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Address:
    parts: tuple[Any, ...]  # one pattern for each level of nesting
    callback: Any

    @property
    def pattern(self) -> str:
        return "".join(str(part) for part in self.parts)

    @property
    def methods(self) -> frozenset[str]:
        """What the view says it takes; nothing for a function, which may look at the method or not."""
        actions = getattr(self.callback, "actions", None)
        view = getattr(self.callback, "cls", None) or getattr(self.callback, "view_class", None)
        named = actions or [name for name in METHODS if view and hasattr(view, name.lower())]
        return frozenset(name.upper() for name in named) & frozenset(METHODS)

    def fits(self, address: str) -> bool:
        """Whether the address has this form, never mind which pattern comes first."""
        for part in self.parts:
            found = part.match(address)
            if found is None:
                return False
            address = found[0]
        return True


def addresses(resolver: URLResolver | None = None) -> list[Address]:
    return list(_walk((resolver or get_resolver()).url_patterns, ()))


def _walk(patterns: Sequence[URLPattern | URLResolver], above: tuple[Any, ...]) -> Iterator[Address]:
    for pattern in patterns:
        parts = (*above, pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, parts)
        else:
            yield Address(parts, pattern.callback)
