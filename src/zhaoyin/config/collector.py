"""Python's garbage collector, told what the product's processes are like."""

import gc

# A reading of a thousand rows makes a hundred thousand objects that live until it ends: looking through them every 700 took
# a fifth of its time (a quarter of a second), every 10 000 a fiftieth, for a few MB more at the peak.
THRESHOLDS = (10_000, 20, 20)


def settle() -> None:
    """Call it when everything is loaded: modules stay for as long as the process and are looked through no more."""
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
