"""The journey of a review meeting in a real browser: overview, agenda, decision, pack; two browsers at once."""

import shutil
import zipfile

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from bench.server import CHROMIUM, browser, serving, settle
from tests.app.test_meetings import freeze_served
from warehouse.decisions import entries

pytestmark = [
    pytest.mark.browser,
    pytest.mark.province,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (apt install chromium)"),
]
SMALLEST_PX = 18


@pytest.fixture(scope="module")
def data(province, tmp_path_factory):
    """A copy of the whole province: what is decided here stays here."""
    folder = tmp_path_factory.mktemp("meeting") / "data"
    shutil.copytree(province.data, folder)
    return folder


@pytest.fixture(scope="module")
def address(data):
    with serving(data) as served:
        yield served


@pytest.fixture(scope="module")
def chromium():
    with browser() as running:
        yield running


@pytest.fixture
def open_page(chromium, address):
    contexts = []

    def opened(path="", width=1366, height=768, scheme="light"):
        context = chromium.new_context(
            viewport={"width": width, "height": height}, locale="vi-VN", color_scheme=scheme
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{address}/{path}")
        settle(page)
        return page

    yield opened
    for context in contexts:
        context.close()


def in_view(page):
    page.wait_for_selector("section .figures strong", timeout=30_000)
    return page


def decide(page, text):
    page.get_by_text("Ghi kết luận hoặc ghi chú").click()
    page.get_by_label("Nội dung", exact=True).fill(text)
    page.get_by_role("button", name="Ghi kết luận", exact=True).click()
    page.get_by_role("heading", name=text).wait_for(timeout=30_000)


def test_from_the_overview_to_the_agenda_a_decision_and_the_pack(open_page, data, tmp_path):
    page = open_page()
    page.get_by_text("Họp sơ kết").first.click()
    page.get_by_text("Chế độ họp").first.click()
    settle(in_view(page))
    first = page.locator("section h2").inner_text()
    page.locator("body").press("ArrowRight")
    page.wait_for_function("first => document.URL.includes('point=')", arg=first)
    settle(page)
    second = page.locator("section h2").inner_text()
    assert second != first
    decide(page, "Rà soát từng xã còn thiếu")
    (kept,) = entries(data)
    assert kept.figure.indicator_id in page.url
    assert kept.figure.indicator_id in second

    page.get_by_role("button", name="Soạn bộ tài liệu").click()
    take = page.get_by_role("button", name="Tải bộ tài liệu")
    take.wait_for(timeout=120_000)
    with page.expect_download() as download:
        take.click()
    target = tmp_path / "pack.zip"
    download.value.save_as(target)
    assert "bao-cao.docx" in zipfile.ZipFile(target).namelist()
    assert download.value.suggested_filename == "so-ket-quy-iii-2026.zip"


def test_two_browsers_at_once_both_keep_their_decision(open_page, data):
    before = len(entries(data))
    pages = [in_view(open_page("review_meeting?point=T4.2")) for _ in range(2)]
    for number, page in enumerate(pages):
        page.get_by_text("Ghi kết luận hoặc ghi chú").click()
        page.get_by_label("Nội dung", exact=True).fill(f"Việc của máy {number}")
    for page in pages:
        page.get_by_role("button", name="Ghi kết luận", exact=True).click()
    for number, page in enumerate(pages):
        page.get_by_role("heading", name=f"Việc của máy {number}").wait_for(timeout=30_000)
    assert len(entries(data)) == before + 2


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1024, 768), (390, 844)])
def test_the_view_is_read_from_the_back_of_the_room(open_page, width, height):
    page = in_view(open_page("review_meeting?point=T1.1", width, height))
    sizes = page.evaluate(
        "() => [...document.querySelectorAll('*')].flatMap(e => e.shadowRoot ? "
        "[...e.shadowRoot.querySelectorAll('section *')] : []).filter(e => e.children.length === 0 && "
        "e.textContent.trim()).map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert len(sizes) >= 8
    assert min(sizes) >= SMALLEST_PX
    overflow = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    assert overflow <= 1


@pytest.mark.parametrize("path", ["review_meeting", "meeting_changes"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_stands_in_the_way_of_a_screen_reader(open_page, path, scheme):
    page = open_page(path, scheme=scheme)
    page.wait_for_timeout(1500)
    found = Axe().run(page).response["violations"]
    serious = [
        (rule["id"], rule["nodes"][0]["html"][:160])
        for rule in found
        if rule["impact"] in {"critical", "serious"}
    ]
    assert not serious


def test_a_link_opens_on_the_figures_of_a_meeting_and_the_way_back_leaves_it(open_page, data):
    freeze_served(data)
    page = open_page("poverty_rates?meeting=so-ket-quy-iii-2026")
    notice = page.get_by_text("Số liệu chốt tại").first
    expect(notice).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Xem số liệu hiện hành").click()
    page.wait_for_function("() => !location.search.includes('meeting=')")
    expect(notice).not_to_be_visible(timeout=30_000)
