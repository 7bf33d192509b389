"""``cli.py template``: a blank workbook of one programme form, of targets, duties, models, support or audits."""

from pathlib import Path

from commands.terminal import complain
from reference.loading import form_layout
from reference.periods import PeriodError
from reference.programmes import FORM_PREFIX, programme_forms
from reports.plan_template import FORMS, plan_template
from reports.programme_template import programme_template


def run(form: str, period: str, to: Path | None) -> int:
    """0 when the workbook was written; names of the forms when there is no such form."""
    name = form.removeprefix(FORM_PREFIX)
    known = {each.name: each.label_vi for each in programme_forms()}
    known |= {each: form_layout(each).label_vi for each in FORMS}
    if name not in known:
        complain(f"Không có biểu {form}. Có: {', '.join(known)}.")
        return 2
    make = plan_template if name in FORMS else programme_template
    try:
        content = make(name, period)
    except PeriodError as error:
        complain(str(error))
        return 2
    target = to or Path(f"{name}-{period}.xlsx")
    if target.exists():
        complain(f"Tệp {target} đã có; chọn tên khác bằng --to.")
        return 2
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    complain(f"Đã ghi {target}: {known[name]}, {period}.")
    return 0
