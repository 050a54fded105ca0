"""python -m tests.faults: see tests/faults/running.py."""

from __future__ import annotations

import os
import sys

import django

# The installations have databases and a Redis of their own: what this shell names is somebody else's.
for name in [name for name in os.environ if name.startswith("FIELDOPS_") and name != "FIELDOPS_DATA_DIR"]:
    del os.environ[name]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fieldops.settings")
django.setup()

from tests.faults.running import main  # noqa: E402  (needs the settings that the line above loads)

sys.exit(main(sys.argv[1:]))
