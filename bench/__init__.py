"""The benchmark: each figure beside the floor measured in the same run. `make bench` or `python -m bench`."""
