"""What a command says about wrong use: one Russian sentence instead of English words of the parser or the system."""

import errno
import re
from pathlib import Path

from django.core.management.base import CommandError

# The sentences of argparse; what is not here is shown as it came.
_SENTENCES = (
    (r"the following arguments are required: (.+)", r"Не указано: {}."),
    (r"argument (\S+): invalid int value: '(.*)'", r"{}: нужно целое число, указано «{}»."),
    (r"argument (\S+): expected (?:one argument|at least one argument|\d+ arguments?)", r"{}: не указано значение."),
    (r"argument (\S+): invalid choice: '?(.*?)'? \(choose from (.+)\)", r"{}: нельзя «{}», можно: {}."),
    (r"argument (\S+): not allowed with argument (\S+)", r"{} и {} вместе не указывают."),
    (r"unrecognized arguments: (.+)", r"Лишнее: {}."),
    (r"argument \S+: ([«А-ЯЁ].+)", r"{}"),
)
_REASONS = {
    errno.ENOENT: "нет такого файла или папки",
    errno.EISDIR: "это папка, а не файл",
    errno.ENOTDIR: "часть пути — файл, а не папка",
    errno.EACCES: "нет прав",
    errno.EPERM: "нет прав",
    errno.EROFS: "диск только для чтения",
    errno.ENOSPC: "нет места на диске",
    errno.ENAMETOOLONG: "слишком длинное имя",
}


def in_russian(message: str) -> str:
    """The parser's message as a Russian sentence."""
    message = message.removeprefix("Error: ").strip()
    for pattern, sentence in _SENTENCES:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            return sentence.format(*match.groups())
    return message


def reason(problem: OSError) -> str:
    """Why a file could not be read or written."""
    return _REASONS.get(problem.errno or 0, f"ошибка системы {problem.errno}")


def write_file(output: Path, content: bytes) -> None:
    """Write what a command made. Raises CommandError with the reason."""
    try:
        output.write_bytes(content)
    except OSError as problem:
        raise CommandError(f"Не удалось записать файл «{output}»: {reason(problem)}.") from problem
