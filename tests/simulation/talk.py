"""A phone's exchanges with the server: one at a time, over a bad network, and now and then killed in between."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from tests.simulation.entries import Json
from tests.simulation.messages import NoAnswer, Transport
from tests.simulation.network import OK, Network
from tests.simulation.phone import Phone
from tests.simulation.store import Killed, Store
from tests.simulation.watch import Owner, Watch

Say = Callable[[Phone], object]  # Phone.hello, Phone.push or Phone.pull
MakePhone = Callable[[str, Store, Transport], Phone]

# More exchanges than any sound phone needs to reach the head; a phone that is reset for ever meets it.
MOST_EXCHANGES = 400


class Talk:
    """Lets phones talk, and has every answer and every screen watched."""

    def __init__(self, network: Network, watch: Watch, make_twin: MakePhone) -> None:
        self.network = network
        self.watch = watch
        self.make_twin = make_twin  # a phone by all rules
        self._answers: list[Json] = []  # those the phone that talks has read

    def connect(self, owner: Owner) -> None:
        send = self.network.transport(owner.browser, owner.phone.member)

        def transport(name: str, message: Json) -> Json:
            answer = send(name, message)
            self.watch.answered(owner, message, answer)
            self._answers.append(answer)
            return answer

        owner.phone.transport = transport

    def once(self, owner: Owner, say: Say, fault: str = OK, kill: int | None = None) -> None:
        """One exchange with this fault. ``kill`` is the number of transactions after which the app is killed."""
        before = owner.store.copy()
        self.network.fault, owner.store.transactions_left = fault, kill
        self._answers.clear()
        try:
            self._exchange(owner, say)
        except Killed:
            self._restart(owner, before, say)
        finally:
            self.network.fault, owner.store.transactions_left = OK, None

    def to_the_end(self, owner: Owner, say: Say) -> None:
        """Until there is nothing more to say, without faults."""
        for _ in range(MOST_EXCHANGES):
            self._answers.clear()
            if not self._exchange(owner, say):
                return

    def _exchange(self, owner: Owner, say: Say) -> bool:
        """Returns whether there is more to say."""
        try:
            has_more = bool(say(owner.phone))
        except NoAnswer:
            self.watch.rendered(owner)
            return True
        if say is not Phone.push:
            self.watch.rendered(owner, is_complete=not has_more)
        if say is Phone.pull and not has_more:
            self.watch.completed(owner)
        return has_more

    def _restart(self, owner: Owner, before: Store, say: Say) -> None:
        """The app starts again over what it stored, next to a twin that was not killed."""
        owner.store.transactions_left = None
        answers = iter(self._answers.copy())
        twin = self.make_twin(owner.phone.member, before.copy(), lambda _name, _message: next(answers))
        with contextlib.suppress(NoAnswer, StopIteration):
            say(twin)
        self.watch.killed(owner, before, twin.store)
        self.watch.rendered(owner)
