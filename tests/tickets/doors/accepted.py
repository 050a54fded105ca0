"""What both doors accept about tickets."""

from __future__ import annotations

from typing import Any

from tests.tickets.doors.room import yes

# Whoever sees the steel works besides Ana, and of these whoever works on tickets.
SEEING = ("ben", "mia", "jun", "eva", "ada")
WORKING = ("ben", "mia", "jun", "ada")
NOTHING: dict[str, Any] = dict.fromkeys(("site", "asset", "product", "contact", "visit", "category", "part_of"))
ABOUT: dict[str, Any] = {
    "site": "$gate",
    "asset": "$press",
    "product": "$pump",
    "contact": "$park",
    "category": "$category",
}
GONE: dict[str, Any] = {noun: f"$removed_{noun}" for noun in ABOUT}
CHIPS: dict[str, Any] = {"cause_chip": "$worn", "fix_chip": "$seal"}

ACCEPTED = [
    yes(
        "a ticket with its words alone",
        "ticket.open",
        {
            **NOTHING,
            "customer": "$steel",
            "member": "$ana",
            "assignee": None,
            "text": "It leaks",
            "severity": "normal",
            "state": "open",
            "waits_for": None,
            "watchers": [],
            "links": [],
            "resolution": "",
            "solved_at": None,
            "cause": None,
            "is_recurrence": False,
            "resolution_due_at": None,
            "is_in_review": False,
            "withdrawn_at": None,
            "alarms": [],
        },
    ),
    yes(
        "a ticket with everything",
        "ticket.open",
        {
            **ABOUT,
            "visit": "$log",
            "severity": "urgent",
            "assignee": "$ben",
            "state": "assigned",
            "part_of": "$other",
        },
        **ABOUT,
        visit="$log",
        severity="urgent",
        assignee="$ben",
        part_of="$other",
    ),
    yes(
        "a ticket that names nothing for what may be nothing",
        "ticket.open",
        {**NOTHING, "assignee": None, "cause": None},
        **NOTHING,
        assignee=None,
        again=None,
    ),
    *[yes(f"severity {level}", "ticket.open", {"severity": level}, severity=level) for level in ("low", "high")],
    *[yes(f"what {who} found", "ticket.open", {"member": f"${who}"}, by=who) for who in (*SEEING, "carl")],
    yes("what is wrong in another territory", "ticket.open", {"customer": "$paper"}, customer="$paper"),
    yes("a ticket for oneself", "ticket.open", {"assignee": "$ana", "state": "assigned"}, assignee="$ana"),
    *[
        yes(
            f"a ticket about a {noun} that is removed",
            "ticket.open",
            {noun: gone},
            **{noun: gone},
        )
        for noun, gone in GONE.items()
    ],
    yes("a ticket about a product that is sold no more", "ticket.open", {}, product="$closed_product"),
    yes(
        "a ticket that is the same again",
        "ticket.open",
        {"is_recurrence": True, "cause": "$cause"},
        given="known",
        again="$cause",
        also=("cause", "$cause", {"state": "back", "recurrences": 1, "last_recurred_on": "$today"}),
    ),
    yes(
        "a ticket that would be the same again, after the window",
        "ticket.open",
        {"is_recurrence": False, "cause": None, "flags": ["watch_over"]},
        given="long_ago",
        again="$cause",
    ),
    yes("blanks and lines of what is wrong are kept", "ticket.open", {"text": " a\n\tb "}, text=" a\n\tb "),
    yes("words in parts are stored whole", "ticket.open", {"text": "\u00e9"}, text="e\u0301"),
    # What several people edit.
    yes("the words are corrected", "ticket.change", {"text": "It leaks badly"}),
    *[yes(f"{who} corrects the words", "ticket.change", {"member": "$ana"}, by=who) for who in WORKING],
    yes(
        "everything is edited",
        "ticket.change",
        {**ABOUT, **CHIPS, "severity": "high", "part_of": "$other", "resolution": "A new seal"},
        text=...,
        **ABOUT,
        **CHIPS,
        severity="high",
        part_of="$other",
        resolution="A new seal",
    ),
    *[yes(f"a {noun} that is removed", "ticket.change", {noun: gone}, **{noun: gone}) for noun, gone in GONE.items()],
    yes(
        "a solution by chips that are removed",
        "ticket.change",
        {"cause_chip": "$removed_cause_chip", "fix_chip": "$removed_fix_chip"},
        cause_chip="$removed_cause_chip",
        fix_chip="$removed_fix_chip",
        resolution="A new seal",
    ),
    yes("it is part of nothing any more", "ticket.change", {"part_of": None}, given="part", text=..., part_of=None),
    yes("what is closed is still edited", "ticket.change", {"state": "closed"}, given="closed"),
    # Whose it is.
    yes("the reporter takes it", "ticket.take", {"assignee": "$ana", "state": "assigned"}),
    *[yes(f"{who} takes it", "ticket.take", {"assignee": f"${who}", "state": "assigned"}, by=who) for who in WORKING],
    yes(
        "what waits is taken and waits on",
        "ticket.take",
        {"assignee": "$ana", "state": "waiting", "waits_for": "parts"},
        given="waiting",
    ),
    yes("the reporter gives it to a colleague", "ticket.assign", {"assignee": "$ben", "state": "assigned"}),
    yes(
        "whoever has it gives it on",
        "ticket.assign",
        {"assignee": "$carl"},
        given="taken_by_ben",
        by="ben",
        assignee="$carl",
        note="It is near you",
    ),
    yes("the reporter takes it back", "ticket.assign", {"assignee": "$ana"}, given="taken_by_ben", assignee="$ana"),
    yes("it is given back to all", "ticket.assign", {"assignee": None, "state": "open"}, given="taken", assignee=None),
    yes(
        "the lead gives it to a colleague",
        "ticket.assign",
        {"assignee": "$jun"},
        given="led",
        by="ben",
        assignee="$jun",
    ),
    *[yes(f"{who} gives it to a colleague", "ticket.assign", {"assignee": "$ben"}, by=who) for who in ("mia", "ada")],
    yes("what waits is given away and waits on", "ticket.assign", {"state": "waiting"}, given="waiting"),
    # What it waits for.
    *[
        yes(
            f"it waits for {what}",
            "ticket.wait",
            {"state": "waiting", "waits_for": what},
            waits_for=what,
            note="Till May",
        )
        for what in ("customer", "us", "parts")
    ],
    yes("it waits for something else", "ticket.wait", {"waits_for": "us"}, given="waiting", waits_for="us"),
    *[yes(f"{who} lets it wait", "ticket.wait", {"state": "waiting"}, by=who) for who in WORKING],
    yes("what nobody has goes on", "ticket.resume", {"state": "open", "waits_for": None}),
    yes("what somebody has goes on", "ticket.resume", {"state": "assigned"}, given="waiting_for_ben", note="They rang"),
    # That it is solved.
    yes(
        "it is solved without a word",
        "ticket.solve",
        {"state": "solved", "solved_by": "$ana", "is_solved_on_visit": False, "assignee": None, **NOTHING},
    ),
    yes(
        "it is solved with everything",
        "ticket.solve",
        {**CHIPS, "resolution": "A new seal", "visit": "$log", "is_solved_on_visit": True},
        **CHIPS,
        resolution="A new seal",
        visit="$log",
        is_solved_on_visit=True,
    ),
    yes(
        "solved by chips that were removed meanwhile",
        "ticket.solve",
        {"cause_chip": "$removed_cause_chip", "fix_chip": "$removed_fix_chip"},
        cause_chip="$removed_cause_chip",
        fix_chip="$removed_fix_chip",
    ),
    yes("solved while it waits", "ticket.solve", {"state": "solved", "waits_for": None}, given="waiting"),
    yes(
        "solved by whoever does not have it",
        "ticket.solve",
        {"solved_by": "$ana", "assignee": "$ben"},
        given="taken_by_ben",
    ),
    *[yes(f"{who} solves it", "ticket.solve", {"solved_by": f"${who}"}, by=who) for who in WORKING],
    yes(
        "solved again, with nothing to say of it",
        "ticket.solve",
        {"solved_by": "$ben", "resolution": "A new seal"},
        given="solved_by_ben",
    ),
    yes(
        "solved again, with the same to say of it",
        "ticket.solve",
        {"solved_by": "$ben", "resolution": "A new seal"},
        given="solved_by_ben",
        resolution="A new seal",
    ),
    yes(
        "it does not work after all",
        "ticket.reopen",
        {"state": "open", "solved_by": None, "solved_at": None, "resolution": "A new seal"},
    ),
    yes("whoever had it has it again", "ticket.reopen", {"state": "assigned"}, given="solved_by_ben", note="Still wet"),
    *[
        yes(
            f"what is closed is opened again while its cause is {given}",
            "ticket.reopen",
            {"state": "open", "cause": "$cause"},
            given=given,
            also=("cause", "$cause", {"state": becomes, "recurrences": 1}),
        )
        for given, becomes in (("closed", "back"), ("proved", "back"), ("finding", "finding"))
    ],
    # Closing.
    yes(
        "closed, and watched for ninety days",
        "ticket.close",
        {"state": "closed", "cause": "$why"},
        also=(
            "cause",
            "$why",
            {
                "customer": "$steel",
                "member": "$ana",
                "chip": None,
                "text": "The seal was worn",
                "countermeasure": "A new seal every year",
                "state": "watching",
                "watch_from": "$today",
                "watch_until": "$in_ninety_days",
                "finding_due_on": None,
                "recurrences": 0,
            },
        ),
    ),
    yes(
        "closed with a chip instead of words",
        "ticket.close",
        {"state": "closed"},
        text=...,
        chip="$worn",
        also=("cause", "$why", {"chip": "$worn", "text": ""}),
    ),
    yes(
        "closed by a chip that was removed meanwhile",
        "ticket.close",
        {"state": "closed"},
        chip="$removed_cause_chip",
        also=("cause", "$why", {"chip": "$removed_cause_chip"}),
    ),
    *[
        yes(
            f"watched until {day}",
            "ticket.close",
            {"state": "closed"},
            watch_until=f"${day}",
            also=("cause", "$why", {"watch_until": f"${day}"}),
        )
        for day in ("today", "tomorrow", "last_day")
    ],
    yes(
        "closed while nobody knows yet why",
        "ticket.close",
        {"state": "closed"},
        text=...,
        countermeasure=...,
        is_finding=True,
        also=("cause", "$why", {"state": "finding", "finding_due_on": "$in_five_days", "watch_until": None}),
    ),
    yes(
        "what somebody supposes is kept while it is looked for",
        "ticket.close",
        {"state": "closed"},
        is_finding=True,
        chip="$worn",
        also=(
            "cause",
            "$why",
            {
                "state": "finding",
                "chip": "$worn",
                "text": "The seal was worn",
                "countermeasure": "A new seal every year",
            },
        ),
    ),
    yes(
        "closed with a cause that is known",
        "ticket.close",
        {"state": "closed", "cause": "$other_cause", "is_recurrence": False},
        cause="$other_cause",
        text=...,
        also=("cause", "$other_cause", {"text": "The seal was worn", "state": "watching"}),
    ),
    yes(
        "the same again is closed with its cause",
        "ticket.close",
        {"state": "closed", "cause": "$cause"},
        given="again_solved",
        cause="$cause",
        also=("cause", "$cause", {"state": "watching", "recurrences": 1, "watch_from": "$today"}),
    ),
    *[yes(f"{who} closes it", "ticket.close", {"state": "closed"}, by=who) for who in WORKING],
    # Taking it back.
    yes("it was no ticket at all", "ticket.withdraw", {"state": "open", "member": "$ana"}),
    yes("what waits was none", "ticket.withdraw", {"state": "waiting"}, given="waiting"),
    yes("what is solved was none", "ticket.withdraw", {"state": "solved"}, given="solved"),
    yes("the lead takes it back", "ticket.withdraw", {"member": "$ana"}, given="led", by="ben"),
    yes("an administrator takes it back", "ticket.withdraw", {"member": "$ana"}, by="ada"),
    yes(
        "a recurrence that was none is not counted",
        "ticket.withdraw",
        given="again",
        also=("cause", "$cause", {"state": "watching", "recurrences": 0, "last_recurred_on": None}),
    ),
    # Who else looks at it.
    *[yes(f"{who} watches it", "ticket.watch", {"watchers": [f"${who}"]}, by=who) for who in ("ana", *SEEING)],
    yes("what one watches is watched again", "ticket.watch", {"watchers": ["$ana"]}, given="watched"),
    yes("it is watched no more", "ticket.unwatch", {"watchers": []}),
    yes("what one does not watch is watched no more", "ticket.unwatch", {"watchers": ["$ana"]}, by="ben"),
    yes(
        "two are linked",
        "ticket.link",
        {"links": ["$other"]},
        also=("ticket", "$other", {"links": ["$ticket"]}),
    ),
    yes("two that are linked are linked again", "ticket.link", {"links": ["$other"]}, given="linked"),
    yes("two are no more linked", "ticket.unlink", {"links": []}, also=("ticket", "$other", {"links": []})),
    yes("two that are not linked", "ticket.unlink", {"links": []}, given="opened"),
    # The same again.
    yes(
        "it is the same again",
        "ticket.again",
        {"is_recurrence": True, "cause": "$cause"},
        also=("cause", "$cause", {"state": "back", "recurrences": 1, "last_recurred_on": "$today"}),
    ),
    *[
        yes(
            f"it is the same again, and the cause was {given}",
            "ticket.again",
            {"is_recurrence": True},
            given=given,
            ticket="$third",
            also=("cause", "$cause", {"state": becomes, "recurrences": 1}),
        )
        for given, becomes in (("proved", "back"), ("finding", "finding"))
    ],
    *[yes(f"{who} says that it is the same again", "ticket.again", {"is_recurrence": True}, by=who) for who in WORKING],
    # Promises that were broken, and times in doubt.
    *[
        yes(f"{who} knows that it is late", "ticket.acknowledge", {"member": "$ana"}, by=who)
        for who in ("ana", *SEEING)
    ],
    *[
        yes(f"the time of {what} counts", "ticket.review", {"is_in_review": False, "state": "solved"}, review=what)
        for what in ("phone", "server")
    ],
    *[yes(f"{who} settles a time", "ticket.review", {"is_in_review": False}, by=who) for who in ("eva", "ada")],
    yes("the lead settles a time", "ticket.review", {"is_in_review": False}, given="in_doubt_and_led", by="ben"),
    yes(
        "a manager's time is settled by others",
        "ticket.review",
        {"is_in_review": False},
        given="in_doubt_by_mia",
        by="eva",
    ),
    # What is said of it.
    *[
        yes(
            f"a message, {audience}",
            "message.write",
            {"ticket": "$ticket", "member": "$ana", "audience": audience, "text": "The seal is ordered"},
            audience=audience,
        )
        for audience in ("internal", "customer")
    ],
    *[yes(f"{who} writes", "message.write", {"member": f"${who}"}, by=who) for who in SEEING],
    yes("a message about what is closed", "message.write", {"withdrawn_at": None}, given="closed"),
    yes("a message is taken back", "message.withdraw", {"text": "The seal is ordered"}),
    yes(
        "an engineer is asked",
        "help.ask",
        {
            "ticket": "$ticket",
            "member": "$ana",
            "engineer": "$jun",
            "text": "Which seal is it?",
            "answer": "",
            "answered_by": None,
            "answered_at": None,
            "withdrawn_at": None,
        },
        also=("ticket", "$ticket", {"watchers": ["$jun"]}),
    ),
    yes(
        "a colleague elsewhere is asked",
        "help.ask",
        {"engineer": "$carl"},
        engineer="$carl",
        also=("ticket", "$ticket", {"watchers": ["$carl"]}),
    ),
    *[yes(f"{who} asks", "help.ask", {"member": f"${who}"}, by=who) for who in SEEING],
    yes("another one is asked as well", "help.ask", {"engineer": "$ben"}, given="asked", engineer="$ben"),
    yes("whoever is asked answers", "help.answer", {"answer": "The blue one", "answered_by": "$jun"}),
    *[
        yes(f"{who} knows and answers", "help.answer", {"answered_by": f"${who}", "engineer": "$jun"}, by=who)
        for who in ("ana", "ben", "mia", "eva", "ada")
    ],
    yes("no help is needed any more", "help.withdraw", {"answer": "", "answered_at": None}),
    # Why it happened.
    yes(
        "it was found out why",
        "cause.settle",
        {
            "state": "watching",
            "text": "The seal was worn",
            "countermeasure": "A new seal every year",
            "watch_from": "$today",
            "watch_until": "$in_ninety_days",
            "finding_due_on": None,
        },
    ),
    *[yes(f"{who} found out why", "cause.settle", {"state": "watching", "member": "$ana"}, by=who) for who in WORKING],
    yes(
        "what is watched gets something better, and a new day",
        "cause.settle",
        {"text": "The seal was worn", "countermeasure": "A new seal every month", "watch_until": "$tomorrow"},
        given="closed",
        text=...,
        countermeasure="A new seal every month",
        watch_until="$tomorrow",
    ),
    *[
        yes(f"what is {given} is watched again", "cause.settle", {"state": "watching"}, given=given)
        for given in ("proved", "again")
    ],
    yes(
        "settled by a chip that was removed meanwhile",
        "cause.settle",
        {"chip": "$removed_cause_chip", "text": ""},
        chip="$removed_cause_chip",
        text=...,
    ),
    yes("the words of a cause are corrected", "cause.change", {"text": "The shaft was bent", "state": "watching"}),
    *[yes(f"{who} corrects the words of a cause", "cause.change", {"member": "$ana"}, by=who) for who in WORKING],
    yes(
        "everything of a cause is edited",
        "cause.change",
        {"chip": "$worn", "text": "", "countermeasure": "A new shaft"},
        chip="$worn",
        text="",
        countermeasure="A new shaft",
    ),
    yes(
        "a cause that is looked for may say nothing",
        "cause.change",
        {"chip": "$worn"},
        given="finding",
        text=...,
        chip="$worn",
    ),
]
