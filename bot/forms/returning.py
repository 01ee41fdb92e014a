"""What comes back with a form: the events that it stands for, or what is wrong with it, field by field."""

from collections.abc import Mapping

from bot.forms.fields import LONGEST_COMMENT
from bot.forms.showing import COORDINATOR, MOST_FILES
from bot.wording.catalogues import translations
from bot.wording.labels.margins import Translate
from flows.events import AnyEvent, Attached, HandedOn
from flows.events.asides import Filled, Noted
from flows.together.handing import LONGEST_NOTE

Values = Mapping[str, str | tuple[Attached, ...]]
"""What stands in each field: a choice's value, a text, or files; a field that was left empty may be missing."""
Faults = dict[str, str]
"""What is wrong, by field, in a sentence."""


def event(kind: str, about: str, values: Values, language: str = "en") -> list[AnyEvent] | Faults:
    """The events that a form stands for, to be heard one after the other; or its faults, in the form's language.

    Files come as `Attached`, with what their platform tells of them, and a `group` of their own where they are several.
    """
    _ = translations(language).gettext
    match kind:
        case "capability":
            return _faults(_, values, comment=LONGEST_COMMENT) or [_filled(about, values)]
        case "comment":
            missing = {"text": _("Please write the comment.")} if not _text(values, "text") else {}
            faults = {**_unchosen(_, values), **missing, **_faults(_, values, text=LONGEST_COMMENT)}
            return faults or [Noted(f"{_text(values, 'statement')} {_text(values, 'text')}")]
        case "evidence":
            return _evidence(_, values)
        case "hand_on":
            return _handed(_, values)
    return {}


def _filled(about: str, values: Values) -> Filled:
    answers = tuple((key, told) for key, told in values.items() if key != "comment" and isinstance(told, str) and told)
    return Filled(about, answers, _text(values, "comment"))


def _evidence(_: Translate, values: Values) -> list[AnyEvent] | Faults:
    sent = values.get("files", ())
    files = () if isinstance(sent, str) else sent
    faults = {**_unchosen(_, values), **_faults(_, values, caption=LONGEST_COMMENT)}
    if not files:
        faults["files"] = _("Please choose at least one file.")
    elif len(files) > MOST_FILES:
        faults["files"] = _("Please send at most %(most)s files at once.") % {"most": MOST_FILES}
    if faults:
        return faults
    # With its code before it the caption says for which statement it is, whatever else stands in it.
    caption = f"{_text(values, 'statement')} {_text(values, 'caption')}".strip()
    return [_captioned(one, caption) for one in files]


def _captioned(file: Attached, caption: str) -> Attached:
    return Attached(file.kind, file.reference, caption, file.name, file.size, file.media, file.group, dated=file.dated)


def _handed(_: Translate, values: Values) -> list[AnyEvent] | Faults:
    faults = {**_faults(_, values, note=LONGEST_NOTE)}
    for field in ("what", "to"):
        if not _text(values, field):
            faults[field] = _("Please choose one.")
    if faults:
        return faults
    to = _text(values, "to")
    return [HandedOn(_text(values, "what"), "" if to == COORDINATOR else to, _text(values, "note"))]


def _unchosen(_: Translate, values: Values) -> Faults:
    return {} if _text(values, "statement") else {"statement": _("Please choose one.")}


def _faults(_: Translate, values: Values, **longest: int) -> Faults:
    """The texts that are too long."""
    said = _("This has %(count)s characters. Please say it in at most %(most)s.")
    counts = {field: len(_text(values, field)) for field in longest}
    return {f: said % {"count": counts[f], "most": most} for f, most in longest.items() if counts[f] > most}


def _text(values: Values, field: str) -> str:
    told = values.get(field, "")
    return told.strip() if isinstance(told, str) else ""
