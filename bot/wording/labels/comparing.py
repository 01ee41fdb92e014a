"""What the benchmark's groups, commands and buttons are called."""

from collections.abc import Callable

from flows.prompts import Privacy, Prompt

Translate = Callable[[str], str]


def commands(_: Translate) -> dict[str, str]:
    """What each command about other cities does, in the menu's order."""
    return {
        "benchmark": _("your city beside others: /benchmark region, /benchmark 3"),
        "privacy": _("who sees what"),
    }


def typed(cut: str, _: Translate) -> str:
    """What is typed for a comparison, in the reader's language."""
    return f"/benchmark {cut_word(cut, _)}" if cut != "all" else "/benchmark"


def cut_word(cut: str, _: Translate) -> str:
    """What one respect in which cities are alike is called; `model/words.yaml` knows these words too."""
    return {"size": _("size"), "region": _("region"), "income": _("income")}[cut]


def sharing(prompt: Prompt, _: Translate, *, agreed: bool) -> str:
    """The label of a button that lets the city's result into the benchmark, or out of it."""
    if isinstance(prompt, Privacy):
        return _("Join the benchmark") if agreed else _("Leave the benchmark")
    return _("Yes, without our name") if agreed else _("No, keep it private")


def group_name(group: str, _: Translate) -> str:
    """What a peer group is called; a region of an operator's own naming as it is."""
    names = {
        "Africa": _("Africa"),
        "Americas": _("Americas"),
        "Asia": _("Asia"),
        "Europe": _("Europe"),
        "Oceania": _("Oceania"),
        "low": _("low income"),
        "lower-middle": _("lower middle income"),
        "upper-middle": _("upper middle income"),
        "high": _("high income"),
        "under 100,000": _("under 100,000 people"),
        "100,000-500,000": _("100,000 to 500,000 people"),
        "500,000-1 million": _("500,000 to 1 million people"),
        "1-5 million": _("1 to 5 million people"),
        "5 million and more": _("5 million people and more"),
    }
    return names.get(group, group)
