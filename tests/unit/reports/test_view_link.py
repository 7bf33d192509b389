"""The link in documents opens where the settings say that readers open the dashboard."""

import pytest

from reports.view_link import view_link


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("", "poverty_rates?period=2024&meeting=so-ket"),
        ("https://tinh.example.vn", "https://tinh.example.vn/poverty_rates?period=2024&meeting=so-ket"),
        ("https://tinh.example.vn/ngheo/", "https://tinh.example.vn/ngheo/poverty_rates?period=2024&meeting=so-ket"),
    ],
)  # fmt: skip
def test_a_link_begins_with_the_address_of_the_settings(monkeypatch, address, link):
    monkeypatch.setenv("POVERTY_ADDRESS", address)
    assert view_link("2024", "so-ket") == link
