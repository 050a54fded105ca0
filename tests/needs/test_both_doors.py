"""One table of cases about needs, run through both doors: REST, and the entries of a phone. Both must say the same."""

from __future__ import annotations

from typing import Any

import pytest

from core.errors import Code
from needs import errors
from needs.entries import KINDS
from tests.both_doors import (
    NO_IDS,
    NO_TEXTS,
    NOT_CHOICES,
    NOT_NUMBERS,
    NOT_ROWS,
    NOT_TEXT,
    Case,
    Least,
    Room,
    by_state,
    heard,
    slipped_in,
)
from tests.conftest import World
from tests.needs.stage import Stage
from tests.phone import Phone
from tests.rest import API, signed_in

pytestmark = pytest.mark.both_databases

SHAPES = ("theme", "need", "tally", "voice", "question", "asking", "answer", "joining", "reply", "visit", "commitment")
STATUSES = {
    400: "field_required field_not_allowed field_type out_of_range choice too_long bad_characters bad_id "
    "nothing_changed",
    403: "not_yours not_permitted",
    404: "not_found",
    409: "row_deleted id_taken product_inactive already_withdrawn name_taken already_taken merge_itself merge_circle "
    "already_merged not_merged bad_stage not_asking not_an_observation question_withdrawn visit_begun own_visit "
    "already_answered already_asked",
}
NEED, VOICE, THEME, QUESTION = {"need": "$need"}, {"voice": "$voice"}, {"theme": "$theme"}, {"question": "$question"}
JOINING, REPLY = {"joining": "$joining"}, {"reply": "$reply"}
HEARD = {"customer": "$steel", "text": "It should be quieter"}
ASKED = [{"asking": "$first", "customer": "$steel"}]
LEAST = {
    "need.note": Least("nothing", {"need": "$new", "voice": "$told", **HEARD}, "needs/"),
    "need.change": Least("heard", {**NEED, "title": "Quieter pumps"}, "needs/{}/", "need", by="jun"),
    "need.take": Least("sorted", NEED, "needs/{}/take/", "need", by="jun"),
    "need.hand_over": Least("sorted", {**NEED, "owner": "$ada"}, "needs/{}/hand_over/", "need", by="jun"),
    "need.confirm": Least("heard", {**NEED, "customer": "$steel"}, "needs/{}/confirm/", "need"),
    "need.accept": Least("sorted", NEED, "needs/{}/accept/", "need", by="jun"),
    "need.decline": Least("sorted", {**NEED, "reason": "Too rare"}, "needs/{}/decline/", "need", by="jun"),
    "need.build": Least("accepted", NEED, "needs/{}/build/", "need", by="jun"),
    "need.merge": Least("sorted", {**NEED, "into": "$other"}, "needs/{}/merge/", "need", by="jun"),
    "need.unmerge": Least("merged", NEED, "needs/{}/unmerge/", "need", by="jun"),
    "voice.observe": Least("nothing", {"voice": "$new", "customer": "$steel", "sign": "waits"}, "voices/"),
    "voice.amend": Least("heard", {**VOICE, "text": "It is far too loud"}, "voices/{}/amend/", "voice"),
    "voice.withdraw": Least("heard", VOICE, "voices/{}/withdraw/", "voice"),
    "voice.place": Least("heard", {**VOICE, "need": "$other"}, "voices/{}/place/", "voice", by="jun"),
    "theme.add": Least("nothing", {"theme": "$new", "name": "Noise"}, "themes/", by="jun"),
    "theme.rename": Least("nothing", {**THEME, "name": "Din"}, "themes/{}/rename/", "theme", by="jun"),
    "theme.remove": Least("nothing", THEME, "themes/{}/remove/", "theme", by="jun"),
    "theme.restore": Least("nothing", {"theme": "$removed_theme"}, "themes/{}/restore/", "theme", by="jun"),
    "question.ask": Least(
        "sorted", {"question": "$new", **NEED, "text": "How often?", "customers": ASKED}, "questions/", by="jun"
    ),
    "question.withdraw": Least("asked", QUESTION, "questions/{}/withdraw/", "question", by="jun"),
    "asking.answer": Least(
        "asked", {"answer": "$new", "asking": "$asking", "value": "yes"}, "answers/", row=("answer", "$new")
    ),
    "joining.ask": Least("planned", {"joining": "$new", "visit": "$visit"}, "joinings/", by="jun"),
    "joining.accept": Least("joining", JOINING, "joinings/{}/accept/", "joining"),
    "joining.refuse": Least("joining", JOINING, "joinings/{}/refuse/", "joining"),
    "joining.withdraw": Least("joining", JOINING, "joinings/{}/withdraw/", "joining", by="jun"),
    "reply.edit": Least("built", {**REPLY, "text": "Your pump is quiet now."}, "replies/{}/edit/", "reply"),
    "reply.tell": Least("built", REPLY, "replies/{}/tell/", "reply"),
    "reply.answer": Least("told", {**REPLY, "value": "solved"}, "replies/{}/answer/", "reply"),
}
ROOM = Room(KINDS, LEAST, Stage, SHAPES, STATUSES)
yes, no, wrong, inside = ROOM.yes, ROOM.no, ROOM.wrong, ROOM.inside
EVERYBODY = ("ben", "carl", "mia", "jun", "eva", "ada")
# Everybody but engineers and administrators.
OTHERS = ("ana", "mia", "eva")


