"""Everything a phone may say of lamps: the server's actions, and what a screen shows meanwhile."""

from __future__ import annotations

from collections.abc import Callable

from tests.simulation import edits, hanging, lamps
from tests.simulation.lamps import Deed, Lamps, Overlay

ACTIONS: dict[str, Callable[[Lamps, Deed], None]] = {
    "lamp.make": lamps.make,
    "lamp.switch": lamps.switch,
    "lamp.close": lamps.close,
    "lamp.blink": lamps.blink,
    "lamp.edit": edits.edit,
    "lamp.group": hanging.group,
    "lamp.ungroup": hanging.ungroup,
    "lamp.show": hanging.show,
    "lamp.crash": lamps.crash,
    "clash.resolve": edits.resolve,
}

OVERLAYS: dict[str, Overlay] = {
    **lamps.OVERLAYS,
    **hanging.OVERLAYS,
    "lamp.edit": edits.edit_overlay,
    "clash.resolve": edits.resolve_overlay,
}
