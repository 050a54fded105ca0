from django.apps import AppConfig
from django.conf import settings

from core import faults


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        faults.arm_from(settings.FAULT)
