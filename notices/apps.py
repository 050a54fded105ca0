from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "notices"

    def ready(self) -> None:
        from notices import entries, shapes
        from sync.registry import registry

        registry.add_kinds(entries.KINDS)
        registry.add_shapes(shapes.SHAPES)
