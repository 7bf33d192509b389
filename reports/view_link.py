"""The link that every document carries: the page on screen with the same figures."""

from warehouse.settings import settings


def view_link(period: str, meeting: str | None = None) -> str:
    """The view of the rates; ``meeting`` is the slug of the frozen meeting the figures are of."""
    frozen = f"&meeting={meeting}" if meeting else ""
    return in_dashboard(f"poverty_rates?period={period}{frozen}")


def in_dashboard(view: str) -> str:
    """``view`` (page and choices) under the address that readers open, where the settings name one."""
    address = settings().address.rstrip("/")
    return f"{address}/{view.lstrip('/')}" if address else view
