"""A question in, an answer out."""

import index  # noqa: F401  # before NumPy: see there
