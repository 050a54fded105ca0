"""Why something about a need, a question, a joining or a reply was refused."""

from core.errors import Code

ALREADY_TAKEN = Code("already_taken", 409, "Somebody else answers for that need already.")
MERGE_ITSELF = Code("merge_itself", 409, "A need cannot be merged into itself.")
MERGE_CIRCLE = Code("merge_circle", 409, "That need is merged into this one already.")
ALREADY_MERGED = Code("already_merged", 409, "It is merged into another need already.")
NOT_MERGED = Code("not_merged", 409, "It is not merged into another need.")
BAD_STAGE = Code("bad_stage", 409, "That does not follow from the stage it is at.")
NOT_ASKING = Code("not_asking", 409, "That customer has not told of this need.")
NOT_AN_OBSERVATION = Code("not_an_observation", 409, "Only an observation can stand without a need.")
QUESTION_WITHDRAWN = Code("question_withdrawn", 409, "The question was withdrawn already.")
VISIT_BEGUN = Code("visit_begun", 409, "Only a planned visit can be joined.")
OWN_VISIT = Code("own_visit", 409, "It is one's own visit.")
ALREADY_ANSWERED = Code("already_answered", 409, "It was answered already.")
ALREADY_ASKED = Code("already_asked", 409, "That was asked already, and waits for an answer.")
