"""Numbers that come from addresses and ticked boxes, where anybody may type anything."""


def number_in(text: str) -> int | None:
    """The number of a row, or None where the text is none.

    Digits of other scripts and superscripts pass `isdigit` and break `int`; very long ones break it, too.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None
