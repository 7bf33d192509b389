"""How faithful copies are to their pilot, what they keep of its effect, and what was passed on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from measures.evaluation.effect import Effect

DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True)
class Passing:
    """One household's turn: ``received_from`` is None for those funded first."""

    participant: str
    received_from: str | None
    entry: date
    support_vnd: float | None
    recovered_vnd: float | None


@dataclass(frozen=True)
class Reach:
    """What the support did after it was given once. None where nothing is known."""

    first_funded: int
    reached: int
    per_first_funded: float | None
    share_recovered: float | None
    months_a_cycle: float | None
    longest_chain: int


def fidelity(present: Iterable[str], core: Iterable[str]) -> float | None:
    """Share (0 to 1) of the core components of the pilot that a copy has; None if none are named.

    Source: Carroll et al., Implementation Science 2:40 (2007); adherence to components only.
    """
    wanted = frozenset(core)
    return len(wanted & frozenset(present)) / len(wanted) if wanted else None


def replication_ratio(copies: Effect, pilot: Effect) -> float | None:
    """Effect at the copies over effect at the pilot; None when the pilot's interval covers 0.

    Source: List, The Voltage Effect (2022); the ratio of a figure that may be 0 says nothing.
    """
    if pilot.low <= 0 <= pilot.high:
        return None
    return copies.estimate / pilot.estimate


def revolving_reach(turns: Iterable[Passing]) -> Reach:
    """Households reached per household first funded, share recovered, months from turn to turn.

    Plan III.6: part of the support is recovered and passed on to the next households. A turn whose
    giver is unknown counts as first funded: nothing shows that it was passed on.
    """
    by_name = {turn.participant: turn for turn in turns}
    links = _links(by_name)
    first = len(by_name) - len(links)
    known = [t for t in by_name.values() if t.support_vnd and t.recovered_vnd is not None]
    given = sum(turn.support_vnd or 0 for turn in known)
    back = sum(turn.recovered_vnd or 0 for turn in known)
    waits = [(by_name[name].entry - giver.entry).days for name, giver in links.items()]
    return Reach(
        first_funded=first,
        reached=len(by_name),
        per_first_funded=len(by_name) / first if first else None,
        share_recovered=back / given if given else None,
        months_a_cycle=sum(waits) / len(waits) / DAYS_A_MONTH if waits else None,
        longest_chain=max((_depth(name, links) for name in by_name), default=0),
    )


def depths(turns: Iterable[Passing]) -> dict[str, int]:
    """Participant → turn: 1 for those funded first, one more than the giver's for the others."""
    by_name = {turn.participant: turn for turn in turns}
    links = _links(by_name)
    return {name: _depth(name, links) for name in by_name}


def _links(by_name: Mapping[str, Passing]) -> dict[str, Passing]:
    """Participant → giver, where the giver is known."""
    return {
        name: by_name[turn.received_from]
        for name, turn in by_name.items()
        if turn.received_from is not None and turn.received_from in by_name
    }


def _depth(name: str, links: Mapping[str, Passing]) -> int:
    """Turns from the first household to this one; a circle is cut where it closes."""
    seen = {name}
    while name in links and links[name].participant not in seen:
        name = links[name].participant
        seen.add(name)
    return len(seen)
