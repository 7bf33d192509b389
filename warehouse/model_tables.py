"""Tables of the evaluation of models."""

from warehouse.contract import DATE, DECIMAL, INTEGER, TEXT, UNIT_KEY, Column, table

_MODEL = {"model_id": Column(TEXT, "code of the pilot: names the model with all its copies")}
_FUNNEL = {
    f"{side}_{level}_share": Column(
        DECIMAL, f"{words} limit of the funnel at {per_cent} % for that many households"
    )
    for level, per_cent in (("95", "95"), ("998", "99.8"))
    for side, words in (("low", "lower"), ("high", "upper"))
}

RESULT__MODEL = table(
    "result__model",
    "one model of poverty reduction and part of it: all, pilot or copies; shares from 0 to 1",
    **_MODEL,
    part=Column(TEXT, "all, pilot or copies"),
    model_name=Column(TEXT, "name as the agency wrote it"),
    model_type=Column(TEXT, "crops, livestock, … as in the register"),
    agency_name=Column(TEXT, "agency in charge as written"),
    participants=Column(INTEGER, "households that joined"),
    exemplary=Column(INTEGER, "of these, held up as an example; null = not written"),
    listed=Column(INTEGER, "of these, on the list of the review before they joined"),
    grade=Column(TEXT, "evidence, signs, unclear or no_effect (measures/evaluation/grade.py)"),
    grade_reason=Column(TEXT, "which clause of the rule decided"),
    effect_share=Column(DECIMAL, "additional share out at the first review; null = not estimated"),
    effect_low_share=Column(DECIMAL, "lower limit of its 95 % interval"),
    effect_high_share=Column(DECIMAL, "upper limit"),
    later_effect_share=Column(DECIMAL, "the same one review later"),
    later_low_share=Column(DECIMAL, "lower limit"),
    later_high_share=Column(DECIMAL, "upper limit"),
    later_out_share=Column(DECIMAL, "participants out at the second review"),
    later_expected_share=Column(DECIMAL, "expected without the model"),
    later_households=Column(INTEGER, "participants with a known second result"),
    out_share=Column(DECIMAL, "participants in a better class at the first review after entry"),
    expected_share=Column(DECIMAL, "expected without the model, from comparison households"),
    households=Column(INTEGER, "participants compared"),
    unmatched=Column(INTEGER, "participants with a known result and no comparison household"),
    communes=Column(INTEGER, "communes of the participants, as they were at the baseline"),
    comparison_households=Column(INTEGER, "comparison households"),
    comparison_communes=Column(INTEGER, "their communes"),
    placebo_p_value=Column(
        DECIMAL,
        "share of placebo choices of communes that show as much; null where the interval holds 0",
    ),
    out=Column(INTEGER, "participants out at the first review, matched or not"),
    **{
        f"{who}{name}_{months}": Column(INTEGER, f"{words} {months} months after{whom}")
        for months in ("12", "24")
        for who, whom in (("", ""), ("comparison_", ", among comparison households"))
        for name, words in (
            ("relapsed", "of those out, back in the old class within"),
            ("relapse_known", "of those out, known"),
        )
    },
    b1_change_points=Column(DECIMAL, "raw change of mean B1 of the participants"),
    b1_comparison_points=Column(DECIMAL, "the same of comparison communes' households"),
    b1_regression_points=Column(DECIMAL, "change by regression to the mean alone, (1 − ρ)(μ − x)"),
    cost_vnd=Column(DECIMAL, "all money written in the register; null = none written"),
    **{
        f"{source}_vnd": Column(DECIMAL, f"of this, {words}; null = not written")
        for source, words in (
            ("budget_central", "of the central budget"),
            ("budget_local", "of local budgets"),
            ("budget_other", "of other sources"),
            ("own_money", "the households' own"),
        )
    },
    cost_per_exit_vnd=Column(DECIMAL, "per additional household out; null = not to be estimated"),
    cost_per_exit_low_vnd=Column(DECIMAL, "lower limit (Fieller)"),
    cost_per_exit_high_vnd=Column(DECIMAL, "upper limit"),
    fidelity_share=Column(DECIMAL, "mean share of the pilot's core components at the copies"),
    first_funded=Column(INTEGER, "households funded first"),
    reached=Column(INTEGER, "households reached in all"),
    reach_per_first_funded=Column(DECIMAL, "households reached per household first funded"),
    recovered_share=Column(DECIMAL, "value recovered over value given, where both are written"),
    months_a_cycle=Column(DECIMAL, "months from one turn to the next"),
    longest_chain=Column(INTEGER, "turns of the longest chain"),
    replication_ratio=Column(DECIMAL, "effect of the copies over that of the pilot"),
    first_review=Column(INTEGER, "first yearly review used"),
    last_review=Column(INTEGER, "last yearly review used"),
    units_reported=Column(INTEGER, "communes with a list in the least complete of these reviews"),
    units_expected=Column(INTEGER, "communes that should have one"),
)

