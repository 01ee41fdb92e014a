"""What Telegram allows, each limit beside its reason; a test walks them, at the limit and one past it."""

TEXT = 4096
"""Characters of a text, after its markup is parsed, counted in UTF-16 units as Telegram does."""
CAPTION = 1024
"""Characters of a picture's or a document's caption, likewise."""
ENTITIES = 100
"""Marked places of a text; Telegram drops those beyond without a word. Ours has two: its title and its note."""
BUTTONS = 100
"""Buttons below a message."""
ROW = 8
"""Buttons beside each other."""
TOAST = 200
"""Characters of what is shown when a tap is answered."""
START = 64
"""Characters that a link can carry behind `?start=`, of A-Z a-z 0-9 _ -."""
COMMANDS = 100
"""Commands of a menu."""
DESCRIPTION = 256
"""Characters that say what a command of a menu does."""
DOCUMENT = 50 * 1024 * 1024
"""Bytes of a file that a bot may send."""
PHOTO = 10 * 1024 * 1024
"""Bytes of a picture that is shown as one; a larger one can go as a document."""
UPDATES = 100
"""Updates that one poll brings at the most."""
CONNECTIONS = 40
"""Requests of a webhook that Telegram makes side by side: its own default, and more than one store needs."""
