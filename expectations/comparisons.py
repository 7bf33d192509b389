"""Tables in which submissions are compared with each other.

Made once and read by cheap queries. They need what :mod:`expectations.staging` has made before.
"""

# Which commune's figures of an earlier era belong to which commune of a later one.
_ORIGIN = """
CREATE TEMP TABLE origin AS
WITH carried_over AS (
    SELECT from_era, from_code, to_era, to_code FROM dim__placement WHERE level = 'commune'
    UNION
    SELECT era, code, era, code FROM dim__unit WHERE level = 'commune'
)
SELECT o.to_era, o.to_code, u.era, u.code,
    coalesce(u.valid_from, DATE '0001-01-01') AS first_day,
    coalesce(u.valid_to, DATE '9999-12-31') AS last_day
FROM carried_over AS o
JOIN dim__unit AS u ON u.era = o.from_era AND u.code = o.from_code AND u.level = 'commune'
"""

# The households of the lists that closed a year, each once; one that stands on two lists is left
# out, because it is not known which class it had.
_CLOSING_HOUSEHOLD = """
CREATE TEMP TABLE closing_household AS
SELECT h.household_id, h.period, h.standard_id,
    any_value(h.era) AS era, any_value(h.unit_code) AS unit_code, any_value(h.class_code) AS class_code
FROM household AS h
SEMI JOIN closing AS c USING (submission_id, era, unit_code, period, standard_id)
WHERE h.household_id IS NOT NULL
GROUP BY ALL
HAVING count(*) = 1
"""

# Rows of current review lists with the class that the household had by last year's list
# (last_class_code), and by the in-year decisions since (decided_class_code).
_HOUSEHOLD_BEFORE = """
CREATE TEMP TABLE household_before AS
WITH decided AS (
    SELECT household_id, standard_id, left(period, 4) AS year,
        arg_max(class_code, decision_date) AS class_code
    FROM in_year_change
    WHERE is_current AND change_kind = 'changed' AND household_id IS NOT NULL
    GROUP BY ALL
)
SELECT h.submission_id, h.sheet, h."row", h.era, h.unit_code, h.standard_id, h.household_id,
    h.class_before_code, k.period AS last_period, k.class_code AS last_class_code,
    coalesce(d.class_code, k.class_code) AS decided_class_code
FROM review_household AS h
JOIN closing_household AS k
    ON k.household_id = h.household_id AND k.standard_id = h.standard_id
    AND k.period = CAST(try_cast(h.period AS INTEGER) - 1 AS VARCHAR)
LEFT JOIN decided AS d
    ON d.household_id = h.household_id AND d.standard_id = h.standard_id AND d.year = h.period
WHERE h.is_current
"""

# One row a current review list and commune: what it opens with (class before the review), and what
# the lists of the same ground closed with a year before. Where the list already takes in-year
# decisions into account, its opening is that closing plus their balance: both are right.
_OPENING = """
CREATE TEMP TABLE opening AS
WITH this_year AS (
    SELECT *, CAST(CAST(period AS INTEGER) - 1 AS VARCHAR) AS last_period
    FROM list_total
    WHERE source_form = 'review_list' AND classes_before > 0 AND length(period) = 4
),
last_year AS (
    SELECT t.submission_id, t.era, t.unit_code, t.standard_id,
        count(*) AS expected_lists, count(c.unit_code) AS lists,
        sum(c.poor_households) AS closing_poor, sum(c.near_poor_households) AS closing_near_poor
    FROM this_year AS t
    JOIN origin AS o
        ON o.to_era = t.era AND o.to_code = t.unit_code
        AND last_day_of(t.last_period) BETWEEN o.first_day AND o.last_day
    LEFT JOIN closing AS c
        ON c.era = o.era AND c.unit_code = o.code AND c.period = t.last_period
        AND c.standard_id = t.standard_id
    GROUP BY ALL
),
balance AS (
    SELECT era, unit_code, left(period, 4) AS year, standard_id,
        count(*) FILTER (class_code = 'poor')
            - count(*) FILTER (class_before_code = 'poor') AS poor,
        count(*) FILTER (class_code = 'near_poor')
            - count(*) FILTER (class_before_code = 'near_poor') AS near_poor
    FROM in_year_change
    WHERE is_current AND change_kind = 'changed'
    GROUP BY ALL
),
gone AS (
    SELECT t.submission_id, t.era, t.unit_code, t.standard_id, count(*) AS households
    FROM this_year AS t
    JOIN origin AS o ON o.to_era = t.era AND o.to_code = t.unit_code
    JOIN closing_household AS k
        ON k.era = o.era AND k.unit_code = o.code AND k.period = t.last_period
        AND k.standard_id = t.standard_id
    ANTI JOIN household_before AS h
        ON h.submission_id = t.submission_id AND h.household_id = k.household_id
    WHERE k.class_code IN ('poor', 'near_poor')
    GROUP BY ALL
),
decided AS (
    SELECT t.submission_id, t.era, t.unit_code, t.standard_id,
        sum(b.poor) AS poor, sum(b.near_poor) AS near_poor
    FROM this_year AS t
    JOIN origin AS o ON o.to_era = t.era AND o.to_code = t.unit_code
    JOIN balance AS b
        ON b.era = o.era AND b.unit_code = o.code AND b.year = t.period
        AND b.standard_id = t.standard_id
    GROUP BY ALL
)
SELECT t.*, l.expected_lists, l.lists, l.closing_poor, l.closing_near_poor,
    coalesce(d.poor, 0) AS decided_poor, coalesce(d.near_poor, 0) AS decided_near_poor,
    coalesce(g.households, 0) AS gone
FROM this_year AS t
JOIN last_year AS l USING (submission_id, era, unit_code, standard_id)
LEFT JOIN decided AS d USING (submission_id, era, unit_code, standard_id)
LEFT JOIN gone AS g USING (submission_id, era, unit_code, standard_id)
"""