# --- What is accepted ----------------------------------------------------------------------------

ACCEPTED = [
    yes(
        "a need with the customer's words alone",
        "need.note",
        {
            "title": "",
            "stage": "heard",
            "customer": "$steel",
            "member": "$ana",
            "owner": None,
            "theme": None,
            "product": None,
            "merged_into": None,
        },
        also=(
            "voice",
            "$told",
            {
                "need": "$new",
                "customer": "$steel",
                "member": "$ana",
                "text": "It should be quieter",
                "how": "said",
                "sign": None,
                "importance": None,
                "site": None,
                "visit": None,
                "contact": None,
                "product": None,
                "withdrawn_at": None,
            },
        ),
    ),
    yes(
        "a need with everything",
        "need.note",
        {"theme": "$theme", "product": "$pump"},
        also=(
            "voice",
            "$told",
            {
                "how": "inferred",
                "importance": 3,
                "site": "$gate",
                "visit": "$log",
                "contact": "$park",
                "product": "$pump",
            },
        ),
        how="inferred",
        importance=3,
        theme="$theme",
        product="$pump",
        site="$gate",
        visit="$log",
        contact="$park",
    ),
    yes(
        "a need that names nothing for what may be nothing",
        "need.note",
        importance=None,
        theme=None,
        product=None,
        site=None,
        visit=None,
        contact=None,
    ),
    yes(
        "one more voice of a need that is known",
        "need.note",
        {"title": "", "customer": "$steel", "member": "$ana"},
        given="heard",
        by="ben",
        need="$need",
        also=("voice", "$told", {"need": "$need", "member": "$ben"}),
    ),
    yes(
        "one more voice by another customer",
        "need.note",
        {"customer": "$steel"},
        given="sorted",
        by="carl",
        need="$need",
        customer="$paper",
        also=("tally", "$need", {"voices": 2, "customers": 2, "reporters": 2}),
    ),
    yes(
        "one more voice of a need that is merged counts in the group",
        "need.note",
        {"merged_into": "$other"},
        given="merged",
        need="$need",
        customer="$paper",
        also=("tally", "$other", {"voices": 3, "customers": 2, "reporters": 2}),
    ),
    yes("a theme that was removed meanwhile", "need.note", {"theme": "$removed_theme"}, theme="$removed_theme"),
    yes("what another territory's customer wants", "need.note", {"customer": "$paper"}, customer="$paper"),
    *[yes(f"what {who} heard", "need.note", {"member": f"${who}"}, by=who) for who in EVERYBODY],
    *[
        yes(f"importance {level}", "need.note", also=("voice", "$told", {"importance": level}), importance=level)
        for level in (0, 1, 2, 3)
    ],
    yes(
        "blanks and lines of what was said are kept",
        "need.note",
        also=("voice", "$told", {"text": " a\n\tb "}),
        text=" a\n\tb ",
    ),
    yes("words in parts are stored whole", "need.note", also=("voice", "$told", {"text": "\u00e9"}), text="e\u0301"),
    # Sorting, and answering for it.
    yes("a title sorts a need", "need.change", {"title": "Quieter pumps", "stage": "heard"}),
    yes("a title is trimmed", "need.change", {"title": "Quieter pumps"}, title="  Quieter pumps "),
    yes(
        "an edit of everything",
        "need.change",
        {
            "theme": "$theme",
            "product": "$pump",
            "memo": "Ask R&D",
            "answer": "In spring",
            "customer_text": "It will be quieter.",
        },
        theme="$theme",
        product="$pump",
        memo="Ask R&D",
        answer="In spring",
        customer_text="It will be quieter.",
    ),
    yes("a need leaves its theme", "need.change", {"theme": None}, given="themed", title=..., theme=None),
    yes("an administrator edits", "need.change", {"title": "Quieter pumps"}, by="ada"),
    yes("an engineer takes it on", "need.take", {"owner": "$jun"}),
    yes("an administrator takes it on", "need.take", {"owner": "$ada"}, by="ada"),
    yes("what is one's own is taken on again", "need.take", {"owner": "$jun"}, given="taken"),
    yes("what nobody has is given to a colleague", "need.hand_over", {"owner": "$ada"}),
    yes("its owner gives it to a colleague", "need.hand_over", {"owner": "$ada"}, given="taken"),
    yes("its owner gives it back to all", "need.hand_over", {"owner": None}, given="taken", owner=None),
    yes("an administrator takes it from its owner", "need.hand_over", {"owner": "$ada"}, given="taken", by="ada"),
    yes("the customer confirms it", "need.confirm", {"stage": "confirmed", "title": ""}),
    *[
        yes(f"{who} asked the customer", "need.confirm", {"stage": "confirmed"}, given="sorted", by=who)
        for who in EVERYBODY
    ],
    yes("what is accepted is confirmed and stays so", "need.confirm", {"stage": "accepted"}, given="accepted"),
    yes(
        "what is merged is confirmed to the head of its group",
        "need.confirm",
        {"stage": "heard"},
        given="merged",
        also=("need", "$other", {"stage": "confirmed"}),
    ),
    *[
        yes(f"what is {given} is accepted", "need.accept", {"stage": "accepted"}, given=given)
        for given in ("heard", "sorted", "confirmed", "declined", "built", "told", "solved", "not_yet")
    ],
    yes("an administrator accepts", "need.accept", {"stage": "accepted"}, by="ada", note="Good"),
    *[
        yes(f"what is {given} is declined", "need.decline", {"stage": "declined"}, given=given)
        for given in ("heard", "sorted", "confirmed", "accepted", "not_yet")
    ],
    yes(
        "declined with words for customers",
        "need.decline",
        {"customer_text": "Not this time."},
        customer_text="Not this time.",
    ),
    yes("what is accepted is built", "need.build", {"stage": "built", "customer_text": ""}),
    yes("what did not help is built again", "need.build", {"stage": "built"}, given="not_yet"),
    yes(
        "built with words for customers",
        "need.build",
        {"customer_text": "It is quiet."},
        note="In 4.2",
        customer_text="It is quiet.",
    ),
    # Grouping.
    yes(
        "a need is merged",
        "need.merge",
        {"merged_into": "$other", "title": "Quieter pumps", "stage": "heard"},
        also=("tally", "$other", {"voices": 2, "customers": 2}),
    ),
    yes(
        "a head is merged with its group",
        "need.merge",
        {"merged_into": "$third"},
        given="merged",
        need="$other",
        into="$third",
        by="ada",
    ),
    yes(
        "into one that is merged itself",
        "need.merge",
        {"merged_into": "$need"},
        given="merged",
        need="$third",
        into="$need",
    ),
    yes(
        "a need is taken out",
        "need.unmerge",
        {"merged_into": None},
        also=("tally", "$other", {"voices": 1, "customers": 1}),
    ),
    yes(
        "a need is taken out after further merges",
        "need.unmerge",
        {"merged_into": None},
        given="merged_further",
        also=("tally", "$third", {"voices": 2, "customers": 2}),
    ),
    yes(
        "a head is taken out with its group",
        "need.unmerge",
        {"merged_into": None},
        given="merged_further",
        need="$other",
        also=("tally", "$third", {"voices": 1, "customers": 1}),
    ),
    # Voices and observations.
    yes(
        "an observation without a word",
        "voice.observe",
        {"need": None, "customer": "$steel", "member": "$ana", "text": "", "how": "seen", "sign": "waits"},
    ),
    *[
        yes(f"they were seen: {sign}", "voice.observe", {"sign": sign}, sign=sign)
        for sign in ("workaround", "repeats", "by_hand", "gave_up")
    ],
    yes(
        "an observation with everything",
        "voice.observe",
        {
            "need": "$need",
            "text": "Every hour",
            "site": "$gate",
            "visit": "$log",
            "contact": "$park",
            "product": "$pump",
        },
        given="sorted",
        also=("tally", "$need", {"voices": 1, "observations": 1, "witnesses": ["$ana"]}),
        need="$need",
        text="Every hour",
        site="$gate",
        visit="$log",
        contact="$park",
        product="$pump",
    ),
    yes(
        "an observation that names nothing for what may be nothing",
        "voice.observe",
        {"text": ""},
        need=None,
        text="",
        site=None,
        visit=None,
        contact=None,
        product=None,
    ),
    yes("what another territory's customer was seen to do", "voice.observe", {}, customer="$paper"),
    *[yes(f"what {who} saw", "voice.observe", {"member": f"${who}"}, by=who) for who in EVERYBODY],
    yes("the words of a voice are corrected", "voice.amend", {"text": "It is far too loud", "importance": 2}),
    yes(
        "everything of a voice is corrected",
        "voice.amend",
        {"how": "seen", "importance": 0, "contact": "$park", "product": "$pump"},
        text=...,
        how="seen",
        importance=0,
        contact="$park",
        product="$pump",
        also=("tally", "$need", {"importance": 0.5, "witnesses": ["$ana"]}),
    ),
    yes("a voice says no more how important it is", "voice.amend", {"importance": None}, text=..., importance=None),
    yes("an observation needs no words", "voice.amend", {"text": ""}, given="observed", text=""),
    yes("a voice is taken back", "voice.withdraw", also=("tally", "$need", {"voices": 0, "customers": 0})),
    yes("an observation is taken back", "voice.withdraw", given="observed"),
    yes(
        "a voice is put to another need",
        "voice.place",
        {"need": "$other"},
        also=("tally", "$other", {"voices": 2, "customers": 2}),
    ),
    yes(
        "an observation is put to a need",
        "voice.place",
        {"need": "$other"},
        given="observed",
        also=("tally", "$other", {"observations": 1}),
    ),
    # Themes.
    yes("a theme", "theme.add", {"name": "Noise"}),
    yes("a theme by an administrator", "theme.add", {"name": "Noise"}, by="ada"),
    yes("a theme called as one that was removed", "theme.add", {"name": "Smell"}, theme="$smell", name="Smell"),
    yes("a theme gets another name", "theme.rename", {"name": "Din"}),
    yes("a theme is removed", "theme.remove", {"name": "Noise"}),
    yes(
        "a theme is removed while needs are of it",
        "theme.remove",
        given="themed",
        also=("need", "$need", {"theme": "$theme"}),
    ),
    yes("a theme is brought back", "theme.restore", {"name": "Smell"}),
    # Questions.
    yes(
        "a question to one customer",
        "question.ask",
        {"need": "$need", "member": "$jun", "text": "How often?", "asked": 1, "yes": 0, "no": 0, "unknown": 0},
        also=(
            "asking",
            "$first",
            {"question": "$new", "customer": "$steel", "need": "$need", "text": "How often?", "closed_at": None},
        ),
    ),
    yes(
        "a question to two customers",
        "question.ask",
        {"asked": 2, "member": "$ada"},
        by="ada",
        customers=[*ASKED, {"asking": "$second", "customer": "$paper"}],
        also=("asking", "$second", {"customer": "$paper"}),
    ),
    yes("a question is withdrawn", "question.withdraw", {"asked": 1}),
    yes("an administrator withdraws a question", "question.withdraw", by="ada"),
    yes("what was asked of others stays", "question.withdraw", {"yes": 1}, given="answered"),
    *[
        yes(
            f"a customer answers {value}",
            "asking.answer",
            {"asking": "$asking", "customer": "$steel", "member": "$ana", "value": value, "is_late": False},
            also=("question", "$question", {"yes": 0, "no": 0, "unknown": 0, value: 1}),
            value=value,
        )
        for value in ("yes", "no", "unknown")
    ],
    yes(
        "an answer with a line, at a visit",
        "asking.answer",
        {"line": "Twice a day", "visit": "$log"},
        line="Twice a day",
        visit="$log",
    ),
    yes(
        "the last answer of a customer counts",
        "asking.answer",
        {"value": "no"},
        given="answered",
        by="ben",
        value="no",
        also=("question", "$question", {"yes": 0, "no": 1, "unknown": 0}),
    ),
    yes("an answer after the question was withdrawn", "asking.answer", {"is_late": True}, given="question_withdrawn"),
    *[yes(f"{who} was answered", "asking.answer", {"member": f"${who}"}, by=who) for who in EVERYBODY],
    # Coming along.
    yes(
        "an engineer asks to come along",
        "joining.ask",
        {"visit": "$visit", "member": "$jun", "need": None, "note": "", "state": "asked", "answer_note": ""},
    ),
    yes(
        "a colleague asks to come along, for a need",
        "joining.ask",
        {"member": "$ben", "need": "$other", "note": "May I?"},
        by="ben",
        need="$other",
        note="May I?",
    ),
    yes("whoever was refused asks again", "joining.ask", {"state": "asked"}, given="joining_refused"),
    yes("a colleague asks as well", "joining.ask", {"member": "$eva"}, given="joining", by="eva"),
    yes(
        "a colleague is taken along",
        "joining.accept",
        {"state": "accepted", "answer_note": "At the gate"},
        note="At the gate",
        also=("visit", "$visit", {"participants": ["$jun"]}),
    ),
    yes(
        "a colleague is not taken along",
        "joining.refuse",
        {"state": "refused", "answer_note": "No room"},
        note="No room",
        also=("visit", "$visit", {"participants": []}),
    ),
    yes("whoever asked need not come", "joining.withdraw", {"state": "withdrawn"}),
    yes(
        "whoever was to come along does not",
        "joining.withdraw",
        {"state": "withdrawn"},
        given="joining_accepted",
        also=("visit", "$visit", {"participants": []}),
    ),
    # Replies.
    yes("what a customer will read is edited", "reply.edit", {"text": "Your pump is quiet now.", "state": "to_tell"}),
    yes("what a customer will read is left to the meeting", "reply.edit", {"text": ""}, text=""),
    yes(
        "a customer is told",
        "reply.tell",
        {"state": "told", "told_by": "$ana", "text": "We built it.", "visit": None},
        also=("need", "$need", {"stage": "shown"}),
    ),
    yes(
        "a customer is told in other words, at a visit",
        "reply.tell",
        {"text": "It is quiet.", "visit": "$log"},
        text="It is quiet.",
        visit="$log",
        also=("commitment", "$commitment", {"state": "kept"}),
    ),
    *[
        yes(f"{who} tells the customer", "reply.tell", {"told_by": f"${who}", "member": "$ana"}, by=who)
        for who in ("ben", "mia", "jun", "eva", "ada")
    ],
    yes(
        "a customer says that it is solved",
        "reply.answer",
        {"state": "solved", "line": "", "contact": None},
        also=("need", "$need", {"stage": "solved"}),
    ),
    yes(
        "a customer says that it is not",
        "reply.answer",
        {"state": "not_yet", "line": "At night", "contact": "$park", "visit": "$log"},
        value="not_yet",
        line="At night",
        contact="$park",
        visit="$log",
        also=("need", "$need", {"stage": "not_yet"}),
    ),
    yes(
        "a customer is told and answers at once",
        "reply.answer",
        {"state": "solved", "told_by": "$ana", "visit": "$log"},
        given="built",
        visit="$log",
        also=("commitment", "$commitment", {"state": "kept"}),
    ),
]

