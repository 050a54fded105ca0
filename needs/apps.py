from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "needs"

    def ready(self) -> None:
        from customers import merging
        from needs import entries, events, shapes, sharing
        from notices.events import add_events
        from sync.registry import registry

        registry.add_kinds(entries.KINDS)
        registry.add_shapes(shapes.SHAPES)
        merging.share("need", sharing.NEED)
        add_events(events.EVENTS)