# Rows of current review lists whose household is on the list of another commune, too.
_HOUSEHOLD_ELSEWHERE = """
CREATE TEMP TABLE household_elsewhere AS
WITH listed AS (
    SELECT submission_id, sheet, "row", household_id, era, unit_code, period, status, standard_id
    FROM household
    WHERE is_current AND source_form = 'review_list' AND household_id IS NOT NULL
),
repeated AS (
    SELECT household_id, period, status, standard_id
    FROM listed
    GROUP BY ALL
    HAVING min(unit_code) <> max(unit_code)
),
suspect AS (
    SELECT l.* FROM listed AS l
    SEMI JOIN repeated USING (household_id, period, status, standard_id)
)
SELECT h.submission_id, h.sheet, h."row",
    array_to_string(list_sort(list(DISTINCT coalesce(u.name, o.unit_code))), ', ') AS elsewhere
FROM suspect AS h
JOIN suspect AS o USING (household_id, period, status, standard_id)
LEFT JOIN dim__unit AS u ON u.era = o.era AND u.code = o.unit_code
WHERE o.unit_code <> h.unit_code
GROUP BY ALL
"""

# Current review lists that name one class only where an earlier version names the other one, and most households
# of that class are not here: most likely a part of a list, whose other part no longer counts. The newest whole list
# before it stands for all that came earlier.
_LIST_IN_PARTS = """
CREATE TEMP TABLE list_in_parts AS
WITH told AS (
    SELECT h.submission_id, s.file_number, h.era, h.unit_code, h.period, h.status, h.standard_id, h.is_current,
        count(*) FILTER (h.class_code = 'poor') AS poor,
        count(*) FILTER (h.class_code = 'near_poor') AS near_poor,
        list(h.household_id) FILTER (h.household_id IS NOT NULL) AS households,
        list(h.household_id) FILTER (h.class_code = 'poor' AND h.household_id IS NOT NULL) AS poor_ones,
        list(h.household_id) FILTER (h.class_code = 'near_poor' AND h.household_id IS NOT NULL) AS near_poor_ones
    FROM household AS h
    JOIN quality__submission AS s USING (submission_id)
    WHERE h.source_form = 'review_list'
    GROUP BY ALL
),
one_class AS (
    SELECT *, poor > 0 AS has_poor FROM told WHERE is_current AND (poor > 0) <> (near_poor > 0)
),
earlier AS (
    SELECT o.submission_id, o.unit_code, o.standard_id, o.has_poor, o.households, t.file_number,
        CASE WHEN o.has_poor THEN t.near_poor ELSE t.poor END AS others,
        CASE WHEN o.has_poor THEN t.near_poor_ones ELSE t.poor_ones END AS other_ones,
        max(t.file_number) FILTER (t.poor > 0 AND t.near_poor > 0) OVER (
            PARTITION BY o.submission_id, o.era, o.unit_code, o.period, o.status, o.standard_id
        ) AS whole_file
    FROM one_class AS o
    JOIN told AS t USING (era, unit_code, period, status, standard_id)
    WHERE t.file_number < o.file_number
)
SELECT submission_id, has_poor, max(file_number) AS file_before
FROM earlier
WHERE file_number >= coalesce(whole_file, 0)
    AND others > 2 * len(list_intersect(coalesce(households, []), coalesce(other_ones, [])))
GROUP BY submission_id, unit_code, standard_id, has_poor
"""

STATEMENTS = (
    _ORIGIN,
    _CLOSING_HOUSEHOLD,
    _HOUSEHOLD_BEFORE,
    _OPENING,
    _HOUSEHOLD_ELSEWHERE,
    _LIST_IN_PARTS,
)
