"""A review meeting: one point of the agenda at a time in big type, what is decided, and the papers."""

import streamlit as st

from ui import blocks, decisions, frame, pack, review
from ui.texts import t

served, rows = frame.open_page()
if rows.viewer.role in ("visitor", "officer"):
    blocks.headline(t("review.not_for_you"))
    st.stop()

found, said = review.points(rows), decisions.everything(rows)
earlier = decisions.of_earlier_meetings(said, rows)
code = review.choose(found, has_earlier=bool(earlier))

if code == review.FOLLOW_UP:
    blocks.headline(decisions.sentence(earlier, served.today))
    decisions.follow_up(earlier, rows)
else:
    point = next(each for each in found if each.standing.indicator.id == code)
    review.draw(point, rows)
    with st.expander(t("decision.open"), icon=":material/edit_note:"):
        decisions.take_down(point, rows)
    decisions.told(decisions.of_point(decisions.everything(rows), point, rows), served.today)

st.divider()
st.caption(t("review.caption", build=served.build_id))
pack.button(rows)
