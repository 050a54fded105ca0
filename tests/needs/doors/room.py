"""The room of needs at both doors: the least that each of its kinds needs, and how REST says no."""

from __future__ import annotations

from needs.entries import KINDS
from tests.both_doors import Least, Room
from tests.needs.stage import Stage

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