# --- What is refused for its form ---------------------------------------------------------------------

WHERE = ("customer", "site", "visit", "contact", "product")
IDS = [
    *[(kind, name) for kind in ("need.note", "voice.observe") for name in WHERE],
    ("need.note", "theme"),
    ("need.change", "theme"),
    ("need.change", "product"),
    ("need.hand_over", "owner"),
    ("need.confirm", "customer"),
    ("need.merge", "into"),
    ("voice.observe", "need"),
    ("voice.amend", "contact"),
    ("voice.amend", "product"),
    ("voice.place", "need"),
    ("question.ask", "need"),
    ("asking.answer", "asking"),
    ("asking.answer", "visit"),
    ("joining.ask", "visit"),
    ("joining.ask", "need"),
    ("reply.tell", "visit"),
    ("reply.answer", "contact"),
    ("reply.answer", "visit"),
]
NEW_IDS = [
    ("need.note", "need"),
    ("need.note", "voice"),
    ("voice.observe", "voice"),
    ("theme.add", "theme"),
    ("question.ask", "question"),
    ("asking.answer", "answer"),
    ("joining.ask", "joining"),
]
NEEDED = [
    ("need.note", "customer"),
    ("need.note", "text"),
    ("need.hand_over", "owner"),
    ("need.confirm", "customer"),
    ("need.decline", "reason"),
    ("need.merge", "into"),
    ("voice.observe", "customer"),
    ("voice.observe", "sign"),
    ("voice.place", "need"),
    ("theme.add", "name"),
    ("theme.rename", "name"),
    ("question.ask", "need"),
    ("question.ask", "text"),
    ("question.ask", "customers"),
    ("asking.answer", "asking"),
    ("asking.answer", "value"),
    ("joining.ask", "visit"),
    ("reply.edit", "text"),
    ("reply.answer", "value"),
]
MAY_BE_NOTHING = [("need.hand_over", "owner"), ("voice.place", "need")]
TEXTS = [
    ("need.note", "text", 4000),
    ("need.change", "memo", 4000),
    ("need.change", "answer", 4000),
    ("need.change", "customer_text", 1000),
    ("need.confirm", "note", 500),
    ("need.accept", "note", 500),
    ("need.decline", "reason", 500),
    ("need.decline", "customer_text", 1000),
    ("need.build", "note", 500),
    ("need.build", "customer_text", 1000),
    ("voice.observe", "text", 4000),
    ("voice.amend", "text", 4000),
    ("question.ask", "text", 500),
    ("asking.answer", "line", 500),
    ("joining.ask", "note", 500),
    ("joining.accept", "note", 500),
    ("joining.refuse", "note", 500),
    ("reply.edit", "text", 1000),
    ("reply.tell", "text", 1000),
    ("reply.answer", "line", 500),
]
NAMES = [("need.change", "title", 120), ("theme.add", "name", 80), ("theme.rename", "name", 80)]
NO_NAMES = ("a\x00b", "a\x07b", "a\ud800b")
CHOICES = [
    ("need.note", "how"),
    ("voice.observe", "sign"),
    ("voice.amend", "how"),
    ("asking.answer", "value"),
    ("reply.answer", "value"),
]
IMPORTANCE = {"min": 0, "max": 3}
ONE = {"asking": "$first", "customer": "$steel"}
NOT_LISTS: tuple[Any, ...] = ("here", 12, {})

