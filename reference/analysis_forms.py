"""Official forms 4 to 13 as their readers look for them: header words derived from what we write ourselves.

These forms say what the poor and the near-poor lack, who they are and why they are poor. Titles, header
cells and numbers stand in ``reference/official_forms``; only the label columns are those of form 2.
"""

from collections import Counter
from functools import cache

from reference.form_definitions import STATUS_VI, FormDefinition, form_definition
from reference.records import FormColumn, FormLayout

_NUMBERS = tuple(range(4, 14))
_PREFIX = "official_form_"
ANALYSIS_FORMS = tuple(f"{_PREFIX}{number}" for number in _NUMBERS)
_LABELS = ("row_number", "unit_name")
_STATUSES = (*STATUS_VI.values(), f"{STATUS_VI['preliminary']}/{STATUS_VI['official']}")
_AS_REVIEWED, _OF_YEAR = " THEO KẾT QUẢ RÀ SOÁT", " NĂM {year}"


@cache
def analysis_form(name: str) -> FormDefinition:
    """The definition of one of ``ANALYSIS_FORMS``.

    Raises:
        KeyError: no such form.
    """
    if name not in ANALYSIS_FORMS:
        raise KeyError(name)
    return form_definition(int(name.removeprefix(_PREFIX)))


def column_name(number: str) -> str:
    """Canonical name of a numbered column."""
    return f"column_{number}"


def analysis_layout(name: str, labelled: FormLayout) -> FormLayout:
    """Header words of a form; those of its label columns are taken from ``labelled``, form 2.

    The counted column ("Hộ", "Nhân khẩu") exists where a unit has a row of each.

    Raises:
        KeyError: no such form.
    """
    definition = analysis_form(name)
    has_kinds = len(definition.rows) > 1
    labels = (*_LABELS, "counted") if has_kinds else _LABELS
    return FormLayout(
        name=name,
        label_vi=f"{definition.label_vi} (biểu {definition.number})",
        label_en=f"Official form {definition.number}",
        confirmed=definition.confirmed,
        note=definition.note,
        mark=definition.mark,
        source=definition.source,
        titles=_titles(definition),
        columns=(*(labelled.column(label) for label in labels), *_columns(definition)),
        values=labelled.values if has_kinds else {},
    )


def _titles(definition: FormDefinition) -> tuple[str, ...]:
    """The title as each status writes it, and without one; what follows the subject may be left out."""
    title = definition.title_vi.removesuffix(_OF_YEAR)
    subject, _, rest = title.partition(_AS_REVIEWED)
    if rest:
        return (subject.lower(),)
    written = [title.format(status=status) for status in _STATUSES]
    return tuple(text.lower() for text in (title.replace("({status}) ", ""), *written))


def _columns(definition: FormDefinition) -> list[FormColumn]:
    """One column a number: the path of its header cells, and its lowest cell where only it says that."""
    cells = Counter(head for column in definition.columns for head in set(column.heads[:-1]))
    cells += Counter(column.heads[-1] for column in definition.columns)
    return [
        FormColumn(
            name=column_name(column.number),
            headers=tuple(
                dict.fromkeys(
                    " | ".join(path).lower()
                    for path in (column.heads, column.heads[-1:])
                    if path is column.heads or cells[column.heads[-1]] == 1
                )
            ),
            required=column.number == definition.columns[0].number,
            number=int(column.number),
        )
        for column in definition.columns
    ]
