"""Run apart: ingest files into a home with the encoder of the tests.

python tests/qa/admin/ingesting.py HOME FILE...
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "index"))

from fakes import HashEncoder
from making import SAMPLES, building

from qa import homes

if __name__ == "__main__":
    building.default_samples = lambda: SAMPLES  # type: ignore[assignment]
    for path in sys.argv[2:]:
        homes.ingest(Path(sys.argv[1]), [Path(path)], HashEncoder())
