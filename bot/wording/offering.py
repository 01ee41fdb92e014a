"""Which forms a message offers beside its buttons, where a platform has any."""

from bot.messages import Offer
from bot.wording.labels.margins import Translate
from flows.prompts import Prompt, Summary
from flows.prompts.interludes import Filed
from flows.prompts.questions import Ask
from flows.session import aspect_of
from model.instrument import Instrument
from model.responses import Aspect


def offers(prompt: Prompt, instrument: Instrument, _: Translate) -> tuple[Offer, ...]:
    """The forms below a prompt: its capability's, and below a question those that go with its answer."""
    match prompt:
        case Ask(key=key):
            return (
                whole(instrument.capability_of[key].code, _),
                Offer(_("Comment"), "comment", key),
                Offer(_("Evidence"), "evidence", key),
                Offer(_("Hand on"), "hand_on", key),
            )
        case Summary(capability, answers) if aspect_of(answers[0][0]) is Aspect.AS_IS:
            return (whole(capability, _),)
        case Filed(item):
            return (whole(instrument.capability_of[item].code, _),)
    return ()


def whole(capability: str, _: Translate) -> Offer:
    """A capability as a form."""
    return Offer(_("%(code)s as a form") % {"code": capability}, "capability", capability)
