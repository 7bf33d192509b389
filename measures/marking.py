"""From sums to a figure: value, mark and status; the same rules for every source."""

import ibis
from ibis import _
from ibis.expr.types import Table

from warehouse.geography import NOT_ATTRIBUTABLE
from warehouse.result_tables import RESULT__ESTIMATE

STATUS_RANKS = (("restated", 4), ("official", 3), ("preliminary", 2), ("estimate", 1))


def marked(sums: Table) -> Table:
    """Rows of ``result__estimate`` from rows with numerator, denominator, coverage and ``status_rank``.

    ``is_ratio``, ``scale`` and ``steps`` (10 to the number of decimals) say how a value is made; a ratio is
    rounded half up in whole numbers, so that 0,945 is 0,95.
    """
    # A sum over no commune at all is 0, not unknown.
    sums = sums.mutate(numerator=(_.units_expected == 0).ifelse(0.0, _.numerator))
    # Nothing heard is not zero, though it adds nothing to a sum.
    unheard = (_.numerator == 0) & (_.units_reported == 0) & (_.units_expected > 0)
    # More households out than were on the list: the decisions and the list contradict each other.
    contradicted = _.numerator < 0
    unknown = _.numerator.isnull() | (_.is_ratio & _.denominator.isnull()) | unheard | contradicted
    no_case = _.is_ratio & (_.denominator == 0)
    mark = ibis.cases(
        (unknown, "no_data"),
        (_.to_code == NOT_ATTRIBUTABLE, "not_attributable"),
        (no_case, "no_case"),
        (_.numerator == 0, "zero"),
        else_="ok",
    )
    doubled = (2 * _.numerator * _.scale * _.steps).cast("int64")
    half_up = (doubled + _.denominator.cast("int64")) // (2 * _.denominator).cast("int64") / _.steps
    value = ibis.cases((unknown | no_case, None), (_.is_ratio, half_up), else_=_.numerator)
    status = _.status_rank.cases(*((rank, name) for name, rank in STATUS_RANKS), else_=None)
    figures = sums.mutate(mark=mark, value=value, status=status, era=_.to_era, unit_code=_.to_code)
    return figures.select(*RESULT__ESTIMATE.columns).cast(RESULT__ESTIMATE.ibis_schema)
