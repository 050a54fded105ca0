"""The settings of a program that knows version 2 of visit.log."""

from fieldops.settings import *  # noqa: F403
from fieldops.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.newer"]
