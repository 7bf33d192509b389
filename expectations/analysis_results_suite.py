"""Gate 2: official forms 4 to 13 against what the lists of households say."""

from expectations.check import Check, Suite

# A count out of a rate is comparable only where everybody in the whole is in the rate.
_AS_THE_LISTS = """
WITH told AS (
    SELECT measure, era, unit_code, period, status, standard_id, any_value(value) AS value,
        any_value(numerator) AS numerator, any_value(denominator) AS denominator
    FROM result__estimate
    WHERE level = 'commune' AND group_by IS NULL AND selection IN ('best', status)
    GROUP BY ALL
),
compared AS (
    SELECT r.submission_id, r.sheet, r."row", r.value, c.label_vi, c.is_rate, r.form_number,
        CASE c.told_by WHEN 'value' THEN t.value
            WHEN 'numerator' THEN CASE WHEN t.denominator = w.value THEN t.numerator END END AS said
    FROM {batch} AS r
    SEMI JOIN (FROM quality__coverage WHERE is_current) AS v
        ON v.submission_id = r.submission_id AND v.era = r.era AND v.unit_code = r.unit_code
    JOIN official_column AS c USING (form_number, counted, column_number)
    JOIN told AS t USING (measure, era, unit_code, period, status, standard_id)
    LEFT JOIN told AS w
        ON w.measure = c.whole_measure AND w.era = r.era AND w.unit_code = r.unit_code
        AND w.period = r.period AND w.status = r.status AND w.standard_id = r.standard_id
)
SELECT submission_id, sheet, "row", label_vi AS "column",
    'biểu ' || form_number || ' ghi ' || number_in_words(value) || ', danh sách cho ' || number_in_words(said)
        AS found
FROM compared
WHERE abs(value - said) > CASE WHEN is_rate THEN 0.0501 ELSE 0 END
"""

SUITE = Suite(
    "official_forms_results",
    "official_forms",
    "core_review__form_cell",
    (
        Check(
            check_id="results.official_forms_as_lists",
            level="warning",
            title_vi="Biểu 4 đến 13 bằng số đếm từ danh sách cùng kỳ, cùng trạng thái",
            title_en="Forms 4 to 13 equal what the lists of the same review and status give",
            expected_vi="bằng số đếm từ danh sách hộ",
            todo_vi="Đối chiếu biểu với danh sách hộ; bên nào sai thì nộp lại bên đó.",
            rule=_AS_THE_LISTS,
        ),
    ),
)
