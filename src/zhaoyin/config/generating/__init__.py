"""Filling a database with made-up projects, the same ones every time, for benchmarks and load tests."""

from .county import generate
from .province import generate_province

__all__ = ["generate", "generate_province"]
