"""For every rule one short history by hand: it ends well, and breaks an invariant once the rule is removed.

They are the protocol's reasons, told as stories. The real server plays the same ones.
"""

from __future__ import annotations

from typing import NamedTuple

from tests.simulation.cast import ANA, BEN, CARL, FARM, MILL, NORTH, PORT, SOUTH
from tests.simulation.door import AFTER_COMMIT, HANG, STORAGE
from tests.simulation.network import OK
from tests.simulation.world import Op

ANAS_CLONE = 4  # the first phone after the four of the cast


class Directed(NamedTuple):
    rule: str
    breaks: str  # the invariant that does not hold without the rule
    story: str
    history: list[Op]


def sent(phone: int) -> list[Op]:
    """All this phone wrote is on the server and judged."""
    return [("push_all", phone), ("work_all",)]


def synced(phone: int) -> list[Op]:
    """And the phone has read the answers."""
    return [*sent(phone), ("pull_all", phone)]


# Ana has made lamp a, and both reps of the north hold it.
LAMP_A: list[Op] = [("make", ANA, "a", MILL), *synced(ANA), ("pull_all", BEN)]
# Ben closed it since, and Ana does not know.
A_CLOSED_BY_BEN: list[Op] = [*LAMP_A, ("close", BEN, "a"), *sent(BEN)]
# So what she says about it is refused.
A_REFUSED: list[Op] = [*A_CLOSED_BY_BEN, ("switch", ANA, "a", True), *sent(ANA)]
LAMPS_B_TO_F: list[Op] = [("make", BEN, name, FARM) for name in "bcdef"]
# Time enough for every lease and every pause to end.
LEASE_ENDS: list[Op] = [("wait", 61), ("sweep",)]
# Numbers pass, and nothing is seen of it.
NUMBERS: list[Op] = [("move", FARM, SOUTH), ("move", FARM, NORTH)]


