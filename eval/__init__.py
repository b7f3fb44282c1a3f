"""Data sets, measures, runs, reports."""

import index  # noqa: F401  # before NumPy: see there
