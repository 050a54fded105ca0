"""The phone applies a page: rows, answers and cursor, and on the last page whatever falls with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tests.simulation.entries import FINAL, Json, Key
from tests.simulation.rules import Rules
from tests.simulation.store import Answer, BaseRow, Store


def apply(store: Store, page: Json, rules: Rules) -> None:
    """One transaction."""
    is_last = not page["more"]
    base = _with_rows(store, page)
    answers = _with_answers(store.answers, page["settled"])
    fallen = store.fallen
    if is_last or not rules.overlays_fall_last:
        fallen = fallen.union(id for id, answer in answers.items() if answer.state in FINAL)
    if is_last:
        base = {key: row for key, row in base.items() if row.streams and row.generation == store.generation}
    elif not rules.rows_leave_last:
        base = {key: row for key, row in base.items() if row.streams}
    read: Json = {"cursor": page["cursor"], "is_at_head": is_last, "refetch": ()}
    if rules.cursor_with_data:
        store.save(base=base, answers=answers, fallen=fallen, **read)
    else:
        store.save(**read)
        store.save(base=base, answers=answers, fallen=fallen)


def _with_rows(store: Store, page: Json) -> dict[Key, BaseRow]:
    base = dict(store.base)
    if page["drop"]:
        dropped = frozenset(page["drop"])
        base = {key: row._replace(streams=row.streams - dropped) for key, row in base.items()}
    for row in page["rows"]:
        key = (row["t"], row["id"])
        held = base.get(key)
        if held is not None and held.generation != store.generation:
            held = None
        if row["op"] == "put":
            streams = held.streams.union(row["s"]) if held else frozenset(row["s"])
            base[key] = BaseRow(streams, row["rv"], row["f"], store.generation)
        elif held is not None:
            base[key] = held._replace(streams=held.streams.difference(row["s"]))
    return base


def _with_answers(known: Mapping[str, Answer], settled: Iterable[Json]) -> dict[str, Answer]:
    """An entry that was settled twice keeps the later answer."""
    answers = dict(known)
    for item in settled:
        before = answers.get(item["id"])
        if before is None or item["seq"] > before.seq:
            met = tuple(clash["id"] for clash in item["conflicts"])
            answers[item["id"]] = Answer(item["state"], item["seq"], item["code"], met)
    return answers
