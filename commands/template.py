"""``cli.py template``: a blank workbook of one programme form."""

from pathlib import Path

from commands.terminal import complain
from reference.periods import PeriodError
from reference.programmes import programme_forms
from reports.programme_template import programme_template


def run(form: str, period: str, to: Path | None) -> int:
    """0 when the workbook was written; names of the forms when there is no such form."""
    known = {each.name: each for each in programme_forms()}
    chosen = known.get(form.removeprefix("programme_"))
    if chosen is None:
        complain(f"Không có biểu {form}. Có: {', '.join(known)}.")
        return 2
    try:
        content = programme_template(chosen.name, period)
    except PeriodError as error:
        complain(str(error))
        return 2
    target = to or Path(f"{chosen.name}-{period}.xlsx")
    if target.exists():
        complain(f"Tệp {target} đã có; chọn tên khác bằng --to.")
        return 2
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    complain(f"Đã ghi {target}: {chosen.label_vi}, {period}.")
    return 0
