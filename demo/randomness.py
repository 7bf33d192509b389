"""Streams of random numbers: one a purpose, so that one part can change without the others."""

from zlib import crc32

import numpy as np


def stream(seed: int, *purpose: str | int) -> np.random.Generator:
    """Generator for one purpose; the same seed and purpose always give the same numbers."""
    parts = [crc32(part.encode()) if isinstance(part, str) else part for part in purpose]
    return np.random.default_rng([seed, *parts])
