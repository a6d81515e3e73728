"""`zhaoyin django …`: Django's own management commands, with our settings."""

import argparse


def declare(parser: argparse.ArgumentParser) -> None:
    """Everything after the name is Django's."""
    parser.add_argument("rest", nargs=argparse.REMAINDER)