# fmt: off
DIRECTED: list[Directed] = [
    # --- the phone ---
    Directed("chain", "I2",
        "A backup of Ana's phone lives on as a second phone, and both write entry 2. The server takes one of them.",
        [*LAMP_A, ("clone", ANA),
         ("switch", ANA, "a", True), ("switch", ANAS_CLONE, "a", False),
         ("push", ANA), ("push", ANAS_CLONE)]),
    Directed("received_n_check", "I2",
        "The server knows three entries of a phone that wrote one: the clone's next is not the one it acknowledged.",
        [*LAMP_A, ("clone", ANA),
         ("switch", ANA, "a", True), ("switch", ANA, "a", False), ("push", ANA),
         ("pull", ANAS_CLONE), ("switch", ANAS_CLONE, "a", True)]),
    Directed("reopening", "I2",
        "An entry is acknowledged, and then a backup from before it is restored.",
        [*LAMP_A, ("backup",), ("switch", ANA, "a", True), *synced(ANA), ("restore", False)]),
    Directed("new_generation", "I7",
        "Lamp a is deleted and the removal forgotten: Ben starts again, and a does not come.",
        [*LAMP_A, ("delete", "a"), ("compact",)]),
    Directed("forget_answers", "I2",
        "Ana is told that her switch applied, under a large number. Restored, the server refuses it under a small one.",
        [*LAMP_A, ("switch", ANA, "a", True), ("push", ANA), ("backup",),
         *NUMBERS, *NUMBERS, *synced(ANA),
         ("restore", False), ("delete", "a")]),
    Directed("cursor_with_data", "I11",
        "The app is killed while it applies a page.",
        [("pull_all", BEN), ("make", ANA, "a", MILL), *sent(ANA), ("pull", BEN, OK, 1)]),
    Directed("overlays_fall_last", "I10",
        "Ana's switch is settled on her first page. Since Ben switched the lamp too, the row comes on a later one.",
        [*LAMP_A, ("switch", ANA, "a", True), *sent(ANA),
         *LAMPS_B_TO_F, ("switch", BEN, "a", False), *sent(BEN),
         ("pull", ANA)]),
    Directed("rows_leave_last", "I10",
        "Ben closes lamp a in a new month. It leaves base on Ana's first page, and its month is a lane read later.",
        [*LAMP_A, ("month_passes",),
         ("close", BEN, "a"), *sent(BEN), *LAMPS_B_TO_F, *sent(BEN),
         ("pull", ANA)]),

    # --- receiving and draining ---
    Directed("durable_receipt", "I1",
        "The power fails just after Ana's entry was acknowledged.",
        [("make", ANA, "a", MILL), ("push", ANA), ("power_cut",)]),
    Directed("sweeper", "I2",
        "The broker forgets the only poke.",
        [("make", ANA, "a", MILL), ("push", ANA), ("lose_pokes",)]),
    Directed("lease", "I2",
        "A worker hangs, its lease ends, another one does the work. Then the first wakes with its old batch.",
        [*LAMP_A, ("switch", ANA, "a", True), ("push", ANA),
         ("work", HANG), *LEASE_ENDS, ("work_all",), ("wake",)]),
    Directed("attempts_before", "I9",
        "An entry kills every worker that touches it.",
        [*LAMP_A, ("crash", ANA, "a")]),
    Directed("alone_after_attempt", "I9",
        "A harmless entry shares its unit with one that kills workers.",
        [*LAMP_A, ("make", ANA, "b", FARM), ("crash", ANA, "a")]),
    Directed("attempt_taken_back", "I9",
        "The database is away for a while, three attempts long.",
        [("make", ANA, "a", MILL), ("push", ANA),
         ("work", STORAGE), *LEASE_ENDS, ("work", STORAGE), *LEASE_ENDS, ("work", STORAGE), *LEASE_ENDS]),
    Directed("savepoint", "I3",
        "The action switches the lamp, then finds it closed and refuses.",
        A_REFUSED),
    Directed("effect_key", "I3",
        "A cloned phone takes a new replica and sends its whole journal again.",
        [*LAMP_A, ("switch", ANA, "a", True), *synced(ANA), ("clone", ANA),
         ("switch", ANA, "a", True), ("push", ANA), ("switch", ANAS_CLONE, "a", False)]),
    Directed("settle_with_effect", "I3",
        "The worker dies right after its commit.",
        [*LAMP_A, ("switch", ANA, "a", True), ("push", ANA), ("work", AFTER_COMMIT)]),
    Directed("audit_with_effect", "I22",
        "The worker dies right after its commit.",
        [*LAMP_A, ("switch", ANA, "a", True), ("push", ANA), ("work", AFTER_COMMIT)]),
    Directed("waits_for", "I4",
        "Ana's first switch is refused. Once the lamp is open again she switches it again, and has the first retried.",
        [*A_REFUSED, ("reopen", "a"), ("switch", ANA, "a", False), *synced(ANA), ("retry", ANA, 0)]),
    Directed("only_parked", "I2",
        "Ana retries a refused switch, and before she hears that it applied this time she discards it.",
        [*A_REFUSED, ("pull_all", ANA), ("reopen", "a"), ("retry", ANA, 0), *sent(ANA), ("discard", ANA, 0)]),
    Directed("one_answer", "I2",
        "A refused switch comes again under a clone's new replica, and applies there. The first copy is still parked.",
        [*A_REFUSED, ("pull_all", ANA), ("clone", ANA), ("reopen", "a"),
         ("make", ANA, "b", FARM), ("push", ANA), ("make", ANAS_CLONE, "c", FARM)]),

    # --- the log ---
    Directed("counter_last", "I5",
        "A slow unit opens first and commits last; in between Ben reads past the number it would have drawn.",
        [*LAMP_A, ("paint", "a"), *NUMBERS, ("pull_all", BEN), ("painted", "a", "red")]),
    Directed("rm_on_leaving", "I7",
        "Lamp a moves to the south, and Ben's phone stays in the north.",
        [*LAMP_A, ("move", MILL, SOUTH), ("pull_all", BEN)]),

    # --- pulling ---
    Directed("tags", "I14",
        "A backup is restored, and by the time Ana pulls, the same numbers have come again with other contents.",
        [*LAMP_A, ("backup",),
         ("make", BEN, "b", MILL), *sent(BEN), ("pull_all", ANA), ("wipe", BEN),
         ("restore", False), *NUMBERS, *NUMBERS, ("pull_all", ANA)]),
    Directed("head_tag", "I7",
        "Ana stops within a pull. The lamp painted after the backup lay behind her position; restored, it lies before.",
        [("hello", ANA), ("make", BEN, "a", MILL), *LAMPS_B_TO_F, *sent(BEN), ("backup",),
         ("paint", "a"), ("painted", "a", "red"), ("pull", ANA), ("pull", ANA),
         ("restore", False)]),
    Directed("whole_numbers", "I7",
        "Three lamps made in one unit, each to be seen in two streams, are more than a page.",
        [("make", ANA, "a", MILL), ("make", ANA, "b", MILL), ("make", ANA, "c", MILL), *synced(ANA)]),
    Directed("lane_from_zero", "I7",
        "Ana is given the south, where a lamp has stood for a while.",
        [("make", CARL, "a", PORT), *sent(CARL), ("pull_all", ANA), ("grant", ANA, SOUTH), ("pull_all", ANA)]),
    Directed("drop_on_revoke", "I7",
        "Ben no longer works in the north.",
        [*LAMP_A, ("revoke", BEN, NORTH), ("pull_all", BEN)]),
    Directed("low_water", "I7",
        "Ben was away for so long that the log has forgotten a removal he has not read.",
        [*LAMP_A, ("delete", "a"), ("compact",), ("pull_all", BEN)]),
]
