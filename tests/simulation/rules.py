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
    frees_its_place: bool = True  # a replacement does not rest on what rests on the entry it replaces
    forget_when_shut_out: bool = True  # a phone that is told that it was revoked keeps no row

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
    back_in_line_first: bool = True  # what a decision puts back in line comes before what was written after it
    row_order: bool = True  # what is parked comes before whatever the same phone wrote of that row later
    one_answer: bool = True  # all copies of an id get its final answer, and whoever waited for it runs
    circles: bool = True  # entries that rest on one another are told so: none of them can be first
    circle_ends: bool = True  # and go in once one of them is settled
    decisions_travel: bool = True  # what somebody else decides about an entry takes a number, so its writer hears of it
    behalf_key: bool = True  # what is applied for its writer is the effect of that entry, with its key
    behalf_name: bool = True  # and the writer's deed
    behalf_replaces: bool = True  # and what that entry is to replace is over

    # --- versions ---
    newer_waits: bool = True  # what a newer app wrote is parked, not guessed at
    newer_comes_in: bool = True  # and goes in by itself once the server understands it
    answer_first: bool = True  # an id that was answered is known, although the server cannot read it any more
    former_words: bool = True  # what an older app wrote is put in today's words

    # --- shared fields ---
    three_way: bool = True  # an edit says what its writer saw, and is measured against what stands there now
    per_field: bool = True  # what the writer did not change is left alone, whatever it is now
    guarded_keeps: bool = True  # a late value never replaces one that decides about money or duty
    conflict_told: bool = True  # whoever ran into a clash is told which row stands for it
    clash_to_both: bool = True  # both writers hold that row, whatever territory they work in by now
    resolving_merges: bool = True  # the value put back is an edit like any other

    # --- groups ---
    no_circles: bool = True  # a group has a head: nothing is hung under what hangs under it
    counts_with_effect: bool = True  # a count of other rows changes in the transaction of what it counts

    # --- lost phones ---
    shut_out_reads_nothing: bool = True  # a revoked phone, and a member who was switched off
    session_ends: bool = True  # the phone's session is shut out too: it would register anew
    out_from_the_start: bool = True  # and whatever it registers as is revoked like it
    quarantine: bool = True  # what a revoked phone hands in waits for a person
    off_waits: bool = True  # and so does the work of a member who was switched off
    deposit: bool = True  # it may hand in all the same: nobody's work is lost with their rights
    out_is_out: bool = True  # a restored backup brings nobody back who was shut out since

    # --- cleared storage ---
    marker: bool = True  # a small storage beside the database knows what was written
    cookie: bool = True  # and a cookie whose replica it was, so that the server says what arrived
    server_counts: bool = True  # what arrived is what the server holds, not what it once acknowledged
    loss_of_writers: bool = True  # a phone is heard although it has written again since

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
    began: bool = True  # unless its reading began after them: then none of them concerns it
    old_tags: bool = True  # the tags of forgotten numbers are forgotten, and the head's stands for them

    # --- digests ---
    digests: bool = True  # a phone at the head says what it holds, and fetches anew what differs
    digest_of_all: bool = True  # a stream it does not speak of is one it holds nothing of
    digest_at_rest: bool = True  # what changed since it stood at the head is no difference
    digest_of_history: bool = True  # and a cursor of a lost history says nothing at all

    def without(self, name: str) -> Rules:
        """The protocol with one rule removed."""
        return replace(self, **{name: False})


ALL = Rules()
NAMES: tuple[str, ...] = tuple(field.name for field in fields(Rules))
