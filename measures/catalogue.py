"""All measures and their cards."""

from functools import cache
from pathlib import Path

from measures import (
    average_living,
    causes,
    class_shares,
    communes_with_model_rate,
    deprivation_breakdown,
    deprivations,
    household_support,
    list_flows,
    model_participants_out_rate,
    multidimensional,
    near_poor_household_count,
    near_poor_household_rate,
    near_poor_person_count,
    near_poor_person_rate,
    plan_exceptions,
    poor_and_near_poor_household_count,
    poor_and_near_poor_household_rate,
    poor_household_count,
    poor_household_rate,
    poor_list_flows,
    poor_person_count,
    poor_person_rate,
    programme_measures,
    report_on_time_rate,
    resident_household_count,
    resident_person_count,
    reviewed_household_count,
)
from measures.definition import Card, Measure, ModelMeasure
from measures.household_support import HouseholdMeasure
from measures.programme_measures import ProgrammeMeasure
from measures.report_on_time_rate import RegisterMeasure
from reference.yaml_file import read_yaml

_FOLDER = Path(__file__).parent
_SINGLE = (
    poor_household_rate,
    poor_household_count,
    near_poor_household_rate,
    near_poor_household_count,
    poor_and_near_poor_household_rate,
    poor_and_near_poor_household_count,
    poor_person_rate,
    poor_person_count,
    near_poor_person_rate,
    near_poor_person_count,
    reviewed_household_count,
    resident_household_count,
    resident_person_count,
)
_FAMILIES = (
    multidimensional,
    deprivations,
    deprivation_breakdown,
    poor_list_flows,
    list_flows,
    average_living,
    class_shares,
    causes,
    plan_exceptions,
)


@cache
def measures() -> dict[str, Measure]:
    """Every measure over lists and form 1 by name, in the order of the catalogue."""
    found = [module.MEASURE for module in _SINGLE]
    found += [measure for family in _FAMILIES for measure in family.MEASURES]
    return {measure.name: measure for measure in found}


@cache
def reported_measures() -> dict[str, ProgrammeMeasure]:
    """Every measure over the agencies' programme workbooks by name."""
    return {measure.name: measure for measure in programme_measures.MEASURES}


@cache
def model_measures() -> dict[str, ModelMeasure]:
    """Every measure over the register of models by name."""
    return {communes_with_model_rate.MEASURE.name: communes_with_model_rate.MEASURE}


@cache
def register_measures() -> dict[str, RegisterMeasure]:
    """Every measure over the register of files by name."""
    return {report_on_time_rate.MEASURE.name: report_on_time_rate.MEASURE}


@cache
def household_measures() -> dict[str, HouseholdMeasure]:
    """Every measure over lists of households that agencies keep, by name."""
    found = (*household_support.MEASURES, model_participants_out_rate.MEASURE)
    return {measure.name: measure for measure in found}


@cache
def all_measures() -> dict[
    str, Measure | ProgrammeMeasure | ModelMeasure | RegisterMeasure | HouseholdMeasure
]:
    """Every measure of the product by name, whatever it is counted from."""
    return {
        **measures(),
        **reported_measures(),
        **model_measures(),
        **register_measures(),
        **household_measures(),
    }


@cache
def cards() -> dict[str, Card]:
    """The card of every measure by name."""
    single = (
        *_SINGLE,
        communes_with_model_rate,
        model_participants_out_rate,
        report_on_time_rate,
    )
    found = [Card.model_validate(_read(module.MEASURE.name)) for module in single]
    for family in (*_FAMILIES, programme_measures, household_support):
        stem = family.__name__.rpartition(".")[2]
        found += [Card.model_validate(body) for body in family.cards(_read(stem))]
    return {card.name: card for card in found}


def _read(stem: str) -> dict[str, object]:
    content: dict[str, object] = read_yaml(_FOLDER / f"{stem}.yml")
    return content
