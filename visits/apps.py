from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "visits"

    def ready(self) -> None:
        from sync.registry import registry
        from visits import entries, shapes

        registry.add_kinds(entries.KINDS)
        registry.add_shapes(shapes.SHAPES)
