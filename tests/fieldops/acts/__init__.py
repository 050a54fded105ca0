"""Everything that changes what phones hold, as a table: each act is tried on the scene of tests/fieldops/scene.py.

What stands in braces is the id of a row of the scene; a name nobody has is an id that is free.
"""
