"""Faults of the reference data in a build: units, their parents, and their places on the maps."""

from great_expectations.expectations import ExpectCompoundColumnsToBeUnique

from expectations.check import Suite
from expectations.fault import fault

_PARENTS_EXIST = """
SELECT NULL AS submission_id, NULL AS sheet, NULL AS "row", u.code || ' (' || u.era || ')' AS found
FROM dim__unit AS u
LEFT JOIN {batch} AS p ON p.era = u.parent_era AND p.code = u.parent_code
WHERE u.level <> 'province' AND (p.code IS NULL OR p.level NOT IN ('province', 'district'))
"""

# Every era that a submission speaks of has its province, its communes and its way to the map.
_REFERENCE_PRESENT = """
WITH listed AS (
    SELECT era,
        count(*) FILTER (level = 'province') AS provinces,
        count(*) FILTER (level = 'commune') AS communes
    FROM {batch}
    GROUP BY era
)
SELECT NULL AS submission_id, NULL AS sheet, NULL AS "row", 'thời kỳ ' || c.era AS found
FROM (SELECT DISTINCT era FROM quality__coverage) AS c
LEFT JOIN listed AS u ON u.era = c.era
LEFT JOIN (SELECT DISTINCT from_era FROM dim__placement) AS p ON p.from_era = c.era
WHERE coalesce(u.provinces, 0) <> 1 OR coalesce(u.communes, 0) = 0 OR p.from_era IS NULL
"""

_PLACED_ONCE = """
SELECT NULL AS submission_id, NULL AS sheet, NULL AS "row",
    from_code || ' (' || from_era || ') có ' || count(*) || ' chỗ trên bản đồ ' || level
        || ' ' || to_era AS found
FROM {batch}
GROUP BY from_era, from_code, level, to_era
HAVING count(*) > 1
"""

# On every map every commune has its place, or a sum over the map would lose it.
_PLACED_COMPLETELY = """
WITH maps AS (SELECT DISTINCT from_era, level, to_era FROM {batch})
SELECT NULL AS submission_id, NULL AS sheet, NULL AS "row",
    u.code || ' (' || u.era || ') không có chỗ trên bản đồ ' || m.level || ' ' || m.to_era AS found
FROM dim__unit AS u
JOIN maps AS m ON m.from_era = u.era
ANTI JOIN dim__placement AS p
    ON p.from_era = u.era AND p.from_code = u.code AND p.level = m.level AND p.to_era = m.to_era
WHERE u.level = 'commune'
"""

_PLACED_ON_UNITS = """
SELECT NULL AS submission_id, NULL AS sheet, NULL AS "row",
    p.to_code || ' (' || p.to_era || ', ' || p.level || ')' AS found
FROM {batch} AS p
ANTI JOIN dim__unit AS u ON u.era = p.to_era AND u.code = p.to_code AND u.level = p.level
WHERE p.to_code <> 'not_attributable'
GROUP BY p.to_code, p.to_era, p.level
"""

_UNITS = Suite(
    "build.unit",
    None,
    "dim__unit",
    (
        fault(
            "build.unit_key_unique",
            "Mã đơn vị là duy nhất trong một thời kỳ",
            "Unit codes are unique inside their era",
            "không có hai đơn vị cùng mã trong một thời kỳ",
            ExpectCompoundColumnsToBeUnique(column_list=["era", "code"]),
        ),
        fault(
            "build.parents_exist",
            "Mỗi đơn vị có đơn vị cấp trên trong danh mục",
            "Every unit has its parent in the list",
            "đơn vị cấp trên có trong danh mục",
            _PARENTS_EXIST,
        ),
        fault(
            "build.reference_present",
            "Có đủ danh mục đơn vị và bảng chuyển đổi cho mỗi thời kỳ có số liệu",
            "Units and crosswalk are present for every era with data",
            "một tỉnh, các xã và bảng chuyển đổi của thời kỳ",
            _REFERENCE_PRESENT,
        ),
    ),
)

_PLACEMENT = Suite(
    "build.placement",
    None,
    "dim__placement",
    (
        fault(
            "build.placed_once",
            "Mỗi xã có một chỗ duy nhất trên mỗi bản đồ",
            "A commune has one place on a map",
            "một chỗ trên mỗi bản đồ",
            _PLACED_ONCE,
        ),
        fault(
            "build.placed_completely",
            "Các cấp cộng khớp: mỗi xã có chỗ trên mọi bản đồ của thời kỳ",
            "Levels add up: every commune has its place on every map",
            "không xã nào bị bỏ ngoài bản đồ",
            _PLACED_COMPLETELY,
        ),
        fault(
            "build.placed_on_units",
            "Chỗ trên bản đồ là đơn vị có trong danh mục",
            "A place on a map is a unit of the list",
            "đơn vị có trong danh mục, hoặc không phân bổ được",
            _PLACED_ON_UNITS,
        ),
    ),
)

SUITES = (_UNITS, _PLACEMENT)
