"""A worksheet of texts and numbers, each with a format: the library's bytes in less of its time."""

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell_fast
from xlsxwriter.worksheet import CellNumberTuple, CellStringTuple, Worksheet


class PlainSheet(Worksheet):  # type: ignore[misc]
    """Every file of the demo goes through these two: a province has four million cells."""

    def put(self, row: int, column: int, content: str | float, look: Format) -> None:
        """Keep a cell, without asking once more what its address and its type are."""
        if isinstance(content, str):
            self._write_string(row, column, content, look)
        else:
            self._write_number(row, column, content, look)

    def _write_cell(self, row: int, col: int, cell: object) -> None:
        if isinstance(cell, CellStringTuple) and cell.format:
            place, look = xl_rowcol_to_cell_fast(row, col), cell.format._get_xf_index()
            self.fh.write(f'<c r="{place}" s="{look}" t="s"><v>{cell.string}</v></c>')
        elif isinstance(cell, CellNumberTuple) and cell.format:
            place, look = xl_rowcol_to_cell_fast(row, col), cell.format._get_xf_index()
            self.fh.write(f'<c r="{place}" s="{look}"><v>{cell.number:.16G}</v></c>')
        else:
            super()._write_cell(row, col, cell)
