"""Official documents (公文) in the format of GB/T 9704-2012: what one is, and its writing as .docx."""

from .layout import write_official
from .model import Annex, Block, Figures, Heading, Names, OfficialDocument, Text
from .numbering import fault_of_number

__all__ = [
    "Annex",
    "Block",
    "Figures",
    "Heading",
    "Names",
    "OfficialDocument",
    "Text",
    "fault_of_number",
    "write_official",
]
