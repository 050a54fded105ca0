"""For every rule one short history by hand: it ends well, and breaks an invariant once the rule is removed.

They are the protocol's reasons, told as stories. The real server plays the same ones.
"""

from __future__ import annotations

from tests.simulation.cast import ANA, BEN, CARL, FARM, MILL, NORTH, PORT, SOUTH
from tests.simulation.directed import ANAS_CLONE, LAMP_A, LAMPS_B_TO_F, Directed, sent, synced
from tests.simulation.door import AFTER_COMMIT, APPLY, DISCARD, HANG, RETRY, STORAGE
from tests.simulation.histories_of_groups import FURTHER_OF_GROUPS, LAMPS_A_AND_B, OF_GROUPS
from tests.simulation.network import LOST_RESPONSE, OK
from tests.simulation.world import Op

# Ben closed it since, and Ana does not know.
A_CLOSED_BY_BEN: list[Op] = [*LAMP_A, ("close", BEN, "a"), *sent(BEN)]
# So what she says about it is refused.
A_REFUSED: list[Op] = [*A_CLOSED_BY_BEN, ("switch", ANA, "a", True), *sent(ANA)]
# Two switches that rest on one another, and Ana knows.
A_CIRCLE: list[Op] = [*LAMP_A, ("make", ANA, "b", FARM), *sent(ANA), ("circle", ANA, ["a", "b"]), *synced(ANA)]
# A switch in words that the server does not know yet.
NEWER_SWITCH: list[Op] = [*LAMP_A, ("new_app", ANA), ("switch", ANA, "a", True)]
# Time enough for every lease and every pause to end.
LEASE_ENDS: list[Op] = [("wait", 61), ("sweep",)]
# Numbers pass, and nothing is seen of it.
NUMBERS: list[Op] = [("move", FARM, SOUTH), ("move", FARM, NORTH)]
# What is in the log now is forgotten, as far as nobody needs it to know what stands.
FORGOTTEN: list[Op] = [("half_a_year_passes",), ("compact",)]
# Ben gives lamp a another label and another price, and Ana does not know.
A_EDITED_BY_BEN: list[Op] = [*LAMP_A, ("edit", BEN, "a", "hall", 5), *sent(BEN)]


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
        [*LAMP_A, ("delete", "a"), *FORGOTTEN]),
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
    Directed("waits_for", "I2",
        "Ana takes a lamp out that Ben has closed, and hangs the other one under it. Once it is open again she has the"
        " first retried.",
        [*LAMPS_A_AND_B, ("group", ANA, "b", "a"), *synced(ANA), ("close", BEN, "b"), *sent(BEN),
         ("ungroup", ANA, "b"), ("group", ANA, "a", "b"), *synced(ANA), ("reopen", "b"), ("retry", ANA, 0)]),
    Directed("only_parked", "I2",
        "Ana retries a refused switch, and before she hears that it applied this time she discards it.",
        [*A_REFUSED, ("pull_all", ANA), ("reopen", "a"), ("retry", ANA, 0), *sent(ANA), ("discard", ANA, 0)]),
    Directed("back_in_line_first", "I4",
        "Ana corrects a refused switch that another one waits for, and hears that both are in. Restored, the server"
        " knows neither answer, and what she says next rests on nothing.",
        [*A_REFUSED, ("pull_all", ANA), ("reopen", "a"), ("switch", ANA, "a", True), ("supersede", ANA, 0),
         ("push_all", ANA), ("backup",), *synced(ANA), ("restore", True), ("switch", ANA, "a", False)]),
    Directed("row_order", "I4",
        "A manager has a refused switch and the one that waits for it tried again, and Ana hears that both are in."
        " Restored, the server knows neither answer, and what she says next rests on nothing. The manager tries again.",
        [*A_REFUSED, ("pull_all", ANA), ("reopen", "a"), ("switch", ANA, "a", True), *synced(ANA), ("backup",),
         ("decide", RETRY, 0), ("work_all",), ("pull_all", ANA),
         ("restore", True), ("switch", ANA, "a", False), *synced(ANA), ("decide", RETRY, 0), ("work_all",)]),
    Directed("one_answer", "I2",
        "A refused switch comes again under a clone's new replica, and applies there. The first copy is still parked.",
        [*A_REFUSED, ("pull_all", ANA), ("clone", ANA), ("reopen", "a"),
         ("make", ANA, "b", FARM), ("push", ANA), ("make", ANAS_CLONE, "c", FARM)]),
    Directed("circles", "I2",
        "An app errs, and writes two switches that rest on one another. Ana has both tried again.",
        [*A_CIRCLE, ("retry", ANA, 0), *synced(ANA), ("retry", ANA, 1)]),
    Directed("circle_ends", "I2",
        "Ana gives one of them up.",
        [*A_CIRCLE, ("discard", ANA, 0)]),
    Directed("frees_its_place", "I2",
        "Or she mends it, and the other one waits for what she mended.",
        [*A_CIRCLE, ("supersede", ANA, 0)]),

    # --- versions ---
    Directed("newer_waits", "I3",
        "Ana's app is newer than the server, and says a switch in words of its own.",
        NEWER_SWITCH),
    Directed("newer_comes_in", "I16",
        "Then the server is updated.",
        [*NEWER_SWITCH, *sent(ANA), ("update",)]),
    Directed("answer_first", "I2",
        "The update is rolled back when her switch has been applied, and a clone sends it again.",
        [*NEWER_SWITCH, ("update",), *synced(ANA), ("roll_back",), ("clone", ANA),
         ("make", ANA, "b", FARM), ("push", ANA), ("make", ANAS_CLONE, "c", FARM)]),
    Directed("former_words", "I16",
        "Ana writes, and before her phone finds a signal the server is updated.",
        [*LAMP_A, ("switch", ANA, "a", True), ("update",)]),

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
        [*LAMP_A, ("delete", "a"), *FORGOTTEN, ("pull_all", BEN)]),
    Directed("began", "I6",
        "What a first sync passes through is older than what is still remembered, page after page.",
        [("make", BEN, "a", MILL), *LAMPS_B_TO_F, *sent(BEN), ("delete", "b"), *FORGOTTEN, ("pull_all", ANA)]),
    Directed("old_tags", "I6",
        "And so are its tags.",
        [("make", BEN, "a", MILL), *LAMPS_B_TO_F, *sent(BEN), ("delete", "b"), *FORGOTTEN, ("pull_all", ANA)]),

    # --- shared fields ---
    Directed("three_way", "I12",
        "Ana gives a lamp a label that Ben labelled meanwhile.",
        [*A_EDITED_BY_BEN, ("edit", ANA, "a", "yard", None)]),
    Directed("per_field", "I12",
        "Ana changes the label. The price she saw is not the one Ben has set since.",
        [*LAMP_A, ("edit", BEN, "a", None, 5), *sent(BEN), ("edit", ANA, "a", "yard", None)]),
    Directed("guarded_keeps", "I12",
        "Two set a price without having seen each other's.",
        [*A_EDITED_BY_BEN, ("edit", ANA, "a", None, 7)]),
    Directed("conflict_told", "I12",
        "Ana is to hear that her label took the place of Ben's.",
        [*A_EDITED_BY_BEN, ("edit", ANA, "a", "yard", None)]),
    Directed("clash_to_both", "I12",
        "Before Ana's label arrives, she leaves the north.",
        [*A_EDITED_BY_BEN, ("edit", ANA, "a", "yard", None), ("revoke", ANA, NORTH)]),
    Directed("resolving_merges", "I12",
        "Ana takes Ben's price back while Ben changes it once more.",
        [*A_EDITED_BY_BEN, ("edit", ANA, "a", "yard", 7), *synced(ANA),
         ("resolve", ANA, 0, "replace"), ("resolve", ANA, 0, "replace"),
         ("pull_all", BEN), ("edit", BEN, "a", "shed", 6), *sent(BEN)]),

    # --- what is decided about others, and lost phones ---
    Directed("decisions_travel", "I2",
        "A manager gives up a switch of Ana's.",
        [*A_REFUSED, ("pull_all", ANA), ("decide", DISCARD, 0)]),
    Directed("behalf_key", "I2",
        "A manager mends a switch of Ana's, and applies it for her. Another one of hers waits for it.",
        [*A_REFUSED, ("switch", ANA, "a", False), *sent(ANA), ("reopen", "a"), ("decide", APPLY, 0)]),
    Directed("behalf_name", "I18",
        "And a label that she handed in from a phone reported lost.",
        [*A_EDITED_BY_BEN, ("edit", ANA, "a", "yard", None), ("shut_out", ANA), *sent(ANA), ("decide", APPLY, 0)]),
    Directed("behalf_replaces", "I3",
        "Or what was to replace a refused switch, and was refused like it.",
        [*A_REFUSED, ("pull_all", ANA), ("supersede", ANA, 0), *sent(ANA), ("reopen", "a"), ("decide", APPLY, 1)]),
    Directed("forget_when_shut_out", "I19",
        "Ana's phone was left in a taxi.",
        [*LAMP_A, ("shut_out", ANA)]),
    Directed("shut_out_reads_nothing", "I19",
        "Ana's phone was left in a taxi, and still asks.",
        [*LAMP_A, ("shut_out", ANA), ("pull_all", ANA)]),
    Directed("session_ends", "I19",
        "Whoever found it clears its storage: it registers as a new phone.",
        [*LAMP_A, ("shut_out", ANA), ("wipe", ANA)]),
    Directed("out_from_the_start", "I19",
        "As a new phone it makes lamps.",
        [*LAMP_A, ("shut_out", ANA), ("wipe", ANA), ("hello", ANA), ("make", ANA, "b", MILL)]),
    Directed("quarantine", "I19",
        "Or it switches them as the phone it was.",
        [*LAMP_A, ("switch", ANA, "a", True), ("shut_out", ANA)]),
    Directed("off_waits", "I19",
        "Ben was switched off, and his phone hands in what he wrote.",
        [*LAMP_A, ("switch", BEN, "a", True), ("switch_off", BEN)]),
    Directed("deposit", "I2",
        "What Ana had written before she lost her phone still arrives.",
        [*LAMP_A, ("switch", ANA, "a", True), ("shut_out", ANA)]),
    Directed("out_is_out", "I19",
        "Her phone was shut out after the backup that is put back.",
        [*LAMP_A, ("backup",), ("shut_out", ANA), ("restore", True)]),

    # --- cleared storage ---
    Directed("marker", "I2",
        "What Ana wrote since her phone last said hello, only her phone knew.",
        [*LAMP_A, ("switch", ANA, "a", True), ("wipe", ANA)]),
    Directed("cookie", "I2",
        "Her switch had arrived, and the phone did not hear of it.",
        [*LAMP_A, ("switch", ANA, "a", True), ("push", ANA, LOST_RESPONSE), ("wipe", ANA)]),
    Directed("server_counts", "I2",
        "It had been acknowledged, and then a backup from before it was put back.",
        [*LAMP_A, ("backup",), ("switch", ANA, "a", True), *sent(ANA), ("restore", True), ("wipe", ANA)]),
    Directed("loss_of_writers", "I2",
        "Before the empty phone finds a signal, she makes another lamp.",
        [*LAMP_A, ("switch", ANA, "a", True), ("wipe", ANA), ("make", ANA, "b", MILL)]),

    # --- digests ---
    Directed("digests", "I6",
        "A lamp vanishes from Ben's phone.",
        [*LAMP_A, *LAMPS_B_TO_F, *synced(BEN), ("damage", BEN, 0, "lost")]),
    Directed("digest_of_all", "I6",
        "The only lamp that Ana still holds, in a stream of her own, vanishes from her phone.",
        [*LAMP_A, ("revoke", ANA, NORTH), ("pull_all", ANA), ("damage", ANA, 0, "lost")]),
    Directed("digest_at_rest", "I6",
        "Ben says hello just after Ana has switched a lamp.",
        [*LAMP_A, ("switch", ANA, "a", True), *sent(ANA), ("hello", BEN)]),
    Directed("digest_of_history", "I6",
        "A backup is put back, work elsewhere takes the same numbers, and Ben says hello before he pulls.",
        [*LAMP_A, ("backup",), ("switch", ANA, "a", True), *sent(ANA), ("pull_all", BEN), ("wipe", ANA),
         ("restore", False), ("make", CARL, "b", PORT), *sent(CARL), ("make", CARL, "c", PORT), *sent(CARL),
         ("hello", BEN)]),

    *OF_GROUPS,
]

# Further ones, of rules that have a history already.
FURTHER: list[Directed] = [
    *FURTHER_OF_GROUPS,
    Directed("row_order", "I4",
        "The backup is a file copied back by hand, and nobody started a new epoch.",
        [*A_REFUSED, ("pull_all", ANA), ("reopen", "a"), ("backup",), ("decide", RETRY, 0), ("work_all",),
         ("pull_all", ANA), ("restore", False), ("switch", ANA, "a", False), *sent(ANA), ("decide", RETRY, 0)]),
    Directed("row_order", "I4",
        "What Ana says next is about a clash, and so about its lamp.",
        [*A_EDITED_BY_BEN, ("edit", ANA, "a", "yard", None), *synced(ANA), ("pull_all", BEN), ("close", BEN, "a"),
         *sent(BEN), ("switch", ANA, "a", True), *synced(ANA), ("reopen", "a"), ("pull_all", ANA), ("backup",),
         ("decide", RETRY, 0), ("work_all",), ("pull_all", ANA),
         ("restore", True), ("resolve", ANA, 0, "replace"), *sent(ANA), ("decide", RETRY, 0)]),
]
