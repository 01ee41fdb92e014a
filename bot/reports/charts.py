"""Charts as values: what is drawn, before anybody draws it."""

import msgspec


class Axis(msgspec.Struct, frozen=True):
    """One dimension on a radar: scores (0-100), None where there is none."""

    label: str
    today: float | None
    goal: float | None
    peers: float | None


class Radar(msgspec.Struct, frozen=True):
    """Where a city stands, where it wants to be, and the median of its peers."""

    title: str
    axes: tuple[Axis, ...]
    legend: tuple[str, str, str]
    footer: str


class Strip(msgspec.Struct, frozen=True):
    """One score beside its peers: median always, the quartiles where the rules allow them (0-100)."""

    label: str
    own: float | None
    median: float
    quartiles: tuple[float, float] | None


class Strips(msgspec.Struct, frozen=True):
    """A city beside its peers, a strip a dimension."""

    title: str
    strips: tuple[Strip, ...]
    legend: tuple[str, str, str]
    footer: str


Chart = Radar | Strips
