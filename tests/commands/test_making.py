"""What is done beside a gate is kept only where the gate holds nothing back."""

from contextlib import contextmanager

import polars as pl
import pytest

from commands import link, making
from commands.folder import DataFolder
from expectations.verdict import GateResult
from reference.loading import published
from warehouse import staging
from warehouse.builds import RESTRICTED
from warehouse.core_tables import CORE_HOUSEHOLD__LINK
from warehouse.dim_tables import DIM__PUBLISHED
from warehouse.keys import passing_keys
from warehouse.quality_tables import QUALITY__CHECK, QUALITY__REASON

HELD = {"one": [{"submission_id": "one", "kind": "rejected"}]}


class Gate:
    """A process beside the build that answers ``held``."""

    is_apart = True

    def __init__(self, held):
        self.held = held

    @contextmanager
    def submissions(self, path, fresh, waivers):
        """The verdict, as the real one gives it."""
        assert path.exists()
        yield lambda: GateResult(QUALITY__CHECK.empty(), self.held, QUALITY__REASON.empty())


@pytest.mark.parametrize(("held", "is_kept"), [({}, True), (HELD, False)])
def test_links_found_beside_the_gate_count_what_it_holds(tmp_path, monkeypatch, held, is_kept):
    folder = DataFolder(tmp_path, is_demo=False, keys=passing_keys())
    path = tmp_path / RESTRICTED
    staging.begin(path, None, published().select(*DIM__PUBLISHED.columns))
    rows = CORE_HOUSEHOLD__LINK.conform(pl.DataFrame({"household_id": ["a"], "linked_id": ["a"]}))
    monkeypatch.setattr(link, "find_links", lambda *_: link.Links(rows))
    made = making.Making(folder, tmp_path, None, None, Gate(held), None, "")
    found = making.judge_and_link(made, ["one"], ())
    assert (found is not None) == is_kept
    # the build has none until they are known to stand
    with pytest.raises(Exception, match=CORE_HOUSEHOLD__LINK.name):
        staging.table(path, CORE_HOUSEHOLD__LINK)
