"""Bringing organisations from a workbook."""
