"""The product's settings, plus the made-up noun that the sync room is tested with."""

from fieldops import env
from fieldops.settings import *  # noqa: F403
from fieldops.settings import DATABASES, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.lamps"]
# Hashing a password the slow way in every test would only test the hasher.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Each test client would look through hundreds of files as it starts; tests/fieldops/test_headers.py does so.
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# No test can cut the power. SQLite would wait for the disk at every commit, as PostgreSQL would (tests/postgres.py).
_writer = DATABASES["default"]["OPTIONS"]
if "init_command" in _writer:
    _writer["init_command"] += " PRAGMA synchronous=OFF;"

# A Redis that happens to run on this machine is somebody's own. Unless one is named, pokes stay in memory
# (tests/broker.py) and news go to a port where nobody answers.
if not env.secret("FIELDOPS_REDIS_URL"):
    CELERY_BROKER_URL = "memory://"
    NEWS_REDIS_URL = "redis://127.0.0.1:1/1"
