"""What is said of a build, published or not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

VERDICTS = ("passed", "failed", "not_run")


class NotPublished(Exception):
    """Nothing was published; the old build stays served. Says why, in Vietnamese.

    ``files`` are the entries of the files that were read for it, ``checks`` counts the verdicts until then.
    """

    def __init__(
        self,
        why: str,
        files: Sequence[dict[str, object]] = (),
        checks: Mapping[str, int] | None = None,
    ) -> None:
        super().__init__(why)
        self.files = list(files)
        self.checks = checks or dict.fromkeys(VERDICTS, 0)


@dataclass(frozen=True)
class BuildReport:
    """What a build did; ``files`` lists only files not seen before."""

    build_id: str | None
    published: bool
    seconds: float
    files: list[dict[str, object]]
    checks: Mapping[str, int]
