"""The launcher: one command from an empty machine to a running portal.

`python3 -m msoko.launcher COMMAND` needs Python 3.11 and nothing else; the Makefile wraps it. It makes the virtual
environment, starts an embedded PostgreSQL and Valkey from wheels under `var/` (or uses the servers that
`DATABASE_URL` and `REDIS_URL` name), then the portal's processes, and stops all it started.

Only the standard library here: the libraries come after `environment.ensure`. What it says goes to stderr,
so that stdout belongs to the command it runs.
"""
