"""The front door: settings, addresses, processes. Wires the rooms and holds no rule."""

from fieldops.celery import app as celery_app

__all__ = ["celery_app"]
