"""Asking addresses outside: public ones only, whatever a name, a redirect or a slow answer tries."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from apps.core.outside import is_public, probe


class Pages(BaseHTTPRequestHandler):
    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        name = self.path.strip("/")
        if name.isdigit():
            self.send_response(int(name))
            self.end_headers()
        elif name == "away":
            self.send_response(302)
            self.send_header("Location", f"http://127.0.0.2:{self.server.server_address[1]}/secret")
            self.end_headers()
        elif name == "round":
            self.send_response(302)
            self.send_header("Location", "/round")
            self.end_headers()
        elif name == "moved":
            self.send_response(301)
            self.send_header("Location", "/200")
            self.end_headers()
        elif name == "slow":
            time.sleep(2)
        elif name == "endless":
            self.send_response(200)
            self.end_headers()
            try:
                for _ in range(100_000):
                    self.wfile.write(b"x" * 8192)
            except OSError:
                self.asked.append("cut off")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    Pages.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def only_first(address: str, _: int) -> bool:
    """Of the test: the first loop-back address stands for a public one, all others are private."""
    return address == "127.0.0.1"


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "0.1.2.3", "100.64.0.1", "224.0.0.1",
     "::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "255.255.255.255", "198.18.0.1"],
)  # fmt: skip
def test_private_addresses_are_not_public(address):
    assert not is_public(address, 443)


def test_public_addresses_on_ports_of_the_web():
    assert is_public("93.184.216.34", 443)
    assert is_public("2606:2800:220:1:248:1893:25c8:1946", 80)
    assert not is_public("93.184.216.34", 22)
    assert not is_public("93.184.216.34", 6379)


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://2130706433/", "http://0x7f.1/", "http://127.1/",
     "http://user:word@127.0.0.1/", "file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "javascript:1",
     "http://", "https://no-such-host.invalid/", "http://169.254.169.254/latest/meta-data/", "\x00", "http://[bad"],
)  # fmt: skip
def test_no_address_leads_inside_and_nothing_raises(url):
    answer = probe(url)
    assert not answer.is_there
    assert answer.problem


def test_the_default_refuses_a_private_site_without_asking_it(site):
    assert probe(f"{site}/200").problem == "адрес ведёт не на открытый сайт в интернете"
    assert Pages.asked == []


@pytest.mark.parametrize(
    ("page", "is_there", "words"),
    [
        ("200", True, ""),
        ("404", False, "страницы по этому адресу нет"),
        ("500", False, "ошибкой 500"),
        ("moved", True, ""),
    ],
)
def test_answers(site, page, is_there, words):
    answer = probe(f"{site}/{page}", allowed=only_first)
    assert answer.is_there == is_there
    assert words in answer.problem


def test_a_redirect_into_a_private_net_is_not_followed(site):
    answer = probe(f"{site}/away", allowed=only_first)
    assert answer.problem == "адрес ведёт не на открытый сайт в интернете"
    assert Pages.asked == ["/away"]


def test_redirects_end(site):
    assert "перенаправляет" in probe(f"{site}/round", allowed=only_first).problem
    assert len(Pages.asked) == 4


def test_time_and_size_are_bounded(site):
    begun = time.monotonic()
    assert probe(f"{site}/slow", allowed=only_first, seconds=0.5).problem == "сайт не ответил вовремя"
    assert probe(f"{site}/endless", allowed=only_first).is_there
    assert time.monotonic() - begun < 3
