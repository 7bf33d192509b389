"""Official forms 14 and 15 of one commune: without names for who may see rows, with names for who signed in."""

from functools import partial
from pathlib import Path

import streamlit as st

from charts.numbers import number
from reference.form_definitions import LIST_FORMS
from reports.official_forms.content import FormNotPossible
from reports.official_forms.lists import ListContent, list_content, list_file
from ui import access, blocks, named_lists, url
from ui.data import Rows
from ui.texts import language, plain, t
from warehouse.named_views import Wanted, named_persons

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def offer(rows: Rows, period: str) -> None:
    """The commune and the form, and its files; an officer has the units in charge."""
    st.subheader(t("forms.title"))
    units = dict(rows.door().listed_units(period).iter_rows())
    if not units:
        blocks.nothing_to_show(t("forms.none"))
        return
    unit = url.choice(
        st.selectbox,
        t("column.unit"),
        tuple(units),
        key="listed_unit",
        default=next(iter(units)),
        format_func=lambda code: units[code],
    )
    form = int(
        url.choice(
            st.segmented_control,
            t("forms.number"),
            tuple(map(str, LIST_FORMS)),
            key="listed_form",
            default=str(LIST_FORMS[-1]),
            required=True,
            format_func=lambda each: t(f"forms.{each}"),
        )
    )
    try:
        content = list_content(rows.door(), form, unit, period)
    except FormNotPossible as refusal:
        blocks.nothing_to_show(plain(str(refusal)))
        return
    _file(content, unit, t("forms.hidden"), "hidden")
    who = access.who(rows.served.is_demo)
    if who is None:
        st.caption(t("named.sign_in"))
    elif st.button(
        t("forms.show"), key="named_form", icon=":material/badge:", help=t("named.help")
    ):
        _named(rows, form, unit, period, who)


def _named(rows: Rows, form: int, unit: str, period: str, who: str) -> None:
    """The view is noted first, then the names are opened.

    They stay in memory, for this session, until the page runs again or is closed; they are on no disk.
    """
    door, folder = rows.door(), Path(rows.served.folder)
    wanted = Wanted("form_14" if form == LIST_FORMS[0] else "form_15", period, unit_code=unit)
    keys = named_lists.keys
    found = named_lists.opened(
        lambda: named_persons(door, folder, keys(rows.served.is_demo), who, wanted)
    )
    if found is None:
        return
    content = list_content(door, form, unit, period, (who, found))
    st.caption(t("forms.noted", who=plain(who), count=number(found.height, language())))
    _file(content, unit, t("forms.take"), "named")


def _file(content: ListContent, unit: str, words: str, kind: str) -> None:
    st.download_button(
        words,
        partial(list_file, content),
        file_name=f"bieu-{content.number}-{unit}-{content.period}.xlsx",
        mime=_XLSX,
        key=f"form_file_{kind}",
        icon=":material/download:",
        on_click="ignore",
    )
