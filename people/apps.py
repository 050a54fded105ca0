from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"

    def ready(self) -> None:
        from people import shapes, streams
        from sync.registry import registry

        registry.add_shapes(shapes.SHAPES)
        registry.add_reader(streams.read_by)
