"""A phone in a pocket: a real Chromium with a profile on disk, that can be switched off and on again."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Locator, Page, Playwright, expect

from tests.chromium import launch_options

Login = Callable[[str], tuple[str, str]]  # e-mail and password of somebody of the demo
VIEWPORT = {"width": 360, "height": 740}
WORDS = {
    "ko": {
        "locale": "ko-KR",
        "email": "이메일",
        "password": "비밀번호",
        "sign_in": "로그인",
        "record": "기록",
        "today": "오늘",
        "feed": "현장 소식",
        "progress": "진전 있음",
        "not_met": "못 만남",
        "revisit": "재방문",
        "note": "한 줄 메모",
        "save": "저장",
        "undo": "되돌리기",
        "saved": "휴대폰에 저장됨",
        "applied": "등록 완료",
    },
    "en": {
        "locale": "en-GB",
        "email": "E-mail",
        "password": "Password",
        "sign_in": "Sign in",
        "record": "Record",
        "today": "Today",
        "feed": "Feed",
        "progress": "Progress",
        "not_met": "Not met",
        "revisit": "Revisit",
        "note": "One sentence",
        "save": "Save",
        "undo": "Undo",
        "saved": "Saved on this phone",
        "applied": "In",
    },
}


class Pocket:
    """One profile. ``on()`` is a new browser process on it, ``off()`` ends that process."""

    def __init__(self, playwright: Playwright, profile: Path, base_url: str, language: str = "ko") -> None:
        self.playwright = playwright
        self.profile = profile
        self.base_url = base_url
        self.words = WORDS[language]
        self.context: BrowserContext | None = None
        self.errors: list[str] = []

    def on(self, address: str = "/", **options: Any) -> Page:
        settings: dict[str, Any] = {
            "viewport": VIEWPORT,
            "device_scale_factor": 2,
            "has_touch": True,
            "is_mobile": True,
            "locale": self.words["locale"],
            "timezone_id": "Asia/Seoul",
            "permissions": ["geolocation"],
            "geolocation": {"latitude": 37.5, "longitude": 127.0, "accuracy": 20},
            **options,
        }
        self.context = self.playwright.chromium.launch_persistent_context(
            str(self.profile), **launch_options(), **settings
        )
        page = self.context.pages[0] if self.context.pages else self.context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(self.base_url + address)
        return page

    def off(self) -> None:
        if self.context is not None:
            self.context.close()
            self.context = None

    def kill9(self) -> None:
        """Ends the browser as a phone whose battery is pulled: every process of this profile, in the middle of it."""
        for found in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                if f"--user-data-dir={self.profile}".encode() in found.read_bytes():
                    os.kill(int(found.parent.name), signal.SIGKILL)
        if self.context is not None:
            with contextlib.suppress(Error):
                self.context.close()
            self.context = None

    def sign_in(self, page: Page, email: str, password: str) -> None:
        """Password sign-in and the first sync, until the first screen stands and the shell is kept for offline."""
        self.begin_sign_in(page, email, password)
        expect(page.get_by_test_id("sync-chip")).to_be_visible(timeout=90_000)
        page.evaluate("() => navigator.serviceWorker.ready.then(() => undefined)")

    def begin_sign_in(self, page: Page, email: str, password: str) -> None:
        page.get_by_label(self.words["email"], exact=True).fill(email)
        page.get_by_label(self.words["password"], exact=True).fill(password)
        page.get_by_role("button", name=self.words["sign_in"], exact=True).click()


def seen(locator: Locator) -> Locator:
    """Of what a screen has twice, for a phone and for a desk, the one that is to be seen."""
    return locator.locator("visible=true")
