"""The sync protocol as a small pure model, run against thousands of seeded histories.

A history is a list of plain operations: phones write, push and pull over a bad network, workers judge and
die, administrators grant, move and delete, operators restore a backup. ``model.run`` plays a history
against a server behind ``door.ServerDoor`` and reports every broken invariant by its name. Everything is
drawn from one seeded generator, so a seed or a printed history replays a failure exactly.

The phone is real in one respect: it speaks only the messages of the protocol through a transport, so the
same phone and the same histories drive the real server.

Modelled: numbers and chain hashes, receiving, draining in units with attempts, savepoints, parking and
waiting, circles of entries that rest on one another (of one phone, and through two), retry, discard, supersede,
what a manager decides about others' entries, applying one with other arguments for its writer, two versions of what
a phone may say on servers that are updated and rolled back under phones of either app, shared fields with their
three-way merge and the rows of their clashes, rows grouped under one another, with a count that the entry of another
row changes, rows that an action takes from the streams of a territory to that of everybody, the log by streams, lanes
of the cursor, tags and the head tag, drops, removals, compaction by age, digests of what a phone holds, moves, grants
and revocations, deletes, months and half years, crashes of workers, phones and the server around every commit, lost
pokes, hung workers, lost phones and members who were switched off, cleared storage and what is told of it, damaged
bases, cloned phones, restored backups with and without their script, and a network that loses, doubles, delays,
reorders and truncates.

Checked, by the protocol's numbers: I1 to I7, I9 (parking; not the times of others), I10 to I14, I16 (two versions of
one kind, and a kind that is new), I18 (whose edit it is; not permissions), I19 (not its seconds), I21 and I22: while
a history runs in ``watch.py``, when all is quiet in ``oracle.py``, ``waits.py`` and ``clashes.py``, with
``outcasts.py`` and ``losses.py`` to remember who was shut out and what was lost. Two more have a name for want of a
number, and hold after every commit (``recount.py``): a group has a head (heads), and counts are what a recount finds
(counts). I13 is found by ``model.run_twins``, which plays a history twice. I15 is part of I2 here, since every journal
is compared with the inbox at the end; so is the loss that a phone with cleared storage is told of, and that nobody
waits for what is over or for themselves.

Not modelled: photos, sign-in, gates by rate or size, versions of shapes and of the phone's own database, entries that
cannot be read at all, two entries of one id, several tabs, news, several organizations, real databases and their
locks; ``real.py`` puts the product's own behind the same door.
"""
