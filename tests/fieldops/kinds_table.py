"""What becomes of every kind of entry: whose row it speaks of, and who wrote it. A new kind needs its rows here.

``yes`` is applied, ``flag`` is applied and flagged outside_territory, anything else is the code it parks with.
Ana and Ben work the North, Carl and Dan the South. Facts are taken from everywhere; only their flag tells.
"""

from __future__ import annotations

from typing import Any

# A new row: at a customer (or about a visit) in the North, in the South, of another organization, and under an id
# that is Ben's already.
MAKES = """
                            ana        carl       mia        jun        eva        ada
visit.plan        north     yes        flag       yes        yes        yes        yes
visit.plan        south     flag       yes        flag       yes        yes        yes
visit.plan        abroad    not_found  not_found  not_found  not_found  not_found  not_found
visit.plan        taken     id_taken   id_taken   id_taken   id_taken   id_taken   id_taken
visit.arrive      north     yes        flag       yes        yes        yes        yes
visit.arrive      south     flag       yes        flag       yes        yes        yes
visit.arrive      abroad    not_found  not_found  not_found  not_found  not_found  not_found
visit.arrive      taken     not_yours  not_yours  not_yours  not_yours  not_yours  not_yours
visit.log         north     yes        flag       yes        yes        yes        yes
visit.log         south     flag       yes        flag       yes        yes        yes
visit.log         abroad    not_found  not_found  not_found  not_found  not_found  not_found
visit.log         taken     not_yours  not_yours  not_yours  not_yours  not_yours  not_yours
commitment.make   north     yes        yes        yes        yes        yes        yes
commitment.make   south     yes        yes        yes        yes        yes        yes
commitment.make   abroad    not_found  not_found  not_found  not_found  not_found  not_found
commitment.make   taken     id_taken   id_taken   id_taken   id_taken   id_taken   id_taken
comment.add       north     yes        yes        yes        yes        yes        yes
comment.add       south     yes        yes        yes        yes        yes        yes
comment.add       abroad    not_found  not_found  not_found  not_found  not_found  not_found
comment.add       taken     id_taken   id_taken   id_taken   id_taken   id_taken   id_taken
"""

