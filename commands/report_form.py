"""``cli.py report form``: one official form. Apart from the other papers, whose writers take a second to load."""

from dataclasses import dataclass
from pathlib import Path

from commands.paper_door import paper_door
from commands.terminal import complain, print_json
from reference.form_definitions import LIST_FORMS
from reference.periods import PeriodError
from reports.official_forms.content import FormNotPossible, form_content
from reports.official_forms.lists import list_content, list_file
from reports.official_forms.sheet import form_file
from warehouse.door import NotAllowed, NothingPublished


@dataclass(frozen=True)
class FormQuestion:
    """What was typed after ``report form``."""

    number: int
    unit: str
    period: str
    status: str | None
    frozen: str | None
    to: Path | None
    is_public: bool = False


def form(data: Path, question: FormQuestion, as_json: bool) -> int:
    """0 when the form was written, else 2 with the reason."""
    try:
        door, meeting = paper_door(data, question.frozen, is_public=question.is_public)
        slug = meeting.slug if meeting else None
        asked = (door, question.number, question.unit, question.period)
        if question.number in LIST_FORMS:
            listed = list_content(*asked)
            written = list_file(listed, slug)
            checksum, build_id = listed.checksum, listed.build_id
        else:
            content = form_content(*asked, question.status)
            written, checksum, build_id = (
                form_file(content, slug),
                content.checksum,
                content.build_id,
            )
    except (FormNotPossible, NotAllowed, NothingPublished, LookupError, PeriodError) as error:
        complain(str(error))
        return 2
    name = f"bieu-{question.number:02d}-{question.unit}-{question.period}.xlsx"
    target = question.to or Path(name)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(written)
    if as_json:
        print_json({"file": str(target), "build_id": build_id, "checksum": checksum})
    else:
        complain(f"Đã ghi {target} (bản {build_id}, mã kiểm tra {checksum}).")
    return 0
