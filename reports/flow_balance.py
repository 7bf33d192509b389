"""From the poor at the beginning of a year to those at its end, as form 2 counts them: a table that adds up."""

from measures.form_cells import Cells
from reference.loading import era_at
from reference.periods import last_day
from reports.official_forms.content import FormNotPossible, form_content
from warehouse.door import Door, NotAllowed

_FORM = 2


def flow_balance(door: Door, period: str) -> Cells:
    """Cells of the province's households in form 2 by column; empty where a commune is not in them.

    A visitor's file does not carry them either.
    """
    province = door.units(era_at(last_day(period)), "province")["code"]
    try:
        form = form_content(door, _FORM, province[0], period)
    except (FormNotPossible, NotAllowed):
        return {}
    cells = form.rows[0].cells
    is_whole = form.units_whole == form.units_expected
    return cells if is_whole and all(cell.value is not None for cell in cells.values()) else {}
