"""What Slack allows, each limit beside its reason; a test walks them, at the limit and one past it."""

TEXT = 4000
"""Characters of the text that notifications show: Slack cuts it there itself and allows ten times as many."""
LONGEST_TEXT = 40_000
"""Characters that Slack takes of such a text at all."""
BLOCKS = 50
"""Blocks of a message."""
ALL_BLOCKS = 13_000
"""Characters of a message's blocks as JSON: a little below where Slack says `msg_blocks_too_long`, undocumented."""
HEADER = 150
"""Characters of a header, which has no markup."""
SECTION = 3000
"""Characters of a section's text, markup and escapes included."""
CONTEXT = 2000
"""Characters of a note; Slack names no limit for a context's text, and this is its lowest for any."""
NOTES = 10
"""Elements of a context; ours has one."""
ACTIONS = 25
"""Elements of a row of buttons."""
BUTTON = 75
"""Characters of a button's label."""
VALUE = 2000
"""Characters of what a button carries: never cut. `flows.wire.encode` refuses what is far shorter."""
ID = 255
"""Characters of the name of an action, a block or a view; an action's is its own within its block."""
VIEW_BLOCKS = 100
"""Blocks of a modal or a home."""
TITLE = 24
"""Characters of a modal's title and of its buttons."""
METADATA = 3000
"""Characters of what a modal carries unseen: never cut. It is codes of ours, all of them short."""
LABEL = 2000
"""Characters of a field's label and of the hint below it."""
OPTION = 75
"""Characters of an option."""
OPTION_VALUE = 150
"""Characters of what an option stands for: never cut. It is a code or a number of ours."""
OPTIONS = 100
"""Options of one select; see `bot.forms.fields.MOST_OPTIONS`."""
INPUT = 3000
"""Characters that a text field may be given, and may be allowed."""
FILES = 10
"""Files that a field takes at once."""
COMMENT = 3000
"""Characters of the words beside a file, which Slack takes as a text: shown in full below this."""
ALT = 1000
"""Characters of what a picture shows, in words; Slack allows 2,000, and a screen reader reads all of it."""
FILE = 255
"""Characters of a file's name and of its title."""
