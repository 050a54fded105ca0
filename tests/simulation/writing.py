"""What members write on their phones, wherever it makes sense to write it."""

from __future__ import annotations

from collections.abc import Callable

from tests.simulation.edits import rows_of_clash
from tests.simulation.entries import Fields, Json, Key
from tests.simulation.lamps import CLASH, SHAPE
from tests.simulation.merge import FREE, GUARDED
from tests.simulation.stage import Stage
from tests.simulation.versions import BLINK, SECOND, SWITCH
from tests.simulation.watch import Owner


class Members(Stage):
    def make(self, phone: int, lamp: str, anchor: int) -> None:
        if lamp in self.lamps or phone >= len(self.owners):
            return
        id = self.lamps[lamp] = self.owners[phone].phone.new_id()
        anchor_id = self.cast.anchors[anchor][0]
        self._write(phone, "lamp.make", {"lamp": id, "anchor": anchor_id, "colour": "white"}, (SHAPE, id))

    def switch(self, phone: int, lamp: str, is_on: bool) -> None:
        self._write_about(phone, lamp, "lamp.switch", {"lamp": self.lamps.get(lamp), "on": is_on})

    def close(self, phone: int, lamp: str) -> None:
        self._write_about(phone, lamp, "lamp.close", {"lamp": self.lamps.get(lamp)})

    def edit(self, phone: int, lamp: str, label: str | None, price: int | None) -> None:
        """Changes one shared field or both, and says what stands on the screen."""
        id = self.lamps.get(lamp)
        shown = self._shown(phone, (SHAPE, id or ""))
        wanted = {field: value for field, value in ((FREE, label), (GUARDED, price)) if value is not None}
        if shown is not None and wanted:
            seen = {FREE: shown[FREE], GUARDED: shown[GUARDED]}
            self._write(phone, "lamp.edit", {"lamp": id, **wanted}, (SHAPE, str(id)), seen=seen)

    def resolve(self, phone: int, index: int, choice: str) -> None:
        """Decides one of the open clashes that the phone shows, about a lamp that it shows."""
        if phone >= len(self.owners):
            return
        view = self.owners[phone].phone.view()
        shown = [fields for (shape, _), fields in sorted(view.items()) if shape == CLASH and fields["choice"] is None]
        shown = [fields for fields in shown if (SHAPE, fields["lamp"]) in view]
        if shown:
            clash = shown[index % len(shown)]
            seen = {clash["field"]: view[SHAPE, clash["lamp"]][clash["field"]]}
            args = {"clash": clash["id"], "choice": choice}
            self._write(phone, "clash.resolve", args, *rows_of_clash(clash), seen=seen)

    def group(self, phone: int, lamp: str, into: str) -> None:
        """Hangs a lamp under another one, and rests on what was written about either."""
        rows = [(SHAPE, self.lamps.get(name, "")) for name in (lamp, into)]
        if all(self._shown(phone, row) is not None for row in rows):
            args = {"lamp": rows[0][1], "into": rows[1][1]}
            self._write(phone, "lamp.group", args, rows[0], refs=(rows[1],))

    def ungroup(self, phone: int, lamp: str) -> None:
        """Only one that hangs under another on the phone's screen."""
        row = (SHAPE, self.lamps.get(lamp, ""))
        shown = self._shown(phone, row)
        if shown is not None and shown["group"] is not None:
            self._write(phone, "lamp.ungroup", {"lamp": row[1]}, row)

    def show(self, phone: int, lamp: str) -> None:
        """To everybody, and no longer where it hangs."""
        self._write_about(phone, lamp, "lamp.show", {"lamp": self.lamps.get(lamp)})

    def blink(self, phone: int, lamp: str) -> None:
        """Something that only the newer app can say."""
        if phone < len(self.owners) and self.owners[phone].store.app >= SECOND:
            self._write_about(phone, lamp, BLINK, {"lamp": self.lamps.get(lamp)})

    def new_app(self, phone: int) -> None:
        """From now on this phone writes in the words of the second version, whatever the server understands."""
        if phone < len(self.owners):
            self.owners[phone].store.app = SECOND

    def circle(self, phone: int, lamps: list[str]) -> None:
        """Switches lamps by entries of which each rests on the next, and the last on the first."""
        shown = [lamp for lamp in lamps if self._shown(phone, (SHAPE, self.lamps.get(lamp, ""))) is not None]
        ids = [self.owners[phone].phone.new_id() for _ in shown]
        for lamp, id, ahead in zip(shown, ids, [*ids[1:], *ids[:1]], strict=True):
            self._write_before(phone, lamp, id, ahead)

    def tangle(self, phone: int, other: int, lamp: str) -> None:
        """Two phones switch a lamp by entries of which each rests on the other."""
        row = (SHAPE, self.lamps.get(lamp, ""))
        if phone != other and self._shown(phone, row) is not None and self._shown(other, row) is not None:
            first, second = (self.owners[one].phone.new_id() for one in (phone, other))
            self._write_before(phone, lamp, first, second)
            self._write_before(other, lamp, second, first)

    def _write_before(self, phone: int, lamp: str, id: str, ahead: str) -> None:
        owner, row = self.owners[phone], (SHAPE, self.lamps[lamp])
        owner.phone.write_before(ahead, id, SWITCH, {"lamp": self.lamps[lamp], "on": True}, row)
        self._wrote(owner)

    def crash(self, phone: int, lamp: str) -> None:
        """The poison says nothing, but the phone knows what it is about."""
        self._write_about(phone, lamp, "lamp.crash", {})

    def _write_about(self, phone: int, lamp: str, kind: str, args: Json) -> None:
        """Only about a lamp that stands on the phone's screen."""
        row = (SHAPE, self.lamps.get(lamp, ""))
        if self._shown(phone, row) is not None:
            self._write(phone, kind, args, row)

    def _shown(self, phone: int, row: Key) -> Fields | None:
        return self.owners[phone].phone.view().get(row) if phone < len(self.owners) else None

    def _write(
        self, phone: int, kind: str, args: Json, *rows: Key, refs: tuple[Key, ...] = (), seen: Json | None = None
    ) -> None:
        self.owners[phone].phone.write(kind, args, *rows, refs=refs, seen=seen)
        self._wrote(self.owners[phone])

    def _wrote(self, owner: Owner) -> None:
        self.written += 1
        self.watch.rendered(owner)

    def retry(self, phone: int, index: int) -> None:
        self._decide(phone, index, lambda owner, id: owner.phone.retry(id))

    def discard(self, phone: int, index: int) -> None:
        self._decide(phone, index, lambda owner, id: owner.phone.discard(id))

    def supersede(self, phone: int, index: int) -> None:
        """Replaces a parked switch by one the other way round."""

        def replace(owner: Owner, id: str) -> object:
            old = next(entry for entry in owner.store.entries if entry.id == id)
            if old.kind != "lamp.switch":
                return None
            return owner.phone.supersede(id, {**old.args, "on": not old.args["on"]})

        self._decide(phone, index, replace)

    def _decide(self, phone: int, index: int, decide: Callable[[Owner, str], object]) -> None:
        if phone < len(self.owners):
            owner = self.owners[phone]
            parked = owner.phone.parked()
            if parked and decide(owner, parked[index % len(parked)].id) is not None:
                self._wrote(owner)
