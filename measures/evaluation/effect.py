"""An effect with its interval."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Effect:
    """An estimate with its interval, in the unit of the outcome; ``communes`` counts both groups."""

    estimate: float
    low: float
    high: float
    standard_error: float
    degrees_of_freedom: int
    communes: int
