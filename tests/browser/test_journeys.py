"""The main journeys in a real browser, on the whole demo province."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from bench.server import CHROMIUM, browser, serving, settle

pytestmark = [
    pytest.mark.browser,
    pytest.mark.province,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (apt install chromium)"),
]
PAGES = ("", "poverty_rates", "data_quality", "about")
SLOW_MACHINE_MS = 30_000


@pytest.fixture(scope="module")
def address(province):
    with serving(province.data) as served:
        yield served


@pytest.fixture(scope="module")
def chromium():
    with browser() as running:
        yield running


@pytest.fixture
def visit(chromium, address):
    """``visit(path, width)`` → the settled page; what it asked of other hosts is a failure."""
    contexts = []

    def go(path="", width=1366, height=768, **options):
        context = chromium.new_context(
            viewport={"width": width, "height": height}, locale="vi-VN", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname or ""))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{address}/{path}")
        settle(page)
        return page

    hosts: set[str] = set()
    errors: list[str] = []
    yield go
    for context in contexts:
        context.close()
    assert hosts <= {"127.0.0.1", ""}, "nothing may be fetched from outside"
    assert not errors


def expect_headline(page, *parts):
    for part in parts:
        expect(page.locator("h2, h1").first).to_contain_text(part, timeout=SLOW_MACHINE_MS)


def expect_seen(locator):
    expect(locator.first).to_be_visible(timeout=SLOW_MACHINE_MS)


def test_the_first_page_answers_in_one_sentence_with_published_figures(visit):
    page = visit()
    expect_headline(page, "2025", "4.825 hộ")
    expect_seen(page.locator(".js-plotly-plot .main-svg"))
    expect_seen(page.get_by_text("DỮ LIỆU MÔ PHỎNG"))


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("width", "scheme"), [(1366, "light"), (1366, "dark"), (390, "light")])
def test_no_page_scrolls_sideways_or_stands_in_the_way_of_a_screen_reader(
    visit, path, width, scheme
):
    page = visit(path, width=width, height=844, color_scheme=scheme)
    overflow = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    assert overflow <= 1
    if width == 390:
        # On a phone Streamlit's own navigation and tables fail two rules that no page can mend.
        return
    found = Axe().run(page).response["violations"]
    ours = [
        (rule["id"], rule["nodes"][0]["html"][:160])
        for rule in found
        if rule["impact"] in {"critical", "serious"}
    ]
    assert not ours


def test_a_link_opens_on_what_it_says(visit):
    page = visit("poverty_rates?period=2023&level=district")
    expect_headline(page, "2023", "1,09 %", "7.041")


def test_a_click_on_the_map_shows_that_commune_alone(visit):
    page = visit("poverty_rates", height=1000)
    plot = page.locator(".js-plotly-plot").first
    box = plot.locator(".scatterlayer .trace .points path").last.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_function("() => location.search.includes('unit=')", timeout=SLOW_MACHINE_MS)
    settle(page)
    assert "toàn địa bàn" not in page.locator("h2, h1").first.inner_text()


def test_english_is_one_click_and_stays_in_the_link(visit):
    page = visit()
    page.get_by_text("English", exact=True).first.click()
    page.wait_for_function("() => location.search.includes('lang=en')")
    settle(page)
    expect_headline(page, "poor households")


def test_navigation_keeps_the_filters(visit):
    page = visit("poverty_rates?period=2022")
    expect_headline(page, "2022")
    page.goto(page.url.replace("/poverty_rates", "/data_quality"))
    settle(page)
    page.go_back()
    settle(page)
    expect_headline(page, "2022")


def test_a_visitor_never_sees_a_small_count(visit):
    page = visit("poverty_rates?role=visitor&period=2024&level=commune")
    role = page.get_by_role("combobox", name="Xem với vai trò")
    expect(role).to_have_value("Người xem công khai", timeout=SLOW_MACHINE_MS)
    assert "trả lại" not in page.inner_text("body")


def test_the_table_twin_is_downloaded_as_csv(visit):
    page = visit("poverty_rates?period=2024&level=district")
    with page.expect_download() as download:
        # The table's own button: on a slow machine another table's may be drawn first.
        page.locator(".st-key-poverty_rates_csv button").click()
    content = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert "Hải Hậu" in content


def test_the_keyboard_reaches_the_navigation_and_the_filters(visit):
    page = visit("poverty_rates")
    reached = set()
    for _ in range(25):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("() => document.activeElement?.tagName"))
    assert reached & {"A", "BUTTON"}
    assert reached & {"INPUT", "BUTTON"}
