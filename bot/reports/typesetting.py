"""PDFs by typst: a template beside this file and data; what people wrote is data, never markup."""

import json
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent / "fonts"
"""Also for pictures. A character that the template's font has not is taken from the first that has it."""
_EPOCH = 0
"""The instant told as the PDF's making: the same content gives the same bytes."""


class TypesettingError(Exception):
    """A document that cannot be set, mostly for a character that none of the fonts has."""


def typeset(template: str, content: dict[str, Any]) -> bytes:
    """The PDF of a template filled with `content`: tagged for screen readers (PDF/UA-1), only our own fonts.

    Raises TypesettingError.
    """
    import typst  # 30 MB that only PDFs need

    try:
        return typst.compile(
            Path(__file__).parent / template,
            font_paths=[FONTS],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(content, ensure_ascii=False)},
            pdf_standards="ua-1",
            timestamp=_EPOCH,
        )
    except typst.TypstError as error:
        raise TypesettingError(error.message) from error
