"""The sync protocol as a small pure model, run against thousands of seeded histories.

A history is a list of plain operations: phones write, push and pull over a bad network, workers judge and
die, administrators grant, move and delete, operators restore a backup. ``model.run`` plays a history
against a server behind ``door.ServerDoor`` and reports every broken invariant by its name. Everything is
drawn from one seeded generator, so a seed or a printed history replays a failure exactly.

The phone is real in one respect: it speaks only the messages of the protocol through a transport, so the
same phone and the same histories drive the real server.

Modelled: numbers and chain hashes, receiving, draining in units with attempts, savepoints, parking and
waiting, retry, discard, supersede, the log by streams, lanes of the cursor, tags and the head tag, drops,
removals, compaction, moves, grants and revocations, deletes, months, crashes of workers, phones and the
server around every commit, lost pokes, hung workers, cleared storage, cloned phones, restored backups,
compacted logs, and a network that loses, doubles, delays, reorders and truncates.

Checked, by the protocol's numbers: I1 to I7, I9 (parking; not the times of others), I10, I11, I13, I14, I21 and
I22, each in ``watch.py`` but for I13, which ``model.run_twins`` finds by playing a history twice. I15 is part of
I2 here, since every journal is compared with the inbox at the end.

Not modelled: photos, sign-in, gates by rate or size, schema versions, several tabs, news, digests, the
merge policy for shared fields, revoked devices, several organizations, real databases and their locks.
"""
