"""Decisions about signing in, and about the people who do."""
