"""Why something about a visit, a commitment or a comment was refused."""

from core.errors import Code

NOT_YOURS = Code("not_yours", 403, "Only its author may do that.")
BAD_TRANSITION = Code("bad_transition", 409, "It is not in a state that allows that.")
ALREADY_ARRIVED = Code("already_arrived", 409, "This visit has begun already.")
ALREADY_LOGGED = Code("already_logged", 409, "This visit has its outcome already.")
ALREADY_WITHDRAWN = Code("already_withdrawn", 409, "It was withdrawn already.")
PRODUCT_INACTIVE = Code("product_inactive", 409, "That product is no longer offered.")
