from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "customers"

    def ready(self) -> None:
        from customers import shapes
        from sync.registry import registry

        registry.add_shapes(shapes.SHAPES)