RESULT__MODEL_SITE = table(
    "result__model_site",
    "one model (pilot or copy) in one commune of the register; shares from 0 to 1",
    family_id=Column(TEXT, "code of the pilot"),
    model_id=Column(TEXT, "the model's own code"),
    **UNIT_KEY,
    unit_name=Column(TEXT, "name of the commune"),
    model_kind=Column(TEXT, "pilot or copy"),
    started_date=Column(DATE, "first day"),
    ended_date=Column(DATE, "last day; null = running"),
    participants=Column(INTEGER, "households that joined here"),
    fidelity_share=Column(DECIMAL, "share of the pilot's core components; null = not written"),
    households=Column(INTEGER, "participants compared"),
    out=Column(INTEGER, "of these, out at the first review"),
    out_share=Column(DECIMAL, "out over households"),
    expected_share=Column(DECIMAL, "expected without the model"),
    effect_share=Column(DECIMAL, "out less expected"),
    funnel_share=Column(DECIMAL, "share out of all sites of all models"),
    dispersion=Column(DECIMAL, "over-dispersion φ; 1 = none"),
    **_FUNNEL,
)

RESULT__MODEL_TREND = table(
    "result__model_trend",
    "mean B1 of one group of one model at one review",
    **_MODEL,
    group=Column(TEXT, "participants or comparison (matched, weighted)"),
    step=Column(INTEGER, "reviews after the baseline; negative = before"),
    b1_points=Column(DECIMAL, "mean B1 of the households named there"),
    households=Column(INTEGER, "how many these are"),
)

RESULT__MODEL_BALANCE = table(
    "result__model_balance",
    "one trait of the households of one model at the baseline",
    **_MODEL,
    trait=Column(TEXT, "poor, b1_points, rural, without_labour or member_count"),
    participants_mean=Column(DECIMAL, "mean (share) of the participants"),
    before_mean=Column(DECIMAL, "of all households of the comparison communes"),
    after_mean=Column(DECIMAL, "of the matched ones, weighted"),
    before_difference=Column(DECIMAL, "difference in standard deviations before matching"),
    after_difference=Column(DECIMAL, "and after"),
)

RESULT__MODEL_TURN = table(
    "result__model_turn",
    "one participant's turn, by its number inside the model (restricted file only)",
    family_id=Column(TEXT, "code of the pilot"),
    model_id=Column(TEXT, "the model's own code"),
    **UNIT_KEY,
    participant_number=Column(TEXT, "number of the household inside the model"),
    received_from=Column(TEXT, "number of the giver; null = funded first"),
    turn=Column(INTEGER, "1 = funded first"),
    entry_date=Column(DATE, "day it joined"),
)

RESULT__MODEL_NEXT = table(
    "result__model_next",
    "one commune without a model that resembles those where the model worked",
    **_MODEL,
    position=Column(INTEGER, "order of likeness, 1 = most alike"),
    **UNIT_KEY,
    unit_name=Column(TEXT, "its name"),
    period=Column(TEXT, "review the need is taken from"),
    poor_household_count=Column(INTEGER, "poor households there"),
    near_poor_household_count=Column(INTEGER, "near-poor households there"),
    other_model_count=Column(INTEGER, "other models it already has"),
)
