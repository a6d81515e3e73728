"""Every read of imported lists."""

from .batches import LEFT, batches_visible_to, counts_of, hanging, left_over, lines_of
from .known import known_of, projects_of, secret, surroundings_of
from .weighing import weigh_batch, weigh_line

__all__ = [
    "LEFT",
    "batches_visible_to",
    "counts_of",
    "hanging",
    "known_of",
    "left_over",
    "lines_of",
    "projects_of",
    "secret",
    "surroundings_of",
    "weigh_batch",
    "weigh_line",
]
