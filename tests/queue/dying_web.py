"""A web process that dies as by a power cut at the worst moment: the change is committed, its message is not sent.

`python -m tests.queue.dying_web` prints its port and serves until it dies.
"""

import os
import signal
import sys
from wsgiref.simple_server import make_server

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from apps.core import jobs  # noqa: E402

jobs.send = lambda _: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment]

with make_server("127.0.0.1", 0, application) as server:
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()
