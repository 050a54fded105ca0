"""The benchmarks. Each prints its figures beside a limit of the same machine, measured in the same run.

python -m bench.push                 pushing and applying, on SQLite
python -m bench.push --postgres      the same on PostgreSQL with fsync
python -m bench.alike FILE           finding alike needs, against what people said of pairs of sentences
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()
