"""Deprivations of one review: the poor with marks everywhere, the near-poor in 35 of 57 communes."""

from collections.abc import Callable

from reference.loading import deprivation_answers, indicators, units

Estimate = Callable[..., dict[str, object]]
POOR = 1000


def rows(estimate: Estimate) -> list[dict[str, object]]:
    """Rows of 2025: 50 + position % of the poor; every number follows from ``POOR`` households."""
    common = {"period": "2025", "era": "2025", "units_reported": 57, "units_expected": 57}
    marks = {each.code: 10 * (40 + each.position) for each in indicators()}
    total = sum(marks.values())
    found = [
        estimate(
            measure="deprivation_intensity", unit="share", value=round(total / 12 / POOR, 4),
            numerator=total, denominator=12 * POOR, **common,
        ),
        estimate(
            measure="adjusted_headcount", unit="share", value=0.0035, numerator=total,
            denominator=12 * 640_000, **common,
        ),
    ]  # fmt: skip
    for code, count in marks.items():
        found += [
            _rate(estimate, f"deprivation_{code}_among_poor", count, POOR, common),
            _rate(
                estimate, f"deprivation_{code}_among_near_poor", count, 3 * POOR,
                {**common, "units_reported": 35},
            ),
            _rate(estimate, f"contribution_{code}_to_adjusted_headcount", count, total, common),
            _rate(estimate, f"censored_headcount_{code}_rate", count, 640_000, common),
        ]  # fmt: skip
        lists = {**common, "units_reported": 12}
        named = count // 10
        found.append(_rate(estimate, f"support_for_{code}_rate", named - 9, named, lists))
        if deprivation_answers()[code].support:
            name = f"supported_among_poor_deprived_in_{code}_rate"
            found.append(_rate(estimate, name, count / 10, count, common))
    for place, unit in enumerate(units().filter(era="2025", level="commune").to_dicts()):
        where = {
            "period": "2025", "era": "2025", "level": "commune", "unit_code": unit["code"],
            "unit_name": unit["name"], "units_reported": 1, "units_expected": 1,
        }  # fmt: skip
        for code in marks:
            found.append(_rate(estimate, f"deprivation_{code}_among_poor", place % 20, 20, where))
            if place < 35:
                name = f"deprivation_{code}_among_near_poor"
                found.append(_rate(estimate, name, place % 30, 30, where))
    return found


def _rate(
    estimate: Estimate, measure: str, count: float, of: float, common: dict[str, object]
) -> dict[str, object]:
    value = round(100 * count / of, 2)
    mark = "ok" if count else "zero"
    return estimate(
        measure=measure, value=value, numerator=count, denominator=of, mark=mark, **common
    )
