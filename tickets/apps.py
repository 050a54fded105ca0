from django.apps import AppConfig


class TicketsConfig(AppConfig):
    name = "tickets"

    def ready(self) -> None:
        from customers import merging
        from notices.events import add_events
        from sync.registry import registry
        from tickets import entries, events, shapes, sharing

        registry.add_kinds(entries.KINDS)
        registry.add_shapes(shapes.SHAPES)
        for shape, noun in sharing.NOUNS.items():
            merging.share(shape, noun)
        add_events(events.EVENTS)
