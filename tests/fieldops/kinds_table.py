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
asset.add         north     yes        not_found  yes        not_permitted not_permitted yes
asset.add         south     not_found  yes        not_found  not_permitted not_permitted yes
asset.add         abroad    not_found  not_found  not_found  not_found  not_found  not_found
asset.add         taken     id_taken   not_found  id_taken   not_permitted not_permitted id_taken
need.note         north     yes        flag       yes        yes        yes        yes
need.note         south     flag       yes        flag       yes        yes        yes
need.note         abroad    not_found  not_found  not_found  not_found  not_found  not_found
need.note         taken     yes        flag       yes        yes        yes        yes
voice.observe     north     yes        flag       yes        yes        yes        yes
voice.observe     south     flag       yes        flag       yes        yes        yes
voice.observe     abroad    not_found  not_found  not_found  not_found  not_found  not_found
voice.observe     taken     id_taken   id_taken   id_taken   id_taken   id_taken   id_taken
question.ask      north     not_permitted not_permitted not_permitted yes        not_permitted yes
question.ask      south     not_permitted not_permitted not_permitted yes        not_permitted yes
question.ask      abroad    not_found  not_found  not_found  not_found  not_found  not_found
question.ask      taken     not_permitted not_permitted not_permitted id_taken   not_permitted id_taken
asking.answer     north     yes        yes        yes        yes        yes        yes
asking.answer     south     yes        yes        yes        yes        yes        yes
asking.answer     abroad    not_found  not_found  not_found  not_found  not_found  not_found
asking.answer     taken     id_taken   id_taken   id_taken   id_taken   id_taken   id_taken
joining.ask       north     yes        not_found  yes        yes        yes        yes
joining.ask       south     not_found  yes        not_found  yes        yes        yes
joining.ask       abroad    not_found  not_found  not_found  not_found  not_found  not_found
joining.ask       taken     id_taken   not_found  id_taken   id_taken   id_taken   id_taken
ticket.open       north     yes        flag       yes        yes        yes        yes
ticket.open       south     flag       yes        flag       yes        yes        yes
ticket.open       abroad    not_found  not_found  not_found  not_found  not_found  not_found
ticket.open       taken     id_taken   id_taken   id_taken   id_taken   id_taken   id_taken
message.write     north     yes        yes        yes        yes        yes        yes
message.write     south     yes        yes        yes        yes        yes        yes
message.write     abroad    not_found  not_found  not_found  not_found  not_found  not_found
message.write     taken     id_taken   id_taken   id_taken   id_taken   id_taken   id_taken
help.ask          north     yes        yes        yes        yes        yes        yes
help.ask          south     yes        yes        yes        yes        yes        yes
help.ask          abroad    not_found  not_found  not_found  not_found  not_found  not_found
help.ask          taken     id_taken   id_taken   id_taken   id_taken   id_taken   id_taken
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
customer.change   own       yes        out_of_scope yes        not_permitted not_permitted yes
customer.change   bens      yes        out_of_scope yes        not_permitted not_permitted yes
customer.change   dans      out_of_scope yes        out_of_scope not_permitted not_permitted yes
customer.change   theirs    not_found  not_found  not_found  not_found  not_found  not_found
customer.restore  own       yes        out_of_scope yes        not_permitted not_permitted yes
customer.restore  bens      yes        out_of_scope yes        not_permitted not_permitted yes
customer.restore  dans      out_of_scope yes        out_of_scope not_permitted not_permitted yes
customer.restore  theirs    not_found  not_found  not_found  not_found  not_found  not_found
site.change       own       yes        out_of_scope yes        not_permitted not_permitted yes
site.change       bens      yes        out_of_scope yes        not_permitted not_permitted yes
site.change       dans      out_of_scope yes        out_of_scope not_permitted not_permitted yes
site.change       theirs    not_found  not_found  not_found  not_found  not_found  not_found
site.restore      own       yes        out_of_scope yes        not_permitted not_permitted yes
site.restore      bens      yes        out_of_scope yes        not_permitted not_permitted yes
site.restore      dans      out_of_scope yes        out_of_scope not_permitted not_permitted yes
site.restore      theirs    not_found  not_found  not_found  not_found  not_found  not_found
contact.change    own       yes        out_of_scope yes        not_permitted not_permitted yes
contact.change    bens      yes        out_of_scope yes        not_permitted not_permitted yes
contact.change    dans      out_of_scope yes        out_of_scope not_permitted not_permitted yes
contact.change    theirs    not_found  not_found  not_found  not_found  not_found  not_found
contact.restore   own       yes        out_of_scope yes        not_permitted not_permitted yes
contact.restore   bens      yes        out_of_scope yes        not_permitted not_permitted yes
contact.restore   dans      out_of_scope yes        out_of_scope not_permitted not_permitted yes
contact.restore   theirs    not_found  not_found  not_found  not_found  not_found  not_found
asset.change      own       yes        out_of_scope yes        not_permitted not_permitted yes
asset.change      bens      yes        out_of_scope yes        not_permitted not_permitted yes
asset.change      dans      out_of_scope yes        out_of_scope not_permitted not_permitted yes
asset.change      theirs    not_found  not_found  not_found  not_found  not_found  not_found
asset.remove      own       yes        out_of_scope yes        not_permitted not_permitted yes
asset.remove      bens      yes        out_of_scope yes        not_permitted not_permitted yes
asset.remove      dans      out_of_scope yes        out_of_scope not_permitted not_permitted yes
asset.remove      theirs    not_found  not_found  not_found  not_found  not_found  not_found
asset.restore     own       yes        out_of_scope yes        not_permitted not_permitted yes
asset.restore     bens      yes        out_of_scope yes        not_permitted not_permitted yes
asset.restore     dans      out_of_scope yes        out_of_scope not_permitted not_permitted yes
asset.restore     theirs    not_found  not_found  not_found  not_found  not_found  not_found
conflict.resolve  own       yes        yes        yes        yes        yes        yes
conflict.resolve  bens      yes        out_of_scope yes        not_permitted not_permitted yes
conflict.resolve  dans      out_of_scope yes        out_of_scope not_permitted not_permitted yes
conflict.resolve  theirs    not_found  not_found  not_found  not_found  not_found  not_found
need.change       own       not_permitted not_permitted not_permitted yes        not_permitted yes
need.change       bens      not_permitted not_permitted not_permitted yes        not_permitted yes
need.change       dans      not_permitted not_permitted not_permitted yes        not_permitted yes
need.change       theirs    not_found  not_found  not_found  not_found  not_found  not_found
need.take         own       not_permitted not_permitted not_permitted yes        not_permitted yes
need.take         bens      not_permitted not_permitted not_permitted yes        not_permitted yes
need.take         dans      not_permitted not_permitted not_permitted yes        not_permitted yes
need.take         theirs    not_found  not_found  not_found  not_found  not_found  not_found
need.hand_over    own       not_permitted not_permitted not_permitted yes        not_permitted yes
need.hand_over    bens      not_permitted not_permitted not_permitted yes        not_permitted yes
need.hand_over    dans      not_permitted not_permitted not_permitted yes        not_permitted yes
need.hand_over    theirs    not_found  not_found  not_found  not_found  not_found  not_found
need.accept       own       not_permitted not_permitted not_permitted yes        not_permitted yes
need.accept       bens      not_permitted not_permitted not_permitted yes        not_permitted yes
need.accept       dans      not_permitted not_permitted not_permitted yes        not_permitted yes
need.accept       theirs    not_found  not_found  not_found  not_found  not_found  not_found
need.decline      own       not_permitted not_permitted not_permitted yes        not_permitted yes
need.decline      bens      not_permitted not_permitted not_permitted yes        not_permitted yes
need.decline      dans      not_permitted not_permitted not_permitted yes        not_permitted yes
need.decline      theirs    not_found  not_found  not_found  not_found  not_found  not_found
need.build        own       not_permitted not_permitted not_permitted yes        not_permitted yes
need.build        bens      not_permitted not_permitted not_permitted yes        not_permitted yes
need.build        dans      not_permitted not_permitted not_permitted yes        not_permitted yes
need.build        theirs    not_found  not_found  not_found  not_found  not_found  not_found
need.merge        own       not_permitted not_permitted not_permitted yes        not_permitted yes
need.merge        bens      not_permitted not_permitted not_permitted yes        not_permitted yes
need.merge        dans      not_permitted not_permitted not_permitted yes        not_permitted yes
need.merge        theirs    not_found  not_found  not_found  not_found  not_found  not_found
need.unmerge      own       not_permitted not_permitted not_permitted yes        not_permitted yes
need.unmerge      bens      not_permitted not_permitted not_permitted yes        not_permitted yes
need.unmerge      dans      not_permitted not_permitted not_permitted yes        not_permitted yes
need.unmerge      theirs    not_found  not_found  not_found  not_found  not_found  not_found
need.confirm      own       yes        yes        yes        yes        yes        yes
need.confirm      bens      yes        yes        yes        yes        yes        yes
need.confirm      dans      yes        yes        yes        yes        yes        yes
need.confirm      theirs    not_found  not_found  not_found  not_found  not_found  not_found
voice.amend       own       yes        yes        yes        yes        yes        yes
voice.amend       bens      not_yours  not_yours  not_yours  not_yours  not_yours  not_yours
voice.amend       dans      not_yours  not_yours  not_yours  not_yours  not_yours  not_yours
voice.amend       theirs    not_found  not_found  not_found  not_found  not_found  not_found
voice.withdraw    own       yes        yes        yes        yes        yes        yes
voice.withdraw    bens      not_yours  not_yours  not_yours  not_yours  not_yours  not_yours
voice.withdraw    dans      not_yours  not_yours  not_yours  not_yours  not_yours  not_yours
voice.withdraw    theirs    not_found  not_found  not_found  not_found  not_found  not_found
voice.place       own       not_permitted not_permitted not_permitted yes        not_permitted yes
voice.place       bens      not_permitted not_permitted not_permitted yes        not_permitted yes
voice.place       dans      not_permitted not_permitted not_permitted yes        not_permitted yes
voice.place       theirs    not_found  not_found  not_found  not_found  not_found  not_found
theme.rename      own       not_permitted not_permitted not_permitted yes        not_permitted yes
theme.rename      bens      not_permitted not_permitted not_permitted yes        not_permitted yes
theme.rename      dans      not_permitted not_permitted not_permitted yes        not_permitted yes
theme.rename      theirs    not_found  not_found  not_found  not_found  not_found  not_found
theme.remove      own       not_permitted not_permitted not_permitted yes        not_permitted yes
theme.remove      bens      not_permitted not_permitted not_permitted yes        not_permitted yes
theme.remove      dans      not_permitted not_permitted not_permitted yes        not_permitted yes
theme.remove      theirs    not_found  not_found  not_found  not_found  not_found  not_found
theme.restore     own       not_permitted not_permitted not_permitted yes        not_permitted yes
theme.restore     bens      not_permitted not_permitted not_permitted yes        not_permitted yes
theme.restore     dans      not_permitted not_permitted not_permitted yes        not_permitted yes
theme.restore     theirs    not_found  not_found  not_found  not_found  not_found  not_found
question.withdraw own       yes        yes        yes        yes        yes        yes
question.withdraw bens      not_permitted not_permitted not_permitted not_permitted not_permitted yes
question.withdraw dans      not_permitted not_permitted not_permitted not_permitted not_permitted yes
question.withdraw theirs    not_found  not_found  not_found  not_found  not_found  not_found
joining.accept    own       yes        yes        yes        yes        yes        yes
joining.accept    bens      not_yours  not_yours  not_yours  not_yours  not_yours  not_yours
joining.accept    dans      not_yours  not_yours  not_yours  not_yours  not_yours  not_yours
joining.accept    theirs    not_found  not_found  not_found  not_found  not_found  not_found
joining.refuse    own       yes        yes        yes        yes        yes        yes
joining.refuse    bens      not_yours  not_yours  not_yours  not_yours  not_yours  not_yours
joining.refuse    dans      not_yours  not_yours  not_yours  not_yours  not_yours  not_yours
joining.refuse    theirs    not_found  not_found  not_found  not_found  not_found  not_found
joining.withdraw  own       yes        yes        yes        yes        yes        yes
joining.withdraw  bens      not_yours  not_yours  not_yours  not_yours  not_yours  not_yours
joining.withdraw  dans      not_yours  not_yours  not_yours  not_yours  not_yours  not_yours
joining.withdraw  theirs    not_found  not_found  not_found  not_found  not_found  not_found
reply.edit        own       yes        yes        yes        yes        yes        yes
reply.edit        bens      yes        not_permitted yes        yes        yes        yes
reply.edit        dans      not_permitted yes        not_permitted yes        yes        yes
reply.edit        theirs    not_found  not_found  not_found  not_found  not_found  not_found
reply.tell        own       yes        yes        yes        yes        yes        yes
reply.tell        bens      yes        not_permitted yes        yes        yes        yes
reply.tell        dans      not_permitted yes        not_permitted yes        yes        yes
reply.tell        theirs    not_found  not_found  not_found  not_found  not_found  not_found
reply.answer      own       yes        yes        yes        yes        yes        yes
reply.answer      bens      yes        not_permitted yes        yes        yes        yes
reply.answer      dans      not_permitted yes        not_permitted yes        yes        yes
reply.answer      theirs    not_found  not_found  not_found  not_found  not_found  not_found
ticket.change     own       yes        yes        yes        yes        not_permitted yes
ticket.change     bens      yes        out_of_scope yes        yes        not_permitted yes
ticket.change     dans      out_of_scope yes        out_of_scope yes        not_permitted yes
ticket.change     theirs    not_found  not_found  not_found  not_found  not_found  not_found
ticket.take       own       yes        yes        yes        yes        not_permitted yes
ticket.take       bens      yes        out_of_scope yes        yes        not_permitted yes
ticket.take       dans      out_of_scope yes        out_of_scope yes        not_permitted yes
ticket.take       theirs    not_found  not_found  not_found  not_found  not_found  not_found
ticket.assign     own       yes        yes        yes        yes        not_permitted yes
ticket.assign     bens      not_permitted not_permitted yes        not_permitted not_permitted yes
ticket.assign     dans      not_permitted not_permitted not_permitted not_permitted not_permitted yes
ticket.assign     theirs    not_found  not_found  not_found  not_found  not_found  not_found
ticket.wait       own       yes        yes        yes        yes        not_permitted yes
ticket.wait       bens      yes        yes        yes        yes        not_permitted yes
ticket.wait       dans      yes        yes        yes        yes        not_permitted yes
ticket.wait       theirs    not_found  not_found  not_found  not_found  not_found  not_found
ticket.resume     own       yes        yes        yes        yes        not_permitted yes
ticket.resume     bens      yes        yes        yes        yes        not_permitted yes
ticket.resume     dans      yes        yes        yes        yes        not_permitted yes
ticket.resume     theirs    not_found  not_found  not_found  not_found  not_found  not_found
ticket.solve      own       yes        yes        yes        yes        not_permitted yes
ticket.solve      bens      yes        yes        yes        yes        not_permitted yes
ticket.solve      dans      yes        yes        yes        yes        not_permitted yes
ticket.solve      theirs    not_found  not_found  not_found  not_found  not_found  not_found
ticket.reopen     own       yes        yes        yes        yes        not_permitted yes
ticket.reopen     bens      yes        yes        yes        yes        not_permitted yes
ticket.reopen     dans      yes        yes        yes        yes        not_permitted yes
ticket.reopen     theirs    not_found  not_found  not_found  not_found  not_found  not_found
ticket.close      own       yes        yes        yes        yes        not_permitted yes
ticket.close      bens      yes        yes        yes        yes        not_permitted yes
ticket.close      dans      yes        yes        yes        yes        not_permitted yes
ticket.close      theirs    not_found  not_found  not_found  not_found  not_found  not_found
ticket.withdraw   own       yes        yes        yes        yes        yes        yes
ticket.withdraw   bens      not_yours  not_yours  not_yours  not_yours  not_yours  yes
ticket.withdraw   dans      not_yours  not_yours  not_yours  not_yours  not_yours  yes
ticket.withdraw   theirs    not_found  not_found  not_found  not_found  not_found  not_found
ticket.watch      own       yes        yes        yes        yes        yes        yes
ticket.watch      bens      yes        out_of_scope yes        yes        yes        yes
ticket.watch      dans      out_of_scope yes        out_of_scope yes        yes        yes
ticket.watch      theirs    not_found  not_found  not_found  not_found  not_found  not_found
ticket.unwatch    own       yes        yes        yes        yes        yes        yes
ticket.unwatch    bens      yes        yes        yes        yes        yes        yes
ticket.unwatch    dans      yes        yes        yes        yes        yes        yes
ticket.unwatch    theirs    not_found  not_found  not_found  not_found  not_found  not_found
ticket.link       own       yes        out_of_scope yes        yes        not_permitted yes
ticket.link       bens      yes        out_of_scope yes        yes        not_permitted yes
ticket.link       dans      out_of_scope yes        out_of_scope yes        not_permitted yes
ticket.link       theirs    not_found  not_found  not_found  not_found  not_found  not_found
ticket.unlink     own       yes        out_of_scope yes        yes        not_permitted yes
ticket.unlink     bens      yes        out_of_scope yes        yes        not_permitted yes
ticket.unlink     dans      out_of_scope yes        out_of_scope yes        not_permitted yes
ticket.unlink     theirs    not_found  not_found  not_found  not_found  not_found  not_found
ticket.again      own       yes        yes        yes        yes        not_permitted yes
ticket.again      bens      yes        yes        yes        yes        not_permitted yes
ticket.again      dans      yes        yes        yes        yes        not_permitted yes
ticket.again      theirs    not_found  not_found  not_found  not_found  not_found  not_found
ticket.acknowledge own       yes        yes        yes        yes        yes        yes
ticket.acknowledge bens      yes        yes        yes        yes        yes        yes
ticket.acknowledge dans      yes        yes        yes        yes        yes        yes
ticket.acknowledge theirs    not_found  not_found  not_found  not_found  not_found  not_found
ticket.review     own       not_permitted not_permitted not_permitted not_permitted not_permitted not_permitted
ticket.review     bens      not_permitted not_permitted yes        not_permitted yes        yes
ticket.review     dans      not_permitted not_permitted yes        not_permitted yes        yes
ticket.review     theirs    not_found  not_found  not_found  not_found  not_found  not_found
message.withdraw  own       yes        yes        yes        yes        yes        yes
message.withdraw  bens      not_yours  not_yours  not_yours  not_yours  not_yours  not_yours
message.withdraw  dans      not_yours  not_yours  not_yours  not_yours  not_yours  not_yours
message.withdraw  theirs    not_found  not_found  not_found  not_found  not_found  not_found
help.answer       own       yes        yes        yes        yes        yes        yes
help.answer       bens      yes        yes        yes        yes        yes        yes
help.answer       dans      yes        yes        yes        yes        yes        yes
help.answer       theirs    not_found  not_found  not_found  not_found  not_found  not_found
help.withdraw     own       yes        yes        yes        yes        yes        yes
help.withdraw     bens      not_yours  not_yours  not_yours  not_yours  not_yours  not_yours
help.withdraw     dans      not_yours  not_yours  not_yours  not_yours  not_yours  not_yours
help.withdraw     theirs    not_found  not_found  not_found  not_found  not_found  not_found
cause.settle      own       yes        out_of_scope yes        yes        not_permitted yes
cause.settle      bens      yes        out_of_scope yes        yes        not_permitted yes
cause.settle      dans      out_of_scope yes        out_of_scope yes        not_permitted yes
cause.settle      theirs    not_found  not_found  not_found  not_found  not_found  not_found
cause.change      own       yes        out_of_scope yes        yes        not_permitted yes
cause.change      bens      yes        out_of_scope yes        yes        not_permitted yes
cause.change      dans      out_of_scope yes        out_of_scope yes        not_permitted yes
cause.change      theirs    not_found  not_found  not_found  not_found  not_found  not_found
notification.read own       yes        yes        yes        yes        yes        yes
notification.read bens      not_found  not_found  not_found  not_found  not_found  not_found
notification.read dans      not_found  not_found  not_found  not_found  not_found  not_found
notification.read theirs    not_found  not_found  not_found  not_found  not_found  not_found
notification.read_all own       yes        yes        yes        yes        yes        yes
notification.read_all bens      not_found  not_found  not_found  not_found  not_found  not_found
notification.read_all dans      not_found  not_found  not_found  not_found  not_found  not_found
notification.read_all theirs    not_found  not_found  not_found  not_found  not_found  not_found
entry.retry       own       yes        yes        yes        yes        yes        yes
entry.retry       bens      not_found  not_found  not_found  not_found  not_found  not_found
entry.retry       dans      not_found  not_found  not_found  not_found  not_found  not_found
entry.retry       theirs    not_found  not_found  not_found  not_found  not_found  not_found
entry.discard     own       yes        yes        yes        yes        yes        yes
entry.discard     bens      not_found  not_found  not_found  not_found  not_found  not_found
entry.discard     dans      not_found  not_found  not_found  not_found  not_found  not_found
entry.discard     theirs    not_found  not_found  not_found  not_found  not_found  not_found
"""

# What is of no customer and nobody's.
OF_NOBODY = """
                            ana        carl       mia        jun        eva        ada
