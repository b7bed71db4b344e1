"""Colours and hatches of charts. Neighbours differ by at least 3:1, each differs from paper by at least 3:1, and a
hatch goes with every colour, so that no colour alone carries a meaning. No Django here."""

INK = "#16222e"
SOFT = "#4a5967"
GRID = "#d9e0e7"
AXIS = "#738290"
PAPER = "#ffffff"
QUIET = "#6f93ad"  # bars beside a highlighted one
BREAK = "#96191c"

# Dark and light in turn: any two neighbours in a legend, a group or a stack are far apart in lightness.
SERIES = ("#12405f", "#329eac", "#6b2a57", "#cc7a17", "#154427", "#8b949d")

# Strokes on an 8 × 8 tile, the same order as the colours; the first is plain.
HATCHES = (
    "",
    "M-2 2 2 -2M0 8 8 0M6 10 10 6",
    "M0 4H8",
    "M-2 6 2 10M0 0 8 8M6 -2 10 2",
    "M4 0V8",
    "M0 4H8M4 0V8",
)
# Steps of a heat table from poor to good: dark to pale, so that the order is seen without colour.
HEAT = ("#8f2d1d", "#f2c879", "#dfeee6")
ZONE = "#e9edf1"  # a stretch of values between two bounds
DASHES = ("", "7 4", "2 4", "10 3 2 3", "4 2", "1 3")


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2), from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ink_on(colour: str) -> str:
    """The colour of letters that reads best on a surface."""
    return max((PAPER, INK), key=lambda ink: contrast(ink, colour))
