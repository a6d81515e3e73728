"""Holding a workbook's rows against what is stored, and acting on the difference: each row is one small transaction."""

from .finding import Change, Fault
from .people import Applying

__all__ = ["Applying", "Change", "Fault"]
