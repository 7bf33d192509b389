"""The plan on the page about: every clause with its answer and a link that opens its page."""

import pytest

from reference.plan import clauses

SECTIONS: dict[str, list[str]] = {}
for _clause in clauses():
    SECTIONS.setdefault(".".join(_clause.clause_id.split(".")[:2]), []).append(_clause.page)


def test_every_clause_names_a_page():
    assert all(clause.page for clause in clauses())


@pytest.mark.parametrize("section", SECTIONS)
def test_each_clause_of_a_section_links_to_its_page(open_app, demo_data, section):
    app = open_app(demo_data, "about", section=section)
    paths = [link.proto.page or "overview" for link in app.get("page_link")]
    assert paths == SECTIONS[section]
    assert not any("Chưa có trang" in one.value for one in app.caption)


@pytest.mark.parametrize("page", sorted({page for pages in SECTIONS.values() for page in pages}))
def test_what_a_clause_links_to_opens(open_app, demo_data, page):
    app = open_app(demo_data, page)
    assert app.title or app.header or app.subheader
