"""What of Celery's worker waits for tasks, made to outlive a connection that is lost at an unlucky moment."""

from __future__ import annotations

import contextlib
from typing import Any

from celery.worker import consumer


class Consumer(consumer.Consumer):
    """Named by the settings.

    When Redis goes while a task runs and the news of it comes by another connection than the one tasks come by, the
    first try to close the channel breaks off; at the second, kombu looks for the address on a transport that has
    forgotten it. Celery takes that AttributeError for a mistake in the program, and ends the worker (celery and kombu
    5.7.0). The same happens when the task then wants its message acknowledged. Neither matters: a message that is not
    acknowledged is delivered again, and what no message reaches is found by the sweep.
    """

    connection_errors: tuple[type[BaseException], ...]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.connection_errors = (*self.connection_errors, AttributeError)

    def on_connection_error_after_connected(self, exc: Exception) -> None:
        with contextlib.suppress(AttributeError):
            super().on_connection_error_after_connected(exc)
