"""Official form 1: residents, poor and near-poor of communes, one row a commune.

A district's file has a bold row for the district over its communes and a total; a province's file
has many such groups; a commune's own file has one row, or rows of villages and their total. Rows
above the commune are recomputed from the communes: a difference is a question, never a figure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from pipelines import numbers
from pipelines.batch import Batch, TidyFile
from pipelines.numbers import whole_number
from pipelines.remarks import rejected_rows, remark, tell
from pipelines.row_classes import NUMBERED, classify
from pipelines.title_words import units_named
from pipelines.units import UnitProblem, resolve_commune, resolve_district
from reference.loading import unit_area_type
from warehouse.tables import CORE_POPULATION__UNIT

REQUIRED = (
    "resident_household_count",
    "poor_household_count",
    "near_poor_household_count",
)
COUNTS = (
    *REQUIRED,
    "resident_person_count",
    "average_living_household_count",
    "poor_person_count",
    "near_poor_person_count",
    "average_living_person_count",
)
