"""Loading a jurisdiction from documented YAML files (docs/how-to/load-a-jurisdiction.md): checked whole, then written whole."""

from .apply import load_folder
from .lines import WrongData

__all__ = ["WrongData", "load_folder"]
