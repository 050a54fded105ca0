"""Who gets what at every address. A new address, or a new method of one, needs a row in the file of its room.

A row is: method, address, and the status for each column. An address or a body names rows of the scene in braces;
``{new}`` is an id that is free. Bodies stand below the rows; what has none sends ``{}``. 404 is how a row that is not
seen is answered, exactly as one that does not exist. Every method without a row is refused to everybody.
"""
