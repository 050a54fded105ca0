from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "customers"

    def ready(self) -> None:
        from customers import entries, merging, shapes, sharing
        from sync.registry import registry

        registry.add_kinds(entries.KINDS)
        registry.add_shapes(shapes.SHAPES)
        for shape, noun in sharing.NOUNS.items():
            merging.share(shape, noun)
