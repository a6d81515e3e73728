"""Files that any upper room hangs on its records: kept under random names, looked into before, handed out with care.

The room knows no record but by kind and number, and no scope: the room whose record it is asks who may do what.
"""