MALFORMED = [
    *[wrong(kind, name, value, "bad_id") for kind, name in [*IDS, *NEW_IDS] for value in NO_IDS],
    *[wrong(kind, name, ..., "field_required") for kind, name in [*NEW_IDS, *NEEDED]],
    *[
        wrong(kind, name, None, "field_required")
        for kind, name in [*NEW_IDS, *NEEDED]
        if (kind, name) not in MAY_BE_NOTHING
    ],
    *[wrong(kind, name, "a" * (most + 1), "too_long", max=most) for kind, name, most in [*TEXTS, *NAMES]],
    *[wrong(kind, name, value, "bad_characters") for kind, name, _ in TEXTS for value in NO_TEXTS],
    *[wrong(kind, name, value, "bad_characters") for kind, name, _ in NAMES for value in NO_NAMES],
    *[wrong(kind, name, value, "field_type") for kind, name, _ in [*TEXTS, *NAMES] for value in NOT_TEXT],
    *[
        wrong(kind, name, "", "field_required")
        for kind, name in [
            ("need.note", "text"),
            ("need.change", "title"),
            ("need.decline", "reason"),
            ("theme.add", "name"),
            ("theme.rename", "name"),
            ("question.ask", "text"),
        ]
    ],
    *[wrong(kind, name, "   ", "field_required") for kind, name, _ in NAMES],
    *[wrong(kind, name, value, "choice") for kind, name in CHOICES for value in ("won", "", "SAID")],
    *[wrong(kind, name, value, "field_type") for kind, name in CHOICES for value in NOT_CHOICES],
    *[
        wrong(kind, "importance", value, "out_of_range", **IMPORTANCE)
        for kind in ("need.note", "voice.amend")
        for value in (-1, 4, 10**12, 0.5)
    ],
    *[wrong(kind, "importance", value, "field_type") for kind in ("need.note", "voice.amend") for value in NOT_NUMBERS],
    *slipped_in(ROOM),
    # What is nested is as strict as what is not.
    *[wrong("question.ask", "customers", value, "field_type") for value in NOT_LISTS],
    wrong("question.ask", "customers", [], "field_required"),
    wrong(
        "question.ask", "customers", [{"asking": f"${n}", "customer": "$steel"} for n in range(51)], "too_long", max=50
    ),
    wrong("question.ask", "customers", [ONE, {"asking": "$second", "customer": "$steel"}], "choice"),
    *[inside("question.ask", "customers", [value], "0", "field_type") for value in NOT_ROWS],
    inside("question.ask", "customers", [{"asking": "$first"}], "0.customer", "field_required"),
    inside("question.ask", "customers", [{"customer": "$steel"}], "0.asking", "field_required"),
    inside("question.ask", "customers", [{**ONE, "customer": "12"}], "0.customer", "bad_id"),
    inside("question.ask", "customers", [{**ONE, "asking": "12"}], "0.asking", "bad_id"),
    inside("question.ask", "customers", [{**ONE, "member": "$ben"}], "0.member", "field_not_allowed"),
]

