"""Backups: everything of the database in one portable file, and its way back.

``making`` writes one, ``archive`` is the file, ``rows`` how a row becomes a line in it, ``schema`` which tables there
are, ``restoring`` puts one back, ``shut_out`` keeps out whoever was shut out since, ``proof`` looks whether it is true.
"""
