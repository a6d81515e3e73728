"""The account of the demonstration data. A database with an office's own data never gets it."""

DEMO_USER = "demo"
DEMO_PASSWORD = "yanshi-2022"  # noqa: S105 (printed on the page that asks for it)
