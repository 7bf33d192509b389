"""The link that every document carries: the page on screen with the same figures."""


def view_link(period: str, meeting: str | None = None) -> str:
    """Address inside the application; ``meeting`` is the slug of the frozen meeting the figures are of."""
    frozen = f"&meeting={meeting}" if meeting else ""
    return f"poverty_rates?period={period}{frozen}"
