"""What is kept of the files that were read."""

from commands.accept import keep_files
from commands.folder import DataFolder
from pipelines.ingest import read_inbox
from pipelines.reading import ReadingContext
from tests.unit.pipelines.making import HEADER, TITLE, TODAY, csv_file, household
from warehouse.keys import passing_keys


def test_a_file_that_changed_or_went_away_since_it_was_read_is_left_for_the_next_build(
    tmp_path, capsys
):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number, name in enumerate(("same.csv", "changed.csv", "gone.csv"), start=1):
        (inbox / name).write_bytes(csv_file([*TITLE, HEADER, household(number)]))
    (inbox / "copy.csv").write_bytes((inbox / "changed.csv").read_bytes())
    readings = read_inbox(inbox, set(), ReadingContext(TODAY)).files
    for name in ("changed.csv", "copy.csv"):
        (inbox / name).write_bytes(csv_file([*TITLE, HEADER, household(4), household(5)]))
    (inbox / "gone.csv").unlink()
    folder = DataFolder(tmp_path / "data", is_demo=False, keys=passing_keys())
    kept = keep_files(folder, inbox, readings)
    assert [reading.path for reading in kept] == ["same.csv"]
    assert folder.archive().holds(kept[0].sha256)
    told = capsys.readouterr().err
    assert "changed.csv" in told
    assert "gone.csv" in told
