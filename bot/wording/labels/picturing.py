"""What the charts are called."""

from collections.abc import Callable


def chart_name(about: str, _: Callable[[str], str]) -> str:
    """The name of a chart on a button; `about` is its kind, with the word "table" for its numbers as text."""
    kind, _space, rest = about.partition(" ")
    if rest:
        return _("The numbers as text")
    return {
        "radar": _("Today and goals"),
        "peers": _("Beside other cities"),
        "gaps": _("Largest gaps"),
        "levels": _("Levels"),
        "heat": _("All capabilities"),
        "moves": _("What moved"),
        "dimensions": _("How certain"),
    }.get(kind, _("Charts"))