# --- What is refused by a rule ------------------------------------------------------------------------


def step(old: str, new: str) -> dict[str, str]:
    return {"from": old, "to": new}


NOT_THERE = (("nowhere", "not_found"), ("gate", "not_found"), ("foreign_customer", "not_found"))
CUSTOMERS = (*NOT_THERE, ("removed_customer", "row_deleted"))
OF_STEEL = {
    "site": (("nowhere", "not_found"), ("paper_mill", "not_found"), ("removed_site", "row_deleted")),
    "visit": (("nowhere", "not_found"), ("foreign_visit", "not_found"), ("paper_visit", "not_found")),
    "contact": (("nowhere", "not_found"), ("paper_contact", "not_found"), ("removed_contact", "row_deleted")),
}
PRODUCTS = (("nowhere", "not_found"), ("removed_product", "row_deleted"), ("closed_product", "product_inactive"))
# Which row each kind names first, where its verbs look for it by REST as by phone.
NAMED = {
    "need": ("take", "hand_over", "confirm", "accept", "decline", "build", "merge", "unmerge"),
    "voice": ("amend", "withdraw", "place"),
    "theme": ("rename", "remove"),
    "question": ("withdraw",),
    "joining": ("accept", "refuse", "withdraw"),
    "reply": ("edit", "tell", "answer"),
}
EDITS = [f"need.{verb}" for verb in ("take", "hand_over", "accept", "decline", "build", "merge", "unmerge", "change")]
EDITS += ["voice.place", "theme.add", "theme.rename", "theme.remove", "theme.restore", "question.ask"]

