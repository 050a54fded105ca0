"""Every rule the protocol rests on, as a switch that a test can turn off to see what it protects."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace


@dataclass(frozen=True, slots=True)
class Rules:
    """All on is the protocol. ``histories.py`` holds, for each, a history that fails without it."""

    # --- the phone ---
    chain: bool = True  # both sides compare hashes of what they hold under the same numbers
    received_n_check: bool = True  # a server that knows more than the phone wrote knows somebody else's work
    reopening: bool = True  # what the server no longer knows is sent again from the journal
    new_generation: bool = True  # after a reset, rows that did not come again are swept
    forget_answers: bool = True  # answers of a lost history are forgotten with it, however large their seq
    cursor_with_data: bool = True  # a page and its cursor are one transaction
    overlays_fall_last: bool = True  # on the last page, not while the effect may still be a page away
    rows_leave_last: bool = True  # likewise: a row between two lanes is in no stream for a while

    # --- receiving ---
    durable_receipt: bool = True  # received_n is said after the commit is on disk

    # --- draining ---
    sweeper: bool = True  # finds what no poke reached
    lease: bool = True  # one drain per replica, and a drain that overslept commits nothing
    attempts_before: bool = True  # an entry that kills the worker was counted before it could
    alone_after_attempt: bool = True  # so that the bad one does not take its neighbours down again
    attempt_taken_back: bool = True  # storage trouble is not the entry's fault
    savepoint: bool = True  # what a refused entry had written already is undone
    effect_key: bool = True  # an id that was answered for good is never run again, whoever sends it
    settle_with_effect: bool = True  # the answer and the key are in the transaction of the effect
    audit_with_effect: bool = True  # and so is the audit row
    waits_for: bool = True  # what rests on a parked entry waits, and runs after it
    only_parked: bool = True  # only a parked entry can be retried, replaced or discarded
    one_answer: bool = True  # all copies of an id get its final answer, and whoever waited for it runs

    # --- the log ---
    counter_last: bool = True  # numbers are given in the order of commits
    rm_on_leaving: bool = True  # a row that leaves a stream says so there

    # --- pulling ---
    tags: bool = True  # a restored server gives the same numbers to other contents
    head_tag: bool = True  # a page in the middle was cut from a log that was newer than its position
    whole_numbers: bool = True  # a page never splits the rows of one number
    lane_from_zero: bool = True  # a newly readable stream is read from its beginning
    drop_on_revoke: bool = True  # a stream no longer readable is named, so that the phone forgets it
    low_water: bool = True  # a cursor older than the removals still kept starts again

    def without(self, name: str) -> Rules:
        """The protocol with one rule removed."""
        return replace(self, **{name: False})


ALL = Rules()
NAMES: tuple[str, ...] = tuple(field.name for field in fields(Rules))
