"""One message and its figures in type that is read from the back of a room; it grows with the screen.

The theme's headings end at 28 px for pages at a desk. Nothing native is larger without changing every page, so this is
the one component of our own: text only, its colours and font those of the theme.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import streamlit as st

_HTML = "<section><p class='status'></p><h2></h2><div class='figures'></div><p class='note'></p></section>"
_CSS = """
section { container-type: inline-size; color: var(--st-text-color); font-family: var(--st-font); }
h2 { font-size: clamp(24px, 3.2cqw, 52px); line-height: 1.25; margin: 0.2em 0 0.6em; font-weight: 700; }
p { margin: 0; font-size: clamp(18px, 1.7cqw, 28px); line-height: 1.4; }
.figures { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr)); }
.figures div { border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius); padding: 0.8rem 1rem; }
.figures strong { display: block; font-size: clamp(28px, 2.9cqw, 60px); line-height: 1.3; font-weight: 700; }
.note { margin-top: 0.8em; }
"""
_JS = """
export default function ({ data, parentElement }) {
  const section = parentElement.querySelector('section')
  section.querySelector('.status').textContent = data.status
  section.querySelector('h2').textContent = data.message
  section.querySelector('.note').textContent = data.note
  section.querySelector('.figures').replaceChildren(...data.figures.map((figure) => {
    const box = document.createElement('div')
    for (const [tag, text] of [['p', figure.title], ['strong', figure.value], ['p', figure.note]]) {
      const line = document.createElement(tag)
      line.textContent = text
      box.append(line)
    }
    return box
  }))
}
"""
_draw = st.components.v2.component("big_type", html=_HTML, css=_CSS, js=_JS)


@dataclass(frozen=True)
class BigFigure:
    """One column: what it is, the figure, and a line under it."""

    title: str
    value: str
    note: str


def show(key: str, status: str, message: str, figures: Sequence[BigFigure], note: str) -> None:
    """Draw one view: status, one message, a few figures, and a last line. Plain text throughout."""
    _draw(
        key=key,
        data={
            "status": status,
            "message": message,
            "figures": [asdict(each) for each in figures],
            "note": note,
        },
    )
