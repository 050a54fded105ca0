"""Why something about people was refused."""

from core.errors import Code

NAME_TAKEN = Code("name_taken", 409, "That name is in use already.")
ADDRESS_TAKEN = Code("address_taken", 409, "That address signs in somebody already.")
NO_MEMBER = Code("no_member", 403, "This login belongs to no active member.")
LAST_ADMIN = Code("last_admin", 409, "Somebody must remain who administers the organization.")
FILE_DAMAGED = Code("file_damaged", 400, "The file is not as a phone saved it.")
