"""Translations, read from the translators' own files: there is no compiled form that could be stale."""

import gettext
import io
from functools import cache
from pathlib import Path

from babel.messages import mofile, pofile

LOCALE = Path(__file__).parent / "locale"
_LOCALES = {"en": "en_GB"}
"""Where a language alone would give dates that half the world reads the other way round."""


def locale_of(language: str) -> str:
    """Whose dates and numbers are written in a language."""
    return _LOCALES.get(language, language)


@cache
def translations(language: str) -> gettext.NullTranslations:
    """The bot's own sentences in a language; English ones as they stand in the templates."""
    path = LOCALE / f"{language}.po"
    if not path.is_file():
        return gettext.NullTranslations()
    with path.open("rb") as file:
        catalogue = pofile.read_po(file, locale=language)
    compiled = io.BytesIO()
    mofile.write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
