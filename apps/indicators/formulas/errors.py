"""Why a formula was not accepted."""


class FormulaError(ValueError):
    """The text is no formula. `code` is for tests, `position` counts characters from 1, the message is for people."""

    def __init__(self, code: str, message: str, position: int | None = None) -> None:
        self.code = code
        self.position = position
        place = f"Знак {position}: " if position is not None else ""
        super().__init__(place + message)