theme.add         new       not_permitted not_permitted not_permitted yes        not_permitted yes
preference.set    new       yes        yes        yes        yes        yes        yes
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
    "asset.add": {"tag": "A-17"},
    "asset.change": {"notes": "Third floor", "seen": {"notes": ""}},
    "conflict.resolve": {"choice": "keep"},
    "need.note": {"text": "It should be quieter"},
    "need.change": {"title": "Silent pumps", "seen": {"title": ""}},
    "need.decline": {"reason": "Too rare"},
    "voice.observe": {"sign": "waits"},
    "voice.amend": {"importance": 3},
    "question.ask": {"text": "How often?"},
    "asking.answer": {"value": "yes"},
    "reply.edit": {"text": "Your pump is quiet now."},
    "reply.answer": {"value": "solved"},
    "preference.set": {"digest_at": "08:00"},
    "ticket.open": {"text": "It leaks"},
    "ticket.change": {"severity": "high", "seen": {"severity": "normal"}},
    "ticket.wait": {"waits_for": "parts"},
    "ticket.close": {"text": "The seal was worn", "countermeasure": "A new seal every year"},
    "ticket.review": {"review": "server"},
    "message.write": {"audience": "internal", "text": "The seal is ordered"},
    "help.ask": {"text": "Which seal is it?"},
    "help.answer": {"answer": "The blue one"},
    "cause.settle": {"text": "The seal was worn", "countermeasure": "A new seal every year"},
    "cause.change": {"text": "The shaft was bent", "seen": {"text": "The seal was worn"}},
}
PLACES = ("north", "south", "abroad", "taken")
NEW = "new"
OWNERS = ("own", "bens", "dans", "theirs")
WRITERS = ("ana", "carl", "mia", "jun", "eva", "ada")

Cell = tuple[str, str]


def read(table: str) -> dict[Cell, dict[str, str]]:
    """(kind, whose) → writer → what becomes of it."""
    head, *lines = [line.split() for line in table.splitlines() if line.strip()]
    assert tuple(head) == WRITERS
    return {(kind, whose): dict(zip(head, said, strict=True)) for kind, whose, *said in lines}


def without_row(kinds: set[str]) -> set[str]:
    """Kinds that miss a row of every table, and rows of kinds that nobody registered."""
    makes, changes = read(MAKES), read(CHANGES)
    whole = {kind for kind, _ in makes if all((kind, place) in makes for place in PLACES)}
    whole |= {kind for kind, _ in changes if all((kind, owner) in changes for owner in OWNERS)}
    whole |= {kind for kind, _ in read(OF_NOBODY)}
    return kinds ^ whole
