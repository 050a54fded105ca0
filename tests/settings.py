"""The product's settings, plus the made-up noun that the sync room is tested with."""

from fieldops.settings import *  # noqa: F403
from fieldops.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.lamps"]
# Hashing a password the slow way in every test would only test the hasher.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
