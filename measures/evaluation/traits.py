"""What participants and comparison households are compared in before the model."""

import polars as pl

TRAITS = {
    "poor": pl.col("class_code") == "poor",
    "b1_points": pl.col("b1_points"),
    "rural": pl.col("area_type") == "rural",
    "without_labour": pl.col("is_without_labour_capacity"),
    "member_count": pl.col("member_count"),
}