REFUSED = [
    # Rows that are not there, not alive, or of another customer.
    *[
        no("not_found", f"{noun}.{verb} of {what}", f"{noun}.{verb}", {"field": noun}, **{noun: f"${what}"})
        for noun, verbs in NAMED.items()
        for verb in verbs
        for what in ("nowhere", f"foreign_{noun}")
    ],
    *[
        no(code, f"{kind} of customer {customer}", kind, {"field": "customer"}, customer=f"${customer}")
        for kind in ("need.note", "voice.observe", "need.confirm")
        for customer, code in CUSTOMERS
    ],
    *[
        no(code, f"{kind} with {name} {row}", kind, {"field": name}, **{name: f"${row}"})
        for kind in ("need.note", "voice.observe")
        for name, rows in OF_STEEL.items()
        for row, code in rows
    ],
    *[
        no(code, f"{kind} with product {row}", kind, {"field": "product"}, product=f"${row}")
        for kind in ("need.note", "voice.observe", "voice.amend")
        for row, code in PRODUCTS
    ],
    *[
        no(code, f"an amendment with contact {row}", "voice.amend", {"field": "contact"}, contact=f"${row}")
        for row, code in OF_STEEL["contact"]
    ],
    *[
        no("not_found", f"a need with theme {row}", "need.note", {"field": "theme"}, theme=f"${row}")
        for row in ("nowhere", "foreign_theme", "other")
    ],
    *[
        no(code, f"a need is given theme {row}", "need.change", {"field": "theme"}, theme=f"${row}")
        for row, code in (("nowhere", "not_found"), ("foreign_theme", "not_found"), ("removed_theme", "row_deleted"))
    ],
    *[
        no(code, f"a need is given product {row}", "need.change", {"field": "product"}, product=f"${row}")
        for row, code in (("nowhere", "not_found"), ("removed_product", "row_deleted"))
    ],
    *[
        no("not_found", f"{kind} to need {row}", kind, {"field": field}, **{field: f"${row}"})
        for kind, field in (
            ("voice.observe", "need"),
            ("voice.place", "need"),
            ("need.merge", "into"),
            ("question.ask", "need"),
            ("joining.ask", "need"),
        )
        for row in ("nowhere", "foreign_need")
    ],
    *[
        no("not_found", f"an answer to {row}", "asking.answer", {"field": "asking"}, asking=f"${row}")
        for row in ("nowhere", "foreign_asking", "question")
    ],
    *[
        no("not_found", f"{kind} at visit {row}", kind, {"field": "visit"}, visit=f"${row}")
        for kind in ("asking.answer", "reply.tell", "reply.answer", "joining.ask")
        for row in ("nowhere", "foreign_visit")
    ],
    *[
        no("not_found", f"{kind} at a visit to another customer", kind, {"field": "visit"}, visit="$paper_visit")
        for kind in ("asking.answer", "reply.tell", "reply.answer")
    ],
    no(
        "not_found",
        "an answer told at a visit elsewhere",
        "reply.answer",
        {"field": "visit"},
        given="built",
        visit="$paper_visit",
    ),
    *[
        no(code, f"a reply answered by contact {row}", "reply.answer", {"field": "contact"}, contact=f"${row}")
        for row, code in OF_STEEL["contact"]
    ],
    *[
        no(
            code,
            f"a question to {customer}",
            "question.ask",
            {"field": "customers.1.customer"},
            customers=[*ASKED, {"asking": "$second", "customer": f"${customer}"}],
        )
        for customer, code in CUSTOMERS
    ],
    *[
        no("not_found", f"a need is handed over to {row}", "need.hand_over", {"field": "owner"}, owner=f"${row}")
        for row in ("nowhere", "need", "ana", "left")
    ],
    # Ids that belong to something else.
    no("id_taken", "a need under a foreign id", "need.note", {"field": "need"}, need="$foreign_need"),
    no(
        "id_taken",
        "a need under the id of a voice that is foreign",
        "need.note",
        {"field": "voice"},
        voice="$foreign_voice",
    ),
    no("id_taken", "a voice under a voice's id", "need.note", {"field": "voice"}, given="heard", voice="$voice"),
    no(
        "id_taken",
        "an observation under a voice's id",
        "voice.observe",
        {"field": "voice"},
        given="heard",
        voice="$voice",
    ),
    no("id_taken", "a theme under a theme's id", "theme.add", {"field": "theme"}, theme="$theme", name="Din"),
    no("id_taken", "a theme under a foreign id", "theme.add", {"field": "theme"}, theme="$foreign_theme", name="Din"),
    no(
        "id_taken",
        "a question under a question's id",
        "question.ask",
        {"field": "question"},
        given="asked",
        question="$question",
    ),
    no(
        "id_taken",
        "an asking under an asking's id",
        "question.ask",
        {"field": "customers.0.asking"},
        given="asked",
        customers=[{"asking": "$asking", "customer": "$steel"}],
    ),
    no(
        "id_taken",
        "an answer under an answer's id",
        "asking.answer",
        {"field": "answer"},
        given="answered",
        answer="$answer",
    ),
    no(
        "id_taken",
        "a joining under a joining's id",
        "joining.ask",
        {"field": "joining"},
        given="joining",
        by="eva",
        joining="$joining",
    ),
    no("name_taken", "a theme called as another", "theme.add", {"field": "name"}, name="Noise", given="themed"),
    no(
        "name_taken",
        "a theme renamed as another",
        "theme.rename",
        {"field": "name"},
        theme="$other_theme",
        name="Noise",
        given="themed",
    ),
    # Who answers for it.
    no("already_taken", "a colleague was first", "need.take", {"member": "$ada"}, given="taken_by_ada"),
    no("not_permitted", "what is a colleague's is handed over", "need.hand_over", given="taken_by_ada", owner=None),
    no("nothing_changed", "handed over to whoever has it", "need.hand_over", given="taken_by_ada", by="ada"),
    # Stages.
    *[
        no("bad_stage", f"building what is {given}", "need.build", step(stage, "built"), given=given)
        for given, stage in (
            ("heard", "heard"),
            ("sorted", "heard"),
            ("confirmed", "confirmed"),
            ("declined", "declined"),
            ("built", "built"),
            ("told", "shown"),
            ("solved", "solved"),
        )
    ],
    no("bad_stage", "accepting what is accepted", "need.accept", step("accepted", "accepted"), given="accepted"),
    *[
        no("bad_stage", f"declining what is {given}", "need.decline", step(stage, "declined"), given=given)
        for given, stage in (("declined", "declined"), ("built", "built"), ("told", "shown"), ("solved", "solved"))
    ],
    *[
        no("already_merged", f"{kind} of what is merged", kind, {"into": "$other"}, given="merged")
        for kind in ("need.accept", "need.decline", "need.build", "need.merge")
    ],
    no("not_asking", "confirmed by whoever never asked", "need.confirm", {"field": "customer"}, customer="$paper"),
    no(
        "not_asking",
        "confirmed by whoever took it back",
        "need.confirm",
        {"field": "customer"},
        given="voice_withdrawn",
    ),
    # Grouping.
    no("merge_itself", "a need into itself", "need.merge", {"field": "into"}, into="$need"),
    no(
        "merge_circle",
        "a head into its own group",
        "need.merge",
        {"field": "into"},
        given="merged",
        need="$other",
        into="$need",
    ),
    no(
        "merge_circle",
        "a circle over two levels",
        "need.merge",
        {"field": "into"},
        given="merged_further",
        need="$third",
        into="$need",
    ),
    no("not_merged", "taking out what is in no group", "need.unmerge", given="sorted"),
    no("not_merged", "taking the head out", "need.unmerge", given="merged_further", need="$third"),
    # Voices.
    no("nothing_changed", "amending nothing", "voice.amend", text=...),
    no("nothing_changed", "amending to the same", "voice.amend", text="The pump is loud"),
    no("field_required", "a voice without words", "voice.amend", {"field": "text"}, text=""),
    *[
        no("already_withdrawn", f"{kind} of what was taken back", kind, given="voice_withdrawn")
        for kind in ("voice.amend", "voice.withdraw")
    ],
    no("not_an_observation", "words without a need", "voice.place", {"field": "need"}, need=None),
    no("nothing_changed", "a voice where it is", "voice.place", need="$need"),
    no("nothing_changed", "an observation where it is", "voice.place", given="observed", need=None),
    # Questions.
    no("question_withdrawn", "a question withdrawn twice", "question.withdraw", given="question_withdrawn"),
    *[no("not_permitted", f"{who} withdraws Jun's question", "question.withdraw", by=who) for who in OTHERS],
    # Coming along.
    no("own_visit", "coming along with oneself", "joining.ask", by="ana"),
    no("not_found", "a visit that is not seen", "joining.ask", {"field": "visit"}, by="ana", visit="$paper_plan"),
    *[
        no("visit_begun", f"coming along on what is {given}", "joining.ask", given=given)
        for given in ("arrived", "logged", "missed", "cancelled", "withdrawn")
    ],
    no("already_asked", "asking twice", "joining.ask", given="joining"),
    no("already_asked", "asking again after a yes", "joining.ask", given="joining_accepted"),
    *[
        no("already_answered", f"{kind} of what is {given}", kind, given=given)
        for kind in ("joining.accept", "joining.refuse")
        for given in ("joining_accepted", "joining_refused", "joining_withdrawn", "went_along")
    ],
    *[no("not_yours", f"{kind} by whoever asked", kind, by="jun") for kind in ("joining.accept", "joining.refuse")],
    no("not_yours", "whoever is asked withdraws", "joining.withdraw", by="ana"),
    no("already_withdrawn", "withdrawing twice", "joining.withdraw", given="joining_withdrawn"),
    *[
        no("already_answered", f"withdrawing what is {given}", "joining.withdraw", given=given)
        for given in ("joining_refused", "went_along")
    ],
    # Replies.
    no("nothing_changed", "the same words for a customer", "reply.edit", text="We built it."),
    *[
        no("already_answered", f"{kind} after {given}", kind, given=given)
        for kind, given in (
            ("reply.edit", "told"),
            ("reply.edit", "solved"),
            ("reply.tell", "told"),
            ("reply.tell", "solved"),
            ("reply.answer", "solved"),
            ("reply.answer", "not_yet"),
        )
    ],
    *[
        no("already_withdrawn", f"{kind} of what was taken back", kind, given="taken_back")
        for kind in ("reply.edit", "reply.tell", "reply.answer")
    ],
    # Persons.
    *[
        no("not_permitted", f"{kind} by {who}", kind, by=who, given="sorted" if kind == "need.change" else None)
        for who in OTHERS
        for kind in EDITS
    ],
    *[
        no("not_yours", f"{kind} by {who}", kind, by=who)
        for who in ("ben", "mia", "jun", "eva", "ada")
        for kind in ("voice.amend", "voice.withdraw")
    ],
]

