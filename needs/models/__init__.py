"""Needs and what hangs on them. A voice is a fact; a need groups voices, and needs may be grouped in turn."""

from needs.models.comparing import Uncompared, Wording
from needs.models.joinings import Joining
from needs.models.needs import Milestone, Need, Tally, Theme
from needs.models.questions import Answer, Asking, Question
from needs.models.replies import Reply
from needs.models.voices import Voice

__all__ = [
    "Answer",
    "Asking",
    "Joining",
    "Milestone",
    "Need",
    "Question",
    "Reply",
    "Tally",
    "Theme",
    "Uncompared",
    "Voice",
    "Wording",
]
