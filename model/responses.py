"""What a respondent says about an item: a level, or the reason why there is none."""

from enum import StrEnum

import msgspec


class Aspect(StrEnum):
    """Where the city stands (as-is), or where it wants to be (target)."""

    AS_IS = "as-is"
    TARGET = "target"


class NonResponse(StrEnum):
    """Why there is no level. Only `not_applicable` leaves the denominator of a score."""

    DONT_KNOW = "dont_know"
    NOT_APPLICABLE = "not_applicable"
    DECLINED = "declined"
    HANDED_ON = "handed_on"


class Source(StrEnum):
    """Who gave it: a respondent, or the coordinator with the value agreed on."""

    RESPONDENT = "respondent"
    AGREED = "agreed"


class Certainty(StrEnum):
    """How sure the respondent is."""

    MEASURED = "measured"
    DOCUMENTED = "documented"
    ESTIMATED = "estimated"


class Response(msgspec.Struct, frozen=True, omit_defaults=True):
    """One response: `level` (0-5) or `non_response`, never both.

    `item` is the code of an indicator, or of a capability where only a target is set; `year` belongs to a target.
    """

    item: str
    aspect: Aspect
    level: int | None = None
    non_response: NonResponse | None = None
    year: int | None = None
    source: Source = Source.RESPONDENT
    certainty: Certainty | None = None
    comment: str = ""
