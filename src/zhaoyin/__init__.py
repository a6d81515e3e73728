"""Zhaoyin (招引): investment promotion, from the action plan to the monthly bulletin."""
