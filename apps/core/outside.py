"""Asking whether a public address answers, without letting an address lead the portal into its own network.

Only http and https on their own ports; every name is resolved here and each of its addresses must be a public one; the
connection goes to the address that was checked, not to the name once more; a redirect is checked like the first
address; the answer is read up to a bound and within a bound of time. Nothing of the answer is kept.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

SECONDS = 10.0  # for everything together
MOST_BYTES = 64 * 1024
MOST_REDIRECTS = 3
PORTS = {"http": 80, "https": 443}
AGENT = "MSOKO link check"
_MOVED = {301, 302, 303, 307, 308}

Allowed = Callable[[str, int], bool]


@dataclass(frozen=True)
class Answer:
    """Whether the page is there; `problem` says in words why not."""

    is_there: bool
    problem: str = ""
    status: int = 0


class _Refused(ValueError):
    """The address must not be asked; the text is for people."""


def is_public(address: str, port: int) -> bool:
    """Whether the portal may connect there: a global unicast address on a port of the web."""
    found = ipaddress.ip_address(address)
    mapped = getattr(found, "ipv4_mapped", None)
    found = mapped or found
    return port in PORTS.values() and found.is_global and not found.is_multicast and not found.is_reserved


def probe(url: str, *, allowed: Allowed = is_public, seconds: float = SECONDS) -> Answer:
    """Ask the address. Never raises: whatever goes wrong is an answer in words."""
    deadline = time.monotonic() + seconds
    try:
        for _ in range(MOST_REDIRECTS + 1):
            status, moved = _ask(url, allowed, deadline)
            if moved is None:
                break
            url = urljoin(url, moved)
        else:
            return Answer(False, "адрес слишком много раз перенаправляет")
    except (OSError, http.client.HTTPException, ValueError) as failure:
        return Answer(False, _in_words(failure))
    if 200 <= status < 300:
        return Answer(True, status=status)
    problem = "страницы по этому адресу нет" if status in {404, 410} else f"сайт ответил ошибкой {status}"
    return Answer(False, problem, status)


def _in_words(failure: Exception) -> str:
    if isinstance(failure, _Refused):
        return str(failure)
    if isinstance(failure, TimeoutError):
        return "сайт не ответил вовремя"
    return "сертификат сайта не проходит проверку" if isinstance(failure, ssl.SSLError) else "сайт не отвечает"


def _ask(url: str, allowed: Allowed, deadline: float) -> tuple[int, str | None]:
    """One request: the status, and where it leads when it is a redirect."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname or parts.username or parts.password:
        raise _Refused("адрес должен начинаться с https:// или http://")
    port = parts.port or PORTS[parts.scheme]
    connection = _connection(parts, _checked_address(parts.hostname, port, allowed), port, deadline)
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {"Host": parts.netloc, "User-Agent": AGENT, "Accept": "*/*", "Connection": "close"}
        connection.request("GET", path.encode("utf-8").decode("latin-1"), headers=headers)
        response = connection.getresponse()
        left = MOST_BYTES
        while left > 0 and (chunk := response.read1(min(left, 8192))):
            left -= len(chunk)
            _left(deadline)
        location = response.getheader("Location") if response.status in _MOVED else None
        return response.status, location
    finally:
        connection.close()


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _checked_address(host: str, port: int, allowed: Allowed) -> str:
    """The first of the host's addresses; all of them must be allowed, so that none is picked by chance."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise _Refused("сайта с таким именем нет") from None
    addresses = [str(item[4][0]).split("%")[0] for item in found]
    if not addresses or not all(allowed(address, port) for address in addresses):
        raise _Refused("адрес ведёт не на открытый сайт в интернете")
    return addresses[0]


def _connection(parts: SplitResult, address: str, port: int, deadline: float) -> http.client.HTTPConnection:
    """A connection to the checked address; of https the certificate is that of the name."""
    plain = socket.create_connection((address, port), timeout=_left(deadline))
    plain.settimeout(min(5.0, _left(deadline)))
    assert parts.hostname is not None
    connection = http.client.HTTPConnection(parts.hostname, port)
    if parts.scheme == "https":
        try:
            connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=parts.hostname)
        except BaseException:
            plain.close()
            raise
    else:
        connection.sock = plain
    return connection
