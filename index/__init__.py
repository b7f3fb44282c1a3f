"""Passages in, ranked hits out.

NumPy's own threads are held to one before NumPy is first imported: what is multiplied here takes microseconds, and a
team of threads that waits for more takes the cores from the encoder (on two cores a search took twice as long).
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
