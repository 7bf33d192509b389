"""The plan's indicators that agencies report on: each a ratio of sums of their half-yearly figures.

A term names a programme and a quantity of ``reference/programmes``. Group rates come from the sums, never from
other rates. Indicators: plan II.2; definitions: docs/assumptions.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from reference.programmes import programmes

Term = tuple[str, str]
SCHOOL_LEVELS = ("preschool", "primary", "secondary", "upper_secondary", "tertiary")
_BORROWERS = ("credit_poor", "credit_near_poor", "credit_newly_escaped", "credit_other")
_TUITION = tuple(f"tuition_poor_{level}" for level in SCHOOL_LEVELS)


@dataclass(frozen=True)
class ProgrammeMeasure:
    """A figure over the agencies' workbooks.

    A commune is in the figure when it reported every term; what is missing is never taken for zero.
    """

    name: str
    unit: Literal["pct", "model"]
    numerator: tuple[Term, ...]
    denominator: tuple[Term, ...] | None = None
    decimals: int = 2

    @property
    def scale(self) -> int:
        """100 for percentages, else 1."""
        return 100 if self.unit == "pct" else 1

    @property
    def counted(self) -> str:
        """What the numerator counts: household, person, pupil, vnd or count."""
        programme, quantity = self.numerator[0]
        return programmes()[programme].column(quantity).unit

    @property
    def terms(self) -> tuple[tuple[str, str, str], ...]:
        """(role, programme, quantity) of every term."""
        return (
            *(("numerator", *term) for term in self.numerator),
            *(("denominator", *term) for term in self.denominator or ()),
        )


def _of(programmes: tuple[str, ...], quantity: str) -> tuple[Term, ...]:
    return tuple((programme, quantity) for programme in programmes)


def _met(
    name: str, programme: str, reached: str = "reached", wanted: str = "need"
) -> ProgrammeMeasure:
    return ProgrammeMeasure(name, "pct", ((programme, reached),), ((programme, wanted),))


MEASURES = (
    ProgrammeMeasure(
        "credit_need_met_rate", "pct", _of(_BORROWERS, "reached"), _of(_BORROWERS, "need")
    ),
    ProgrammeMeasure(
        "credit_amount_met_rate",
        "pct",
        _of(_BORROWERS, "disbursed_vnd"),
        _of(_BORROWERS, "requested_vnd"),
    ),
    ProgrammeMeasure(
        "credit_overdue_rate",
        "pct",
        _of(_BORROWERS, "overdue_vnd"),
        _of(_BORROWERS, "outstanding_vnd"),
    ),
    _met("vocational_training_met_rate", "vocational_training"),
    _met("stable_job_rate", "vocational_training", "outcome", "reached"),
    _met("extension_training_met_rate", "extension_training"),
    _met("poor_health_insurance_rate", "insurance_poor", wanted="eligible"),
    _met("near_poor_health_insurance_rate", "insurance_near_poor", wanted="eligible"),
    ProgrammeMeasure(
        "tuition_exemption_rate", "pct", _of(_TUITION, "reached"), _of(_TUITION, "eligible")
    ),
    _met("student_loan_met_rate", "credit_student"),
    _met("officer_training_rate", "officers_commune", wanted="eligible"),
    _met("village_head_training_rate", "officers_village", wanted="eligible"),
    ProgrammeMeasure("active_model_count", "model", (("models_active", "reached"),)),
)


def cards(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """One card a measure: what is common to all, and its own words."""
    for name, body in content["measures"].items():
        yield {"name": name, **content["common"], **body}
