"""How large the need of each programme is and how much of it is reached, in the simulated province."""

from dataclasses import dataclass

_MILLION = 1_000_000


@dataclass(frozen=True)
class Plan:
    """Whom a programme is for (``base``), the share with need, and how the share reached grows."""

    base: str
    share: float
    start: float = 0.85
    end: float = 0.97
    amount: float = 0.0


DEFAULT = Plan("poor", 0.1)
PLANS = {
    "credit_poor": Plan("poor", 0.22, 0.84, 0.96, 60 * _MILLION),
    "credit_near_poor": Plan("near_poor", 0.18, 0.82, 0.95, 60 * _MILLION),
    "credit_newly_escaped": Plan("poor", 0.12, 0.8, 0.94, 70 * _MILLION),
    "credit_other": Plan("households", 0.006, 0.8, 0.92, 50 * _MILLION),
    "credit_student": Plan("near_poor", 0.07, 0.88, 0.99, 18 * _MILLION),
    "credit_job_creation": Plan("households", 0.004, 0.6, 0.75, 55 * _MILLION),
    "credit_youth": Plan("households", 0.001, 0.55, 0.7, 80 * _MILLION),
    "credit_work_abroad": Plan("households", 0.0006, 0.7, 0.8, 90 * _MILLION),
    "credit_small_firm": Plan("one", 0.4, 0.5, 0.6, 400 * _MILLION),
    "credit_cooperative": Plan("one", 0.6, 0.5, 0.6, 250 * _MILLION),
    "credit_clean_water": Plan("households", 0.008, 0.8, 0.9, 20 * _MILLION),
    "vocational_training": Plan("poor_persons", 0.08, 0.62, 0.86),
    "vocational_near_poor": Plan("near_poor_persons", 0.06, 0.6, 0.84),
    "vocational_youth_after_service": Plan("one", 6, 0.7, 0.85),
    "vocational_land_recovered": Plan("one", 3, 0.6, 0.75),
    "vocational_sea_incident": Plan("one", 1, 0.5, 0.7),
    "job_counselling": Plan("poor_persons", 0.1, 0.75, 0.9),
    "job_placement": Plan("poor_persons", 0.06, 0.6, 0.8),
    "job_exchange": Plan("one", 0.3, 1, 1),
    "work_abroad": Plan("households", 0.002, 0.9, 1),
    "unemployment": Plan("persons", 0.5, 0.021, 0.016),
    "insurance_poor": Plan("poor_persons", 1, 0.97, 1.0),
    "insurance_near_poor": Plan("near_poor_persons", 1, 0.88, 0.98),
    "treatment_support": Plan("poor_persons", 0.05, 0.85, 0.95, _MILLION),
    "tuition_poor_preschool": Plan("poor_persons", 0.05, 0.93, 0.99),
    "tuition_poor_primary": Plan("poor_persons", 0.09, 0.97, 1.0),
    "tuition_poor_secondary": Plan("poor_persons", 0.08, 0.93, 0.99),
    "tuition_poor_upper_secondary": Plan("poor_persons", 0.04, 0.88, 0.97),
    "tuition_poor_tertiary": Plan("poor_persons", 0.02, 0.7, 0.85),
    "housing_built": Plan("poor", 0.03, 0.5, 0.75, 60 * _MILLION),
    "housing_repaired": Plan("poor", 0.03, 0.5, 0.75, 30 * _MILLION),
    "infrastructure_works": Plan("one", 0.6, 0.5, 0.7, 900 * _MILLION),
    "electricity": Plan("poor", 1, 0.97, 1.0, 350_000),
    "clean_water": Plan("poor", 0.05, 0.6, 0.85),
    "latrine": Plan("poor", 0.06, 0.55, 0.8),
    "information_access": Plan("near_poor", 0.08, 0.5, 0.8),
    "information_assets": Plan("poor", 0.08, 0.4, 0.7),
    "benefit_elderly": Plan("persons", 0.025, 0.98, 1, 2 * _MILLION),
    "benefit_disabled": Plan("persons", 0.014, 0.97, 1, 3 * _MILLION),
    "benefit_children": Plan("persons", 0.001, 0.95, 1, 3 * _MILLION),
    "emergency_relief": Plan("households", 0.001, 0.9, 1, 3 * _MILLION),
    "fund_for_the_poor": Plan("poor", 0.3, 1, 1, _MILLION),
    "other_sources": Plan("poor", 0.1, 1, 1, 2 * _MILLION),
    "communication_items": Plan("one", 4, 1, 1),
    "supervision_visits": Plan("one", 0.8, 1, 1),
    "officers_commune": Plan("one", 2, 0.7, 0.95),
    "officers_village": Plan("villages", 1, 0.6, 0.92),
    "extension_training": Plan("poor", 0.16, 0.66, 0.9),
    "models_active": Plan("one", 0.5, 0.8, 1.2),
    "value_chains": Plan("poor", 0.05, 1, 1),
    "budget_central": Plan("one", 1, amount=300 * _MILLION),
    "budget_local": Plan("one", 1, amount=120 * _MILLION),
    "budget_public_investment": Plan("one", 1, amount=500 * _MILLION),
}
PROJECT = Plan("one", 1, amount=80 * _MILLION)
