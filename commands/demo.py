"""``cli.py demo``: the inbox of a simulated province."""

from pathlib import Path
from typing import Literal, cast

from commands.terminal import complain, progress_bars
from demo.write import write_demo


def run(to: Path, seed: int, dirt: float, size: str, corrections: bool) -> int:
    """0 when written, 2 for an unknown size."""
    if size not in ("small", "province"):
        complain("--size là small hoặc province.")
        return 2
    with progress_bars() as bars:
        write_demo(
            to,
            seed=seed,
            dirt=dirt,
            size=cast(Literal["small", "province"], size),
            corrections=corrections,
            progress=lambda done, total: bars("Ghi tệp", done, total),
        )
    complain(f"Đã ghi tỉnh mô phỏng vào {to}.")
    return 0
