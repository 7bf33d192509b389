"""``cli.py status``: which build is served, what it covers and how it was judged."""

from dataclasses import asdict
from pathlib import Path

from commands.folder import PLACE
from commands.terminal import complain, print_json
from reference.form_definitions import STATUS_VI
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
    built = facts["built_at"].astimezone(PLACE)  # type: ignore[attr-defined]
    complain(f"Bản đang dùng: {facts['build_id']}, dựng lúc {built:%H:%M %d/%m/%Y}.")
    for row in periods:
        complain(
            f"  {row['period']}: {row['units_reported']}/{row['units_expected']} xã đã báo cáo "
            f"({STATUS_VI.get(row['status'] or '', 'chưa có số liệu').lower()}, chuẩn {row['standard_id'] or 'chưa rõ'})"
        )
    for row in frozen:
        complain(f"  Đã chốt “{row['name']}”: bản {row['build_id']}, đến {row['as_of']:%d/%m/%Y}")
    complain("Tệp: " + ", ".join(f"{row['count']} {row['outcome']}" for row in outcomes))
    complain("Kiểm tra: " + ", ".join(f"{row['count']} {row['verdict']}" for row in verdicts))
    return 0
