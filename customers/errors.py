"""Why something about customers was refused."""

from core.errors import Code

EXTERNAL_ID_TAKEN = Code("external_id_taken", 409, "Another customer has that external id.")
CODE_TAKEN = Code("code_taken", 409, "Another product has that code.")
ASSET_UNNAMED = Code("asset_unnamed", 400, "An asset has a name, a serial number or a label number.")
OUT_OF_SCOPE = Code("out_of_scope", 403, "That lies outside the territories this member may edit.")
ALREADY_RESOLVED = Code("already_resolved", 409, "Somebody has decided that already.")
SAME_TERRITORY = Code("same_territory", 400, "The customers are in that territory already.")
TERRITORY_LEAVING = Code("territory_leaving", 409, "The customers of that territory are just going to another.")
