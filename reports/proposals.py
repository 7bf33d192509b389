"""What a paper proposes and whom it calls on, by rule from the figures; never why something is so."""

from reports.paper import Sentence
from reports.report_content import ReportContent, Row, agency, pack_definition
from reports.sentences import bare, marked, newest_row, sentence
from reports.vietnamese import period

_FEW = 5
_CALLED, _MOST = 3, 3


def proposals(content: ReportContent, how: str) -> list[Sentence]:
    """At most three proposals by rule: the highest rates, the most frequent deprivation, the target furthest from its goal,
    missing reports.

    While the twelve marks of a commune are missing no deprivation is the most frequent: they are asked for.
    ``how`` says where they should answer: ``tại kỳ họp``, ``bằng văn bản``.
    """
    found = []
    highest = content.ranked("poor_household_rate")[:_FEW]
    if highest:
        names = "; ".join(f"{row['unit_name']} ({bare(row)})" for row in highest)
        found.append(
            sentence(
                f"Các đơn vị có tỷ lệ hộ nghèo cao nhất báo cáo {how}: {names}.",
                tuple(highest),
            )
        )
    lacking = content.worst_deprivations()[:1]
    unranked = content.deprivations()[:1]
    for name, role, row in lacking:
        who = agency(role, content.as_of)
        found.append(
            sentence(
                f"{who} báo cáo {how} về chỉ số thiếu hụt có tỷ lệ cao nhất trong hộ nghèo: "
                f"{name.lower()} ({bare(row)}).",
                (row,),
            )
        )
    for _, _, row in [] if lacking else unranked:
        text = f"Các xã ghi đủ 12 chỉ số thiếu hụt trên danh sách rà soát: {marked(row)}."
        found.append(Sentence(text, (row,)))
    furthest = _furthest_from_goal(content)
    if furthest:
        target, row = furthest
        who = agency(target["role"], content.as_of)
        found.append(
            sentence(
                f"{who} báo cáo {how} về mục tiêu {target['id']} ({target['label_vi']}), mục tiêu còn "
                f"cách mức {target['goal_pct']}% xa nhất: {bare(row)} ({period(row['period'])}).",
                (row,),
            )
        )
    missing = content.missing_units()
    if missing:
        found.append(
            Sentence(f"{len(missing)} xã chưa có số liệu {period(content.placed)} gửi báo cáo.", ())
        )
    return found[:_MOST]


def _furthest_from_goal(content: ReportContent) -> tuple[Row, Row] | None:
    """(target, row) of the targets with a goal in per cent that all communes are in and that is not reached."""
    found = [
        (target, row)
        for target in pack_definition()["targets"]
        if "goal_pct" in target
        and (row := newest_row(content, target["measure"])) is not None
        and row["units_reported"] == row["units_expected"]
        and row["value"] < target["goal_pct"]
    ]
    return min(found, key=lambda each: each[1]["value"] - each[0]["goal_pct"], default=None)


def call_on(content: ReportContent) -> list[tuple[str, str, str]]:
    """(unit, why, role responsible) of those to call on at the meeting."""
    rows = content.ranked("poor_household_rate")[:_FEW]
    called = [
        (row["unit_name"], f"tỷ lệ hộ nghèo {bare(row)}", "Chủ tịch UBND cấp xã") for row in rows
    ]
    for name, role, row in content.worst_deprivations()[:_CALLED]:
        who = agency(role, content.as_of)
        called.append((who, f"thiếu hụt {name.lower()}: {bare(row)}", "Thủ trưởng cơ quan"))
    return called