# A row there is: one's own (in the North), Ben's in the North, Dan's in the South, and one of another organization.
# Shared rows are nobody's: they lie where that person's would.
CHANGES = """
                            ana        carl       mia        jun        eva        ada
visit.cancel      own       yes        flag       yes        yes        yes        yes
visit.cancel      bens      not_yours  not_yours  not_yours  not_yours  not_yours  not_yours
visit.cancel      dans      not_yours  not_yours  not_yours  not_yours  not_yours  not_yours
visit.cancel      theirs    not_found  not_found  not_found  not_found  not_found  not_found
visit.amend       own       yes        flag       yes        yes        yes        yes
visit.amend       bens      not_yours  not_yours  not_yours  not_yours  not_yours  not_yours
visit.amend       dans      not_yours  not_yours  not_yours  not_yours  not_yours  not_yours
visit.amend       theirs    not_found  not_found  not_found  not_found  not_found  not_found
visit.withdraw    own       yes        flag       yes        yes        yes        yes
visit.withdraw    bens      not_yours  not_yours  not_yours  not_yours  not_yours  not_yours
visit.withdraw    dans      not_yours  not_yours  not_yours  not_yours  not_yours  not_yours
visit.withdraw    theirs    not_found  not_found  not_found  not_found  not_found  not_found
commitment.keep   own       yes        yes        yes        yes        yes        yes
commitment.keep   bens      not_permitted not_permitted not_permitted not_permitted not_permitted yes
commitment.keep   dans      not_permitted not_permitted not_permitted not_permitted not_permitted yes
commitment.keep   theirs    not_found  not_found  not_found  not_found  not_found  not_found
commitment.move   own       yes        yes        yes        yes        yes        yes
commitment.move   bens      not_permitted not_permitted not_permitted not_permitted not_permitted yes
commitment.move   dans      not_permitted not_permitted not_permitted not_permitted not_permitted yes
commitment.move   theirs    not_found  not_found  not_found  not_found  not_found  not_found
comment.withdraw  own       yes        yes        yes        yes        yes        yes
comment.withdraw  bens      not_yours  not_yours  not_yours  not_yours  not_yours  not_yours
comment.withdraw  dans      not_yours  not_yours  not_yours  not_yours  not_yours  not_yours
comment.withdraw  theirs    not_found  not_found  not_found  not_found  not_found  not_found
customer.change   own       yes        out_of_scope yes      not_permitted not_permitted yes
customer.change   bens      yes        out_of_scope yes      not_permitted not_permitted yes
customer.change   dans      out_of_scope yes      out_of_scope not_permitted not_permitted yes
customer.change   theirs    not_found  not_found  not_found  not_found  not_found  not_found
customer.restore  own       yes        out_of_scope yes      not_permitted not_permitted yes
customer.restore  bens      yes        out_of_scope yes      not_permitted not_permitted yes
customer.restore  dans      out_of_scope yes      out_of_scope not_permitted not_permitted yes
customer.restore  theirs    not_found  not_found  not_found  not_found  not_found  not_found
site.change       own       yes        out_of_scope yes      not_permitted not_permitted yes
site.change       bens      yes        out_of_scope yes      not_permitted not_permitted yes
site.change       dans      out_of_scope yes      out_of_scope not_permitted not_permitted yes
site.change       theirs    not_found  not_found  not_found  not_found  not_found  not_found
site.restore      own       yes        out_of_scope yes      not_permitted not_permitted yes
site.restore      bens      yes        out_of_scope yes      not_permitted not_permitted yes
site.restore      dans      out_of_scope yes      out_of_scope not_permitted not_permitted yes
site.restore      theirs    not_found  not_found  not_found  not_found  not_found  not_found
contact.change    own       yes        out_of_scope yes      not_permitted not_permitted yes
contact.change    bens      yes        out_of_scope yes      not_permitted not_permitted yes
contact.change    dans      out_of_scope yes      out_of_scope not_permitted not_permitted yes
contact.change    theirs    not_found  not_found  not_found  not_found  not_found  not_found
contact.restore   own       yes        out_of_scope yes      not_permitted not_permitted yes
contact.restore   bens      yes        out_of_scope yes      not_permitted not_permitted yes
contact.restore   dans      out_of_scope yes      out_of_scope not_permitted not_permitted yes
contact.restore   theirs    not_found  not_found  not_found  not_found  not_found  not_found
conflict.resolve  own       yes        yes        yes        yes        yes        yes
conflict.resolve  bens      yes        out_of_scope yes      not_permitted not_permitted yes
conflict.resolve  dans      out_of_scope yes      out_of_scope not_permitted not_permitted yes
conflict.resolve  theirs    not_found  not_found  not_found  not_found  not_found  not_found
entry.retry       own       yes        yes        yes        yes        yes        yes
entry.retry       bens      not_found  not_found  not_found  not_found  not_found  not_found
entry.retry       dans      not_found  not_found  not_found  not_found  not_found  not_found
entry.retry       theirs    not_found  not_found  not_found  not_found  not_found  not_found
entry.discard     own       yes        yes        yes        yes        yes        yes
entry.discard     bens      not_found  not_found  not_found  not_found  not_found  not_found
entry.discard     dans      not_found  not_found  not_found  not_found  not_found  not_found
entry.discard     theirs    not_found  not_found  not_found  not_found  not_found  not_found
"""

# What each says besides the row it is about.
ARGUMENTS: dict[str, dict[str, Any]] = {
    "visit.plan": {"planned_for": "2026-12-01"},
    "visit.log": {"outcome": "progress"},
    "visit.amend": {"note": "Rather so"},
    "commitment.make": {"step": "quote", "due_on": "2026-12-01"},
    "commitment.move": {"due_on": "2026-12-08"},
    "comment.add": {"text": "Well done"},
    "customer.change": {"segment": "Mills", "seen": {"segment": ""}},
    "site.change": {"access_gate": "Ring twice", "seen": {"access_gate": ""}},
    "contact.change": {"title": "Director", "seen": {"title": ""}},
    "conflict.resolve": {"choice": "keep"},
}
PLACES = ("north", "south", "abroad", "taken")
OWNERS = ("own", "bens", "dans", "theirs")
WRITERS = ("ana", "carl", "mia", "jun", "eva", "ada")

Cell = tuple[str, str]


def read(table: str) -> dict[Cell, dict[str, str]]:
    """(kind, whose) → writer → what becomes of it."""
    head, *lines = [line.split() for line in table.splitlines() if line.strip()]
    assert tuple(head) == WRITERS
    return {(kind, whose): dict(zip(head, said, strict=True)) for kind, whose, *said in lines}


def without_row(kinds: set[str]) -> set[str]:
    """Kinds that miss a row of either table, and rows of kinds that nobody registered."""
    makes, changes = read(MAKES), read(CHANGES)
    whole = {kind for kind, _ in makes if all((kind, place) in makes for place in PLACES)}
    whole |= {kind for kind, _ in changes if all((kind, owner) in changes for owner in OWNERS)}
    return kinds ^ whole
