"""Colours that differ in lightness first, so that they also differ in grey print and to the colour-blind."""

from matplotlib.colors import to_rgb

BLUE, ORANGE, MIDDLE, PALE, TRACK = "#0b4a86", "#e08a2e", "#6b6b6b", "#c9d8e8", "#f0f2f4"
LEVELS = ("#f2f5f9", "#cfdeed", "#a3bfdc", "#6c97c3", "#3a6ba3", "#12365f")
"""Levels 0 to 5, the higher the darker."""
UNANSWERED, NOT_APPLICABLE = "#ffffff", "#bdbdbd"
BANDS = ("#eef3f8", "#c5d7e8", "#8fb1d3", "#4d7fb3", "#163f6f")
"""Bands of scores from the lowest to the highest, the higher the darker."""
HATCHED = {"hatch": "////", "edgecolor": MIDDLE}
DOTTED = {"hatch": "xxx", "edgecolor": "#8a8a8a"}


def lightness(colour: str) -> float:
    """How light a colour looks (L* of CIE, 0-100): what is left of it in grey print."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour))
    seen = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return float(116 * seen ** (1 / 3) - 16 if seen > 0.008856 else 903.3 * seen)


def ink_on(colour: str) -> str:
    """Black or white, whichever is easier to read on a colour."""
    return "#ffffff" if lightness(colour) < 55 else "#111111"


def banded(score: float, limits: tuple[int, ...]) -> int:
    """The place of the band that a score belongs to."""
    return next((place for place, limit in enumerate(limits) if score <= limit), len(limits) - 1)


def shade(place: int, count: int) -> str:
    """The colour of one of so many bands."""
    return BANDS[round(place * (len(BANDS) - 1) / max(1, count - 1))]
