"""Texts longer than the encoder's window: cut into windows, a text scored by its best one."""

from __future__ import annotations

import math

LONGEST = 1450  # characters that surely fit 512 tokens of Vietnamese with its marks, prompt included
_TOKENS = 512
_SHARE = 0.6  # of the longest: windows leave room, so that what stands near a cut is whole in one of them


def longest_for(max_tokens: int) -> int:
    """Characters that surely fit an encoder's window of so many tokens.

    >>> longest_for(512), longest_for(128)
    (1450, 362)
    """
    return max(1, LONGEST * min(max_tokens, 8 * _TOKENS) // _TOKENS)


def windows(text: str, longest: int = LONGEST, front: str = "") -> list[str]:
    """The text itself when it fits, else equal parts cut at white space; `front` is put before each.

    >>> windows("một hai ba", front="Trà Vinh: ")
    ['Trà Vinh: một hai ba']
    >>> [len(window) for window in windows("chuyển đổi số " * 150)]
    [699, 699, 699]
    """
    text = text.strip()
    if len(front) + len(text) <= longest:
        return [front + text]
    room = max(1, int(longest * _SHARE))
    parts = math.ceil(len(text) / room)
    result, start = [], 0
    for part in range(1, parts + 1):
        end = len(text) if part == parts else text.find(" ", len(text) * part // parts)
        end = end if end > 0 else len(text)
        if text[start:end].strip():
            result.append(front + text[start:end].strip())
        start = end
    return result
