"""How an expectation is declared: what is checked, how grave it is, and what the clerk should do."""

from dataclasses import dataclass
from typing import Literal

from great_expectations.expectations import Expectation

Level = Literal["blocking", "warning"]
Kind = Literal["question", "warning"]


@dataclass(frozen=True)
class Check:
    """One expectation.

    ``rule`` is either one of Great Expectations' own, or a query typed by a person that yields one
    row for each cell (or row, or group) that fails, with the columns ``submission_id``, ``sheet``,
    ``row`` (null = the whole file) and ``found`` (Vietnamese; never a personal value), and
    ``column`` where ``column_vi`` does not say it for all. The query reads the suite's table as ``{batch}``: bare where it is alone, with an alias where it is joined.

    ``kind`` is how a failing warning reaches the sender. A failing blocking check holds the
    submission, or the whole build where it belongs to the build.
    """

    check_id: str
    level: Level
    title_vi: str
    title_en: str
    expected_vi: str
    todo_vi: str
    rule: str | Expectation
    column_vi: str | None = None
    kind: Kind = "question"


@dataclass(frozen=True)
class Suite:
    """The checks on one table; ``form`` is null for the build and its results."""

    name: str
    form: str | None
    table: str
    checks: tuple[Check, ...]
