"""What the envelope may be refused with, and why an entry may be parked by the machinery itself."""

from core.errors import TOO_LARGE as TOO_LARGE
from core.errors import Code

# The envelope.
BAD_ENCODING = Code("bad_encoding", 400, "The body is not UTF-8.")
TOO_DEEP = Code("too_deep", 400, "The body is nested too deeply.")
BAD_ENVELOPE = Code("bad_envelope", 400, "A field of the message is missing or of the wrong type.")
BAD_CURSOR = Code("bad_cursor", 400, "That cursor was not given to this replica.")
REPLICA_MEMBER_MISMATCH = Code("replica_member_mismatch", 403, "That replica belongs to another member.")
GAP = Code("gap", 409, "Entries before these are missing.")
REPLICA_FORKED = Code("replica_forked", 409, "Another history was received under these numbers.")
UNKNOWN_REPLICA = Code("unknown_replica", 409, "Say hello first.")
PROTO_UNSUPPORTED = Code("proto_unsupported", 426, "Update the app.")

# A parked entry.
BAD_ENTRY = Code("bad_entry", 400, "The entry cannot be read.")
UNKNOWN_KIND = Code("unknown_kind", 400, "The server does not know this kind of entry.")
SCHEMA_AHEAD = Code("schema_ahead", 409, "The entry was written by a newer app than this server knows.")
SCHEMA_UNKNOWN = Code("schema_unknown", 400, "No server ever knew this version of the entry.")
ACTOR_DISABLED = Code("actor_disabled", 403, "The member who wrote it is no longer active.")
QUARANTINED = Code("quarantined", 403, "Its phone was revoked; a person has to let it in.")
RETURNED = Code("returned", 409, "Somebody who answers for its writer sent it back with a note.")
WAITS_FOR = Code("waits_for", 409, "It rests on an entry that is parked.")
CYCLE = Code("cycle", 409, "It rests on an entry that rests on it.")
NOT_OPEN = Code("not_open", 409, "Only a parked entry can be retried, replaced or discarded.")
POISON = Code("poison", 500, "The server failed on it three times.")
