"""Where the money of a model comes from; without what the evaluation loads, for those who only show it."""

BUDGETS = ("budget_central_vnd", "budget_local_vnd", "budget_other_vnd", "own_money_vnd")
"""Columns of the register and of ``result__model``."""
