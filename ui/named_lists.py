"""Lists with names: asked for by a click, shown once, noted, never kept."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import streamlit as st

from charts.numbers import MISSING, number
from ui import access, blocks
from ui.data import Rows
from ui.texts import language, plain, t
from warehouse.door import Door, NotAllowed
from warehouse.keys import KeyFileError, Keys, demo_keys, load_keys
from warehouse.named_views import NamesNotKept, Wanted, named_households
from warehouse.settings import settings


def offer(rows: Rows, wanted: Wanted) -> None:
    """A button that shows the list with names to a signed-in reader; to others, why there is none."""
    who = access.who(rows.served.is_demo)
    if who is None:
        st.caption(t("named.sign_in"))
        return
    asked = st.button(
        t("named.show"), key=f"named_{wanted.kind}", icon=":material/badge:", help=t("named.help")
    )
    if asked:
        _show(rows, wanted, who)


def _show(rows: Rows, wanted: Wanted, who: str) -> None:
    folder = Path(rows.served.folder)
    door = Door.open(folder, rows.viewer, rows.served.build_id)
    found = opened(lambda: named_households(door, folder, keys(rows.served.is_demo), who, wanted))
    if found is None:
        return
    st.caption(t("named.noted", who=plain(who), count=number(found.height, language())))
    if found.is_empty():
        blocks.nothing_to_show(t("state.no_rows"))
        return
    st.dataframe(
        _shown(found), key=f"named_{wanted.kind}_rows", hide_index=True, alt=t("named.alt")
    )


def opened(names: Callable[[], pl.DataFrame]) -> pl.DataFrame | None:
    """The rows with names; None, with the reason on screen.

    That is where no build has kept them, no key opens them, the viewer may not see them or the view cannot be noted.
    """
    try:
        return names()
    except NamesNotKept:
        st.error(t("named.not_kept"))
    except KeyFileError as error:
        st.error(plain(str(error)))
    except NotAllowed as error:
        st.error(plain(str(error)))
    except OSError:
        st.error(t("named.no_note"))
    return None


def _shown(found: pl.DataFrame) -> pl.DataFrame:
    return found.select(
        pl.col("name").fill_null(MISSING).alias(t("named.head")),
        pl.col("birth").fill_null(MISSING).alias(t("named.birth")),
        pl.col("unit_name").alias(t("column.unit")),
        pl.col("village_name").fill_null(MISSING).alias(t("column.village")),
    )


def keys(is_demo: bool) -> Keys:
    """The vault's keys: the public ones of the demo, else those of the key file."""
    return demo_keys() if is_demo else load_keys(settings().key_file)
