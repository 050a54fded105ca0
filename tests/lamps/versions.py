"""Which version of the made-up kinds a process understands. In the second a switch says ``state``, and lamps blink."""

from __future__ import annotations

from dataclasses import replace

from core.inputs import Choice, Id, Input
from sync.registry import Kind, Said, registry
from tests.lamps import actions


class StateInput(Input):
    lamp = Id()
    state = Choice(choices=["on", "off"])


class BlinkInput(Input):
    lamp = Id()


def _from_first(said: Said) -> Said:
    """Version 1 said ``on``, and whatever is no truth value stays for the form to refuse."""
    args, seen = dict(said[0]), said[1]
    if "on" in args:
        on = args.pop("on")
        args["state"] = ("on" if on else "off") if isinstance(on, bool) else on
    return args, seen


_FIRST = registry.kinds["lamp.switch"]
_SECOND = replace(_FIRST, form=StateInput, action=actions.set_state, version=2, converters={1: _from_first})
_BLINK = Kind("lamp.blink", BlinkInput, actions.blink)


def understand(version: int) -> None:
    """Updates this process to the second version, or rolls it back to the first."""
    registry.kinds.pop(_BLINK.name, None)
    registry.kinds[_FIRST.name] = _FIRST
    if version > _FIRST.version:
        registry.kinds |= {_SECOND.name: _SECOND, _BLINK.name: _BLINK}


def understood() -> int:
    return registry.kinds[_FIRST.name].version
