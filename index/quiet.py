"""Keep what the model libraries say while they load off the terminal."""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def quiet(downloads: bool) -> Iterator[None]:
    """No progress bars, advice or warnings in this block; what goes wrong still comes as an exception.

    With `downloads`, their bars stay if there is a terminal to see them on, since a large model takes minutes.
    """
    from huggingface_hub.utils.tqdm import enable_progress_bars
    from transformers.utils import logging as library

    transformers_logging: Any = library  # has no types of its own
    bars = transformers_logging.is_progress_bar_enabled()
    transformers_logging.disable_progress_bar()  # those of huggingface_hub, too
    if downloads and sys.stderr.isatty():
        enable_progress_bars()
    loggers = [logging.getLogger(name) for name in ("sentence_transformers", "transformers", "huggingface_hub")]
    levels = [logger.level for logger in loggers]
    try:
        for logger in loggers:
            logger.setLevel(logging.ERROR)
        with warnings.catch_warnings(action="ignore"):
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
        if bars:
            transformers_logging.enable_progress_bar()
