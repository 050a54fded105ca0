"""The product's settings, plus the made-up noun that the sync room is tested with."""

from fieldops import env
from fieldops.settings import *  # noqa: F403
from fieldops.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.lamps"]
# Hashing a password the slow way in every test would only test the hasher.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# A Redis that happens to run on this machine is somebody's own. Unless one is named, pokes stay in memory
# (tests/broker.py) and news go to a port where nobody answers.
if not env.secret("FIELDOPS_REDIS_URL"):
    CELERY_BROKER_URL = "memory://"
    NEWS_REDIS_URL = "redis://127.0.0.1:1/1"
