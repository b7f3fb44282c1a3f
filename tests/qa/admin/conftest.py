"""Small homes for the tests of administration: plans of a few lines, an encoder without weights."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "index"))  # for fakes and making

from making import few_samples

__all__ = ["few_samples"]
