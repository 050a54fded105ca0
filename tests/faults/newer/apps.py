from dataclasses import replace

from django.apps import AppConfig


class NewerConfig(AppConfig):
    name = "tests.faults.newer"
    label = "newer"

    def ready(self) -> None:
        from sync.registry import registry

        registry.kinds["visit.log"] = replace(registry.kinds["visit.log"], version=2)
