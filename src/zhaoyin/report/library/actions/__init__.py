"""What the library writes: what people keep of it, many projects edited at once, and that a list was taken out."""

from .bulk import edit_many
from .exports import record_export
from .keeping import CannotKeep, open_first, pin, remove_view, save_view

__all__ = ["CannotKeep", "edit_many", "open_first", "pin", "record_export", "remove_view", "save_view"]
