"""What each kind of prompt in a group may say: an example for every branch of its template."""

from collections.abc import Mapping
from datetime import UTC, datetime

from flows.prompts import Prompt, gatherings

AT = datetime(2026, 12, 1, 9, tzinfo=UTC)

GATHERINGS: Mapping[type[Prompt], tuple[Prompt, ...]] = {
    gatherings.CityProgress: (
        gatherings.CityProgress((("1", 5, 5), ("2", 2, 5)), 2, 5),
        gatherings.CityProgress((("1", 0, 5),), 0, 1),
    ),
    gatherings.Milestone: (gatherings.Milestone("3", 5, 2, 5), gatherings.Milestone("", 25, 5, 5)),
    gatherings.GroupHelp: (gatherings.GroupHelp("Oakridge"),),
    gatherings.Order: (
        gatherings.Order(("1.1.1", "1.2.1"), 4, AT),
        gatherings.Order(("1.1.1",) * 45, 4, AT),
    ),
    gatherings.Ballot: (
        gatherings.Ballot("1.0.1", "1.1.1", 1, 1, 1, AT, AT),
        gatherings.Ballot("1.1.2", "1.1.1", 2, 5, 2, AT, AT, 1),
        gatherings.Ballot("1.0.1", "1.1.1", 1, 1, 1, AT, AT, 7, open=False),
    ),
    gatherings.Tally: (
        gatherings.Tally("1.0.1", "1.1.1", 1, (0, 1, 3, 0, 0, 1), 1, 2, (("Ana", 5),)),
        gatherings.Tally("1.0.2", "1.1.1", 2, (0, 0, 4, 0, 0, 0), 0, 2),
        gatherings.Tally("1.0.1", "1.1.1", 1, (0,) * 6, 2),
        gatherings.Tally("1.0.1", "1.1.1", 1, (0, 0, 4, 1, 0, 0), 0, 2, (), 3, open=False),
        gatherings.Tally("1.0.1", "1.1.1", 1, (0, 0, 4, 1, 0, 0), 0, 2, (), open=False),
    ),
    gatherings.TimeUp: (gatherings.TimeUp("1.1.1", 1), gatherings.TimeUp("1.1.1", 5)),
    gatherings.Minutes: (gatherings.Minutes((("1.1.1", 3), ("1.2.1", 2)), 5), gatherings.Minutes((), 1)),
}
