"""Deep links to the bot, and their pictures for a camera: QR codes that can be printed."""

from io import BytesIO
from urllib.parse import quote

import segno

SCALE = 20
"""Pixels a module: at 300 dots an inch about 7 cm in all, which a camera reads from an arm's length."""
BORDER = 4
"""Modules of white around it, as the standard asks for (ISO/IEC 18004)."""


def deep_link(bot: str, code: str) -> str:
    """The address that opens Telegram at our bot, with an invitation's code."""
    return f"https://t.me/{quote(bot)}?start={code}"


def qr(text: str) -> bytes:
    """A text as the PNG of a QR code, readable although 15 % of it are lost (error correction M)."""
    png = BytesIO()
    segno.make(text, error="m", boost_error=False, micro=False).save(png, kind="png", scale=SCALE, border=BORDER)
    return png.getvalue()
