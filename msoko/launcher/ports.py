"""Ports of this machine."""

import errno
import socket

from msoko.launcher.talk import Stop


def free_port() -> int:
    """A port of the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def read_port(text: str) -> int:
    if text.isdecimal() and 0 < int(text) < 65536:
        return int(text)
    raise Stop(f"PORT={text} — не номер порта. Укажите число от 1 до 65535, например: make run PORT=8001")


def require_free(host: str, port: int) -> None:
    """Raises Stop with advice when the portal could not listen there."""
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            probe.listen(1)
    except PermissionError:
        raise Stop(f"Нет права занять порт {port}. Укажите порт больше 1024: make run PORT=8000") from None
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise Stop(f"Нельзя принимать соединения на {host}: {error.strerror}. Проверьте переменную HOST.") from None
        other = port + 1 if port < 65535 else 8000
        raise Stop(f"Порт {port} занят другой программой. Укажите свободный: make run PORT={other}") from None
