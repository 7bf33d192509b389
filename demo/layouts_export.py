"""The export of the households' information system: a CSV with the system's own field names."""

from datetime import date

from demo.review_columns import review_days
from demo.review_list import ReviewList
from demo.sheets import Book, Cell, Sheet
from demo.words import CLASS_WORDS

FIELDS = (
    "date",
    "family.hostName",
    "family.code",
    "family.hostGender",
    "family.numberOfMembers",
    "quickReview.result",
    "b1Point",
    "b2Point",
    "classify",
    "reviewer",
)


def export_book(listed: ReviewList, codes: str, path: str) -> Book:
    """The list as the system exports it; ``codes`` begins the households' codes (36.360.13825)."""
    rows = listed.rows
    grid: list[list[Cell]] = [list(FIELDS)]
    sheet = Sheet(name="csv", grid=grid, columns={field: i for i, field in enumerate(FIELDS)})
    values = zip(
        review_days(listed),
        rows["written_name"],
        rows["female"],
        rows["members"],
        rows["b1"],
        rows["b2"],
        rows["klass"],
        listed.reviewers,
        rows["row_id"],
        strict=True,
    )
    for number, value in enumerate(values, start=1):
        day, name, female, members, b1, b2, klass, reviewer, row_id = value
        sheet.data[len(grid)] = row_id
        code = f"{codes}.{number:04d}"
        gender, found = "Nữ" if female else "Nam", CLASS_WORDS["full"][klass]
        result = "Có khả năng nghèo, cận nghèo"
        grid.append([day, name, code, gender, members, result, b1, b2, found, reviewer])
    return Book(path, [sheet], date(listed.year, 12, 20), file_type="csv", encoding="utf-8")
