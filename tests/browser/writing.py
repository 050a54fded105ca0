"""The quickest way to write many entries by hand: comments on one visit."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.phone import Phone


def own_visit(phone: Phone) -> str:
    """A visit of this member that is in, after a pull."""
    me = phone.door.me["member"]["id"]  # type: ignore[attr-defined]
    return next(str(visit["id"]) for visit in phone.all("visit") if visit["member"] == me and visit["outcome"])


def comment_on(page: Page, text: str) -> None:
    """On the page of a visit. Returns when the comment is on the disk and shown."""
    field = page.get_by_role("textbox")
    field.fill(text)
    # By key: of two tabs only one is in front, and a tap in the other would have nothing to hit.
    page.locator("section", has=field).get_by_role("button").last.press("Enter")
    expect(field).to_have_value("")
    expect(page.get_by_text(text, exact=True)).to_be_visible()
