"""``make pictures``: every page at desktop and phone width, light and dark, into ``docs/pictures``."""

from pathlib import Path

from playwright.sync_api import Page

from bench.server import ROOT, browser, serving, settle
from warehouse.settings import settings

PAGES = {
    "overview": "/",
    "poverty_rates": "/poverty_rates",
    "deprivations": "/deprivations",
    "target_gaps": "/target_gaps",
    "programme_delivery": "/programme_delivery",
    "household_flows": "/household_flows",
    "model_replication": "/model_replication",
    "duties": "/duties",
    "reporting": "/reporting",
    "review_meeting": "/review_meeting",
    "meeting_changes": "/meeting_changes",
    "data_quality": "/data_quality",
    "about": "/about",
}
SIZES = {"desktop": (1366, 768), "phone": (390, 844)}
AGENTS = {
    "phone": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"
}
_TALLEST = 3200
PICTURES = ROOT / "docs" / "pictures"


def take(data: Path, folder: Path) -> None:
    """One PNG a page, size and colour scheme; whole pages, so that nothing below the fold is unseen."""
    folder.mkdir(parents=True, exist_ok=True)
    with serving(data) as address, browser() as running:
        for scheme in ("light", "dark"):
            for size, (width, height) in SIZES.items():
                context = running.new_context(
                    viewport={"width": width, "height": height},
                    color_scheme=scheme,
                    locale="vi-VN",
                    user_agent=AGENTS.get(size),
                )
                page = context.new_page()
                for name, path in PAGES.items():
                    page.goto(address + path)
                    settle(page)
                    _grow(page, width, height)
                    page.screenshot(path=folder / f"{name}-{size}-{scheme}.png")
                    page.set_viewport_size({"width": width, "height": height})
                context.close()


def _grow(page: Page, width: int, height: int) -> None:
    """Make the window as tall as the page, which draws more once it has room."""
    for _ in range(3):
        tall = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight")
        page.set_viewport_size({"width": width, "height": min(max(tall + 80, height), _TALLEST)})
        settle(page)


if __name__ == "__main__":
    take(settings().data.resolve(), PICTURES)
