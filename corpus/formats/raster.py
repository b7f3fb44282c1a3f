"""A scanned page made straight, and the ruled lines taken off it: they disturb the recognition of words."""

from __future__ import annotations

from typing import Any

_DARK = 140  # of 255
_SHORTEST = 120  # dots: 1 cm; letters have no straight stroke that long
_COARSE = 4  # the slant is looked for in a picture this many times smaller
_STRIPS = 32
_STEEPEST, _STEP = 0.035, 0.0005  # dots down for a dot across: 2 degrees, 0.03 degrees

Line = tuple[int, int, int, int]
"""Left, top, right, bottom in dots."""


def straighten(picture: bytes, width: int, height: int) -> tuple[list[Line], bytes]:
    """The ruled lines of a grey picture (PGM), and the picture turned straight without them."""
    import numpy as np

    header, _, body = picture.partition(b"\n")
    dots = np.frombuffer(body, dtype=np.uint8)[: width * height].reshape(height, width)
    slope = _slope(dots < _DARK)
    if abs(slope) >= _STEP:
        dots = _shear(_shear(dots, slope).T, -slope).T  # two shears are a turn, as long as it is small
    dots = dots.copy()
    dark = dots < _DARK
    lines: list[Line] = []
    for upright in (False, True):
        for at, start, end in _runs(dark.T if upright else dark):
            lines.append((at, start, at, end) if upright else (start, at, end, at))
            around = slice(max(0, at - 1), at + 2)
            if upright:
                dots[start:end, around] = 255
            else:
                dots[around, start:end] = 255
    return lines, header + b"\n" + dots.tobytes()


def _slope(dark: Any) -> float:
    """How far the page's lines fall to the right: where the rows, so corrected, differ most in their ink."""
    import numpy as np

    height, width = dark.shape[0] // _COARSE * _COARSE, dark.shape[1] // (_COARSE * _STRIPS) * _COARSE * _STRIPS
    if not height or not width:
        return 0.0
    strips = dark[:height, :width].reshape(height // _COARSE, _COARSE, _STRIPS, -1).sum(axis=(1, 3), dtype=np.int64)
    spread = width / _STRIPS / _COARSE
    best, sharpest = 0.0, -1.0
    for slope in np.arange(-_STEEPEST, _STEEPEST + _STEP / 2, _STEP):
        shifted = [np.roll(strips[:, i], -round(float(slope) * spread * (i + 0.5))) for i in range(_STRIPS)]
        sharpness = float(np.var(np.sum(shifted, axis=0)))
        if sharpness > sharpest:
            best, sharpest = float(slope), sharpness
    return best


def _shear(dots: Any, slope: float) -> Any:
    """Each column moved up by its distance from the left times the slope; white moves in."""
    import numpy as np

    result = np.full_like(dots, 255)
    height, width = dots.shape
    step = max(1, int(1 / abs(slope)))  # columns that move alike
    for left in range(0, width, step):
        columns = slice(left, min(left + step, width))
        by = round(slope * (left + step / 2))
        if 0 <= by < height:
            result[: height - by, columns] = dots[by:, columns]
        elif -height < by < 0:
            result[-by:, columns] = dots[:by, columns]
    return result


def _runs(dark: Any) -> list[tuple[int, int, int]]:
    """Row, start and end of the runs of dark dots that are `_SHORTEST` or longer."""
    import numpy as np

    padded = np.zeros((dark.shape[0], dark.shape[1] + 2), dtype=np.int8)
    padded[:, 1:-1] = dark
    change = np.diff(padded, axis=1)
    rows, starts = np.nonzero(change == 1)
    _, ends = np.nonzero(change == -1)
    long = ends - starts >= _SHORTEST
    return list(zip(rows[long].tolist(), starts[long].tolist(), ends[long].tolist(), strict=True))
