"""The method in plain words, for those who answer and those who read: how to use the model, its scale, its numbers."""

from gettext import NullTranslations
from typing import Any

from model.instrument import Instrument


def chapters(i: Instrument, words: NullTranslations) -> list[dict[str, Any]]:
    """What everybody should know before: a title each, and blocks of text, lists and tables."""
    _ = words.gettext
    return [
        {"title": _("How to use it"), "blocks": [_list(_use(i, words))]},
        {"title": _("The scale"), "blocks": _scale(i, words)},
        {"title": _("How scores are made"), "blocks": _scores(i, words)},
        {"title": _("How cities are compared"), "blocks": [_list(_comparing(words))]},
    ]


def _list(items: list[str]) -> dict[str, Any]:
    return {"kind": "list", "items": items}


def _text(text: str) -> dict[str, Any]:
    return {"kind": "text", "text": text}


def _table(head: list[str], widths: list[int], rows: list[list[str]]) -> dict[str, Any]:
    return {"kind": "table", "head": head, "widths": widths, "rows": rows}


def _use(i: Instrument, words: NullTranslations) -> list[str]:
    _ = words.gettext
    key = sum(one.key for one in i.indicators.values())
    return [
        _("Every page shows one capability with its statements. A statement is a claim that can be checked."),
        _(
            "Heads of department say how far the city is with each statement today, from 0 to 5. "
            "Then the city sets a goal for each capability: a level, and a year two to five years ahead."
        ),
        _(
            "Each statement names the department that usually knows best. A city may merge departments. "
            "Several people may answer the same statement; where they differ, the difference is shown and kept."
        ),
        _("Answer for the city as it is, not as it should be. What each level looks like stands beside the statement."),
        _("The evidence is what would prove an answer: a link, a document, a photo. An answer counts without it too."),
        _("The %(count)s statements marked “key” are the short form, one a capability. The full form asks all of them.")
        % {"count": key},
        _("The references show who has done it, or which standard asks for it: a place to start, not a ranking."),
        _("A result is the city's own assessment. It says so wherever it is shown."),
    ]


def _scale(i: Instrument, words: NullTranslations) -> list[dict[str, Any]]:
    _ = words.gettext
    names = {code: said.name for code, said in i.non_responses.items()}
    meanings = {
        "dont_know": _("Counts as missing. Nothing is guessed in its place."),
        "not_applicable": _("The statement does not concern this city, for a reason given. It leaves the count."),
        "declined": _("Counts as missing."),
    }
    return [
        _text(_("One scale for every statement:")),
        _table(
            [_("Level"), _("Name"), _("Meaning")],
            [1, 4, 9],
            [[str(level.level), level.name, level.meaning] for level in i.scale],
        ),
        _text(_("What can be said instead of a level:")),
        _table(
            [_("Said"), _("What becomes of it")],
            [5, 9],
            [[names[code], meaning] for code, meaning in meanings.items() if code in names],
        ),
    ]


def _scores(i: Instrument, words: NullTranslations) -> list[dict[str, Any]]:
    _ = words.gettext
    items = [
        _("A capability's score is the mean of its statements times 20: level 5 everywhere is 100."),
        _("A dimension's score is the mean of its capabilities; the overall score is the mean of the dimensions."),
        _("All weigh the same, so that a part with many statements does not rule."),
        _(
            "A capability shows once two thirds of its statements that apply are answered, a dimension once three "
            "quarters of its capabilities show, the overall score once all dimensions do."
        ),
        _("Beside each number stands how much is answered, and what it would be if all that is missing were 0 or 5."),
        _("Where several people answered, the city's value is the lower median of their levels."),
        _("The short and the full form have scores of their own. A city that answered the full form has both."),
        _("The gap is the goal less today's level."),
        _("A mean hides a weak part behind a strong one; so the weakest capability is named beside it."),
    ]
    starts = [0, *(band.up_to for band in i.bands)]
    rows = [
        [
            (_("up to %(end)s") if place == 0 else _("above %(start)s, up to %(end)s"))
            % {"start": start, "end": band.up_to},
            band.name,
        ]
        for place, (start, band) in enumerate(zip(starts, i.bands, strict=False))
    ]
    return [
        _list(items),
        _text(_("Words for scores; the names are those of ITU-T Y.4904, the cut points are ours:")),
        _table([_("Score"), _("Name")], [5, 9], rows),
    ]


def _comparing(words: NullTranslations) -> list[str]:
    _ = words.gettext
    return [
        _("A result is private until the city's coordinator says otherwise, and can be made private again."),
        _(
            "A city is compared only with others that agreed to it: same version and form, latest closed round, "
            "enough of it answered. The city itself is left out of its peers."
        ),
        _("With fewer than 5 peers, only how many are missing is said."),
        _("From 5 peers: their median, and whether the city is above or below it."),
        _("From 11 peers: the quartiles, and the quarter in which the city is."),
        _("From 20 peers: the percentile, to the nearest 5."),
        _("Peers may be cut by size, region or income, one at a time; never so that the rest would be fewer than 5."),
        _("Never shown: the lowest, the highest, a rank, another city's name, another city's answers."),
        _(
            "Figures are taken on fixed days: the first of January, April, July and October. "
            "Who joined or left in between can thus not be told."
        ),
    ]
