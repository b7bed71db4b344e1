"""The embedded Valkey: the broker of Celery. With a password, and it never throws messages away to make room."""

import os
import socket
import time

from msoko.launcher import keys, wheels
from msoko.launcher.paths import Var
from msoko.launcher.ports import free_port
from msoko.launcher.process import Child
from msoko.launcher.talk import failed

CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir {folder}
save ""
appendonly no
maxmemory 256mb
maxmemory-policy noeviction
daemonize no
"""
START_SECONDS = 20


class Valkey:
    """One server of a working folder. Nothing is kept on disk: PostgreSQL remembers the jobs."""

    def __init__(self, var: Var) -> None:
        self.var = var
        self.port = 0

    def start(self) -> Child:
        self.port = free_port()
        self.var.valkey.mkdir(mode=0o700, parents=True, exist_ok=True)
        configuration = self.var.valkey / "valkey.conf"
        password = keys.secret(self.var, "valkey")
        text = CONFIGURATION.format(port=self.port, password=password, folder=f'"{self.var.valkey}"')
        keys.write_private(configuration, text)
        env = {"PATH": os.environ.get("PATH", os.defpath)}
        child = Child("valkey", [str(wheels.valkey()), str(configuration)], log=self.var.log("valkey"), env=env)
        end = time.monotonic() + START_SECONDS
        while not answers(self.port, password):
            if child.exit_code is not None or time.monotonic() > end:
                child.stop()
                raise failed("Valkey не запустился.", child.log)
            time.sleep(0.02)
        return child

    @property
    def url(self) -> str:
        return redis_url(self.var, self.port)


def redis_url(var: Var, port: int) -> str:
    return f"redis://:{keys.secret(var, 'valkey')}@127.0.0.1:{port}/0"


def answers(port: int, password: str) -> bool:
    """Whether a server there takes the password and answers PING."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            answer = b""
            while answer.count(b"\r\n") < 2:
                part = connection.recv(256)
                if not part:
                    return False
                answer += part
            return answer == b"+OK\r\n+PONG\r\n"
    except OSError:
        return False
