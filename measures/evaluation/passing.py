"""Who passed the support on to whom, as the lists of participants say; numbers count inside their model."""

from collections.abc import Iterator

import polars as pl

from measures.evaluation.replication import Passing, depths


def turns(joined: pl.DataFrame) -> Iterator[Passing]:
    """One turn a participant, in the order of ``joined``."""
    givers: dict[tuple[str, str], str] = {}
    rows = joined.to_dicts()
    for row in rows:
        for taker in row["passed_on_to"] or ():
            givers[str(row["model_id"]), taker] = f"{row['model_id']} {row['participant_number']}"
    for row in rows:
        key = (str(row["model_id"]), str(row["participant_number"]))
        yield Passing(
            participant=" ".join(key),
            received_from=givers.get(key),
            entry=row["entry_date"],
            support_vnd=row["support_vnd"],
            recovered_vnd=row["recovered_vnd"],
        )


def tree(joined: pl.DataFrame) -> pl.DataFrame:
    """One row a participant: model_id, era, unit_code, participant_number, received_from, turn, entry_date.

    ``received_from`` is the number of the giver inside the same model; turn 1 was funded first.
    """
    found = list(turns(joined))
    turn = depths(found)
    givers = [
        one.received_from.rpartition(" ")[2]
        if one.received_from in turn and one.received_from
        else None
        for one in found
    ]
    return joined.select(
        "model_id", "era", "unit_code", "participant_number",
        pl.Series("received_from", givers, pl.String()),
        pl.Series("turn", [turn[one.participant] for one in found], pl.Int64()),
        "entry_date",
    )  # fmt: skip