NO = by_state([*MALFORMED, *REFUSED])


def test_every_kind_of_this_room_has_cases_and_no_case_stands_twice() -> None:
    ROOM.require_whole(ACCEPTED, MALFORMED, REFUSED)


def test_every_code_of_this_room_has_a_case() -> None:
    codes = {code.name for code in vars(errors).values() if isinstance(code, Code)}
    assert codes <= {case.code for case in REFUSED}


def test_a_theme_that_was_removed_is_no_more_renamed_or_removed(world: World) -> None:
    """A phone, which may have written it before, is told why; by REST it is not there."""
    stage, rest = Stage(world), signed_in(world.jun)
    theme = stage.id("removed_theme")
    deeds: list[tuple[str, dict[str, Any]]] = [("rename", {"name": "Din"}), ("remove", {})]
    for verb, args in deeds:
        jun = Phone(world.jun)
        entry = jun.write(f"theme.{verb}", theme=theme, **args)
        jun.sync()
        assert heard(jun, entry) == ("parked", "row_deleted", {"field": "theme"})
        assert rest.post(f"{API}themes/{theme}/{verb}/", args, format="json").status_code == 404


@pytest.mark.parametrize("case", ACCEPTED, ids=lambda case: case.name)
def test_a_phone_may_say(world: World, case: Case) -> None:
    ROOM.phone_says(world, case)


@pytest.mark.parametrize("case", ACCEPTED, ids=lambda case: case.name)
def test_rest_may_say(world: World, case: Case) -> None:
    ROOM.rest_says(world, case)


@pytest.mark.parametrize("given", NO)
def test_a_phone_is_refused(world: World, given: str, subtests: pytest.Subtests) -> None:
    """Parked with a code and the values of its sentence."""
    ROOM.phone_is_refused(world, NO[given], subtests)


@pytest.mark.parametrize("given", NO)
def test_rest_is_refused(world: World, given: str, subtests: pytest.Subtests) -> None:
    """The same code and the same values."""
    ROOM.rest_is_refused(world, NO[given], subtests)
