"""A thumb for the browser: it can only tap what a thumb could, and it counts.

A target must be visible, at least 48 px both ways, inside the screen and not covered by anything. Opening a
keyboard is a tap, letters are not. The seconds are an estimate: 1.6 s a tap plus what the app made one wait.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect

SECONDS_PER_TAP = 1.6
LEAST_PX = 48
_WHAT_IS_THERE = """(node, [x, y]) => {
  const top = document.elementFromPoint(x, y)
  return top !== null && (node === top || node.contains(top) || top.contains(node))
}"""


@dataclass
class Thumb:
    page: Page
    taps: int = 0
    letters: int = 0
    waited_s: float = 0.0
    steps: list[str] = field(default_factory=list)

    def tap(self, target: Locator) -> None:
        """One tap in the middle of the target. Waiting for it to be there counts as the app's."""
        started = time.monotonic()
        expect(target).to_be_visible(timeout=20_000)
        target.scroll_into_view_if_needed()
        self.waited_s += time.monotonic() - started
        box = target.bounding_box()
        assert box is not None
        name = (target.get_attribute("aria-label") or target.inner_text()).split("\n")[0]
        assert box["width"] >= LEAST_PX, f"{name} is {box['width']:.0f} px wide"
        assert box["height"] >= LEAST_PX, f"{name} is {box['height']:.0f} px high"
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        assert target.evaluate(_WHAT_IS_THERE, [x, y]), f"{name} is covered"
        self.page.touchscreen.tap(x, y)
        self.taps += 1
        self.steps.append(name)

    def type(self, field_: Locator, text: str) -> None:
        """Opens the keyboard with a tap and types."""
        self.tap(field_)
        self.page.keyboard.type(text)
        self.letters += len(text)

    @property
    def seconds(self) -> float:
        return self.taps * SECONDS_PER_TAP + self.waited_s


@dataclass(frozen=True)
class Budget:
    flow: str
    taps: int
    seconds: float


LOG_A_VISIT = Budget("5.1 log a visit", 5, 20)
NOBODY_MET = Budget("5.1 nobody met", 2, 20)
NOTE_A_NEED = Budget("5.2 record a need", 3, 15)
NOTE_FROM_A_VISIT = Budget("record a need from a visit", 2, 15)
OBSERVE = Budget("record an observation", 3, 15)
OPEN_A_TICKET = Budget("open a ticket", 3, 15)
TICKET_FROM_A_VISIT = Budget("open a ticket from a visit", 2, 15)
SOLVE_A_TICKET = Budget("5.3 resolve a ticket", 9, 60)
RESOLVE_A_CONFLICT = Budget("resolve a conflict", 3, 20)


def check(thumb: Thumb, budget: Budget, where: str) -> None:
    """Prints the line of the table that is also the public claim, and fails on an overrun."""
    print(  # noqa: T201  (the line of a table that CI shows)
        f"{budget.flow} | {where} | {thumb.taps} of {budget.taps} taps | {thumb.letters} letters |"
        f" {thumb.seconds:.1f} of {budget.seconds:.0f} s | app wait {thumb.waited_s:.1f} s | {' → '.join(thumb.steps)}"
    )
    assert thumb.taps <= budget.taps, thumb.steps
    assert thumb.seconds <= budget.seconds
