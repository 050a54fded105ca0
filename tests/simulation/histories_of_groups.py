"""The histories by hand of lamps that hang under other lamps, and of lamps that are shown to everybody."""

from __future__ import annotations

from tests.simulation.cast import ANA, BEN, CARL, FARM, FORT, MILL, NORTH, PORT
from tests.simulation.directed import LAMP_A, LAMPS_B_TO_F, Directed, sent, synced
from tests.simulation.door import AFTER_COMMIT
from tests.simulation.world import Op

# Both reps of the north hold lamps a and b.
LAMPS_A_AND_B: list[Op] = [*LAMP_A, ("make", ANA, "b", FARM), *synced(ANA), ("pull_all", BEN)]
# Without a signal Ana hangs a under b, and Ben b under a.
EACH_UNDER_THE_OTHER: list[Op] = [
    *LAMPS_A_AND_B,
    *[("group", ANA, "a", "b"), ("group", BEN, "b", "a")],
    *sent(ANA),
    *sent(BEN),
]
# Carl, in the south, writes about lamp a without a signal, and its house goes to the north. There Ana shows it to all.
A_SHOWN_TO_CARL: list[Op] = [
    *[("make", ANA, "a", PORT), *synced(ANA), ("pull_all", CARL), ("switch", CARL, "a", True)],
    *[("move", PORT, NORTH), ("show", ANA, "a"), *synced(ANA)],
]
# Lamps of the south, more than a page.
SEEN_BY_CARL: list[Op] = [*[("make", ANA, name, FORT) for name in "bcdef"], *sent(ANA)]


# fmt: off
OF_GROUPS: list[Directed] = [
    Directed("no_circles", "heads",
        "Two hang lamps under each other, and neither has a signal.",
        EACH_UNDER_THE_OTHER),
    Directed("counts_with_effect", "counts",
        "The worker dies right after the commit by which Ana's lamp hangs under another one.",
        [*LAMPS_A_AND_B, ("group", ANA, "a", "b"), ("push", ANA), ("work", AFTER_COMMIT)]),
]

# Further ones, of rules that have a history already.
FURTHER_OF_GROUPS: list[Directed] = [
    Directed("no_circles", "heads",
        "Of three lamps hung in a round the last is refused, until Ana takes hers out and Ben has his tried again.",
        [*LAMPS_A_AND_B, ("make", ANA, "c", MILL), *synced(ANA), ("pull_all", BEN),
         ("group", ANA, "a", "b"), ("group", ANA, "b", "c"), ("group", BEN, "c", "a"), *sent(ANA), *synced(BEN),
         ("ungroup", ANA, "b"), *sent(ANA), ("retry", BEN, 0)]),
    Directed("counts_with_effect", "counts",
        "A lamp is taken out with what hangs under it, and all above count anew.",
        [*LAMPS_A_AND_B, ("make", ANA, "c", MILL), ("group", ANA, "a", "b"), ("group", ANA, "b", "c"), *synced(ANA),
         ("ungroup", ANA, "b"), ("push", ANA), ("work", AFTER_COMMIT)]),
    Directed("rm_on_leaving", "I7",
        "The lamp that Carl reads although it is of the north is closed: he reads it no longer.",
        [*A_SHOWN_TO_CARL, *synced(CARL), ("close", ANA, "a"), *sent(ANA)]),
    Directed("overlays_fall_last", "I10",
        "Carl's switch is settled on his first page. Since Ana switched the lamp too, the row comes on a later one.",
        [*A_SHOWN_TO_CARL, *sent(CARL), *SEEN_BY_CARL, ("switch", ANA, "a", False), *sent(ANA), ("pull", CARL)]),
    Directed("rows_leave_last", "I10",
        "The lamp is closed when Carl is given the north. It leaves what all read on his first page, and is read again"
        " in the north, which is a lane.",
        [*A_SHOWN_TO_CARL, *synced(CARL), *LAMPS_B_TO_F, *sent(BEN), ("close", ANA, "a"), *sent(ANA),
         ("grant", CARL, NORTH), ("pull", CARL)]),
]
