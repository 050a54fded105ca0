"""Who was shut out, as the checks know it: what a phone may read, and whose work may take effect (I19)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from tests.simulation.door import InboxRow
from tests.simulation.entries import HAD_EFFECT
from tests.simulation.messages import Browser


@dataclass
class Outcasts:
    """Numbers are those of the server's log at the moment somebody was shut out."""

    sessions: set[str] = field(default_factory=set)
    replicas: dict[str, int] = field(default_factory=dict)
    off: dict[str, int] = field(default_factory=dict)  # member -> since
    was_off: list[tuple[str, int, int]] = field(default_factory=list)  # member, from, to
    greeted: set[str] = field(default_factory=set)  # replicas that said hello before

    def copy(self) -> Outcasts:
        lists = (dict(self.off), list(self.was_off), self.greeted)
        return Outcasts(set(self.sessions), dict(self.replicas), *lists)

    def are(self, browser: Browser, member: str) -> bool:
        return browser.session in self.sessions or member in self.off

    def shut_out(self, browser: Browser, replica: str, head: int) -> None:
        self.sessions.add(browser.session)
        self.replicas.setdefault(replica, head)

    def switched(self, member: str, head: int, *, is_active: bool) -> None:
        if not is_active:
            self.off.setdefault(member, head)
        elif member in self.off:
            self.was_off.append((member, self.off.pop(member), head))

    def said_hello(self, browser: Browser, replica: str) -> None:
        """A replica that was made in a session that is out is out from its beginning."""
        if browser.session in self.sessions and replica not in self.greeted:
            self.replicas.setdefault(replica, 0)
        self.greeted.add(replica)

    def outlive(self, saved: Outcasts, head: int) -> None:
        """A backup is back by its script: whoever was out in it or since is out, from this number of its history on."""
        self.sessions |= saved.sessions
        known = {**saved.replicas, **self.replicas}
        self.replicas = {replica: min(since, head) for replica, since in known.items()}
        self.off = dict.fromkeys({*saved.off, *self.off}, head)
        self.was_off.clear()

    def came_in(self, inbox: Iterable[InboxRow], member_of: Callable[[str], str | None]) -> Iterator[InboxRow]:
        """Entries that took effect although nobody had let them in."""
        for row in inbox:
            if row.state in HAD_EFFECT and not row.is_accepted and self._was_out(row, member_of(row.replica)):
                yield row

    def _was_out(self, row: InboxRow, member: str | None) -> bool:
        if row.seq > self.replicas.get(row.replica, row.seq):
            return True
        if member is None:
            return False
        spans = [(since, to) for one, since, to in self.was_off if one == member]
        return row.seq > self.off.get(member, row.seq) or any(since < row.seq <= to for since, to in spans)
