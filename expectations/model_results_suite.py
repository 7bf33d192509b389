"""Gate 2: what must hold for the evaluation of models before it is published."""

from expectations.check import Suite
from expectations.fault import fault

# A verdict must follow from its interval, and nothing may be told of more households than are known.
_MODELS_SOUND = """
SELECT NULL AS submission_id, NULL AS sheet, NULL AS "row", concat_ws(', ', model_id, part, grade) AS found
FROM {batch}
WHERE grade IS NULL OR grade NOT IN ('evidence', 'signs', 'unclear', 'no_effect')
    OR NOT out_share BETWEEN 0 AND 1 OR NOT fidelity_share BETWEEN 0 AND 1
    OR NOT (effect_low_share <= effect_share AND effect_share <= effect_high_share)
    OR (grade = 'evidence' AND coalesce(effect_low_share, 0) <= 0)
    OR (cost_per_exit_vnd IS NOT NULL AND coalesce(effect_low_share, 0) <= 0)
    OR listed > participants OR households + unmatched > listed
    OR relapsed_12 > relapse_known_12 OR relapsed_24 > relapse_known_24 OR relapse_known_12 > out
"""

SUITE = Suite(
    "models",
    None,
    "result__model",
    (
        fault(
            "results.models_sound",
            "Kết luận về mỗi mô hình theo đúng khoảng tin cậy và số hộ đã biết",
            "The verdict on every model follows from its interval and the households known",
            "có bằng chứng và có chi phí chỉ khi khoảng nằm trên 0; phần không vượt tổng",
            _MODELS_SOUND,
        ),
    ),
)
