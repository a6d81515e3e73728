"""Who may do what, and where: permissions, roles, scopes, and the questions every room asks about them.

The room knows no accounts: ground.accounts, which keeps them, tells in its `apps.py` how they are looked up.
"""
