"""The verbs about needs. The only place in this room that writes.

Whatever customers say is taken: a voice is never refused for where or when it was heard. What is refused is what cannot
be true of a need: a circle of merges, a stage that does not follow.
"""

from needs.actions.comparing import compare_anew, suggest_alike, take_waiting
from needs.actions.joinings import accept_joining, ask_to_join, refuse_joining, settle_joining, withdraw_joining
from needs.actions.merging import merge_need, unmerge_need
from needs.actions.needs import (
    accept_need,
    build_need,
    change_need,
    confirm_need,
    decline_need,
    hand_over_need,
    take_need,
)
from needs.actions.questions import answer_asking, ask_question, withdraw_question
from needs.actions.replies import answer_reply, edit_reply, owe_reply, tell_reply, withdraw_reply
from needs.actions.themes import add_theme, remove_theme, rename_theme, restore_theme
from needs.actions.voices import amend_voice, note_need, observe, place_voice, withdraw_voice
from needs.actions.writing import compare_later

__all__ = [
    "accept_joining",
    "accept_need",
    "add_theme",
    "amend_voice",
    "answer_asking",
    "answer_reply",
    "ask_question",
    "ask_to_join",
    "build_need",
    "change_need",
    "compare_anew",
    "compare_later",
    "confirm_need",
    "decline_need",
    "edit_reply",
    "hand_over_need",
    "merge_need",
    "note_need",
    "observe",
    "owe_reply",
    "place_voice",
    "refuse_joining",
    "remove_theme",
    "rename_theme",
    "restore_theme",
    "settle_joining",
    "suggest_alike",
    "take_need",
    "take_waiting",
    "tell_reply",
    "unmerge_need",
    "withdraw_joining",
    "withdraw_question",
    "withdraw_reply",
    "withdraw_voice",
]
