"""``cli.py status``: which build is served, what it covers and how it was judged."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import cast

from charts.numbers import moment
from charts.numbers import period as period_name
from commands.terminal import complain, print_json
from commands.words import in_words
from warehouse.door import Door, NothingPublished, Viewer
from warehouse.frozen import meetings


def run(data: Path, as_json: bool) -> int:
    """0, or 2 where nothing was published yet."""
    try:
        door = Door.open(data, Viewer("command"))
    except NothingPublished as error:
        complain(str(error))
        return 2
    facts = door.build_facts()
    periods = door.periods().to_dicts()
    verdicts = door.checks()["verdict"].value_counts(sort=True).to_dicts()
    outcomes = door.submissions()["outcome"].value_counts(sort=True).to_dicts()
    frozen = [asdict(meeting) for meeting in meetings(data)]
    if as_json:
        print_json(
            {
                **facts,
                "frozen": frozen,
                "periods": periods,
                "checks": verdicts,
                "submissions": outcomes,
            }
        )
        return 0
    built = moment(cast(datetime, facts["built_at"]))
    complain(f"Bản đang dùng: {facts['build_id']}, dựng lúc {built}.")
    for row in periods:
        complain(
            f"  {period_name(row['period'], 'vi')}: {row['units_reported']}/{row['units_expected']} xã đã báo cáo "
            f"({_status(row['status'])}, chuẩn {row['standard_id'] or 'chưa rõ'})"
        )
    for row in frozen:
        complain(f"  Đã chốt “{row['name']}”: bản {row['build_id']}, đến {row['as_of']:%d/%m/%Y}")
    complain("Tệp: " + _counted("outcome", outcomes))
    complain("Kiểm tra: " + _counted("verdict", verdicts))
    return 0


def _counted(column: str, rows: list[dict[str, object]]) -> str:
    return ", ".join(f"{row['count']} {in_words(column, str(row[column]))}" for row in rows)


def _status(status: str | None) -> str:
    return in_words("status", status) if status else in_words("mark", "no_data")
