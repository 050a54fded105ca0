"""The network between phones and server, with one fault for the next message."""

from __future__ import annotations

import contextlib
from collections import deque
from dataclasses import replace
from typing import NamedTuple

from tests.simulation.door import ServerDoor
from tests.simulation.entries import Json
from tests.simulation.messages import Browser, Lost, Transport

OK = "ok"
LOST_REQUEST = "lost_request"
LOST_RESPONSE = "lost_response"  # the server did it, the phone cannot know
DOUBLED = "doubled"  # the request arrives twice
DELAYED = "delayed"  # the phone gives up; the request arrives later, behind newer ones
CUT_REQUEST = "cut_request"
CUT_RESPONSE = "cut_response"
PORTAL = "portal"  # a captive portal answers in the server's place
SERVER_DIED = "server_died"  # after the commit: no response, no poke
FAULTS = (LOST_REQUEST, LOST_RESPONSE, DOUBLED, DELAYED, CUT_REQUEST, CUT_RESPONSE, PORTAL, SERVER_DIED)

# The faults after which the phone knows nothing new and nothing else has changed for anybody.
SILENT_FAULTS = (LOST_REQUEST, LOST_RESPONSE, DELAYED, CUT_REQUEST, CUT_RESPONSE, PORTAL)


class _Late(NamedTuple):
    browser: Browser
    member: str
    name: str
    message: Json


class Network:
    def __init__(self, door: ServerDoor) -> None:
        self.door = door
        self.fault = OK
        self._late: deque[_Late] = deque()

    def transport(self, browser: Browser, member: str) -> Transport:
        """The way to the server from this member's browser, which takes the cookie of an answer that arrives."""

        def send(name: str, message: Json) -> Json:
            fault, self.fault = self.fault, OK
            answer = self._send(fault, browser, member, name, message)
            browser.cookie = answer.pop("cookie", browser.cookie)
            return answer

        return send

    def deliver_late(self) -> bool:
        """The oldest delayed request arrives, and nobody waits for its answer. Returns whether there was one."""
        if not self._late:
            return False
        with contextlib.suppress(Lost):
            self.door.answer(*self._late.popleft())
        return True

    def _send(self, fault: str, browser: Browser, member: str, name: str, message: Json) -> Json:
        if fault == LOST_REQUEST:
            raise Lost
        if fault == DELAYED:
            self._late.append(_Late(replace(browser), member, name, message))
            raise Lost
        if fault == CUT_REQUEST:
            return {"status": 400, "code": "bad_json", "offset": 17}
        if fault == PORTAL:
            return {"welcome": "Accept the terms to go on."}
        answer = self.door.answer(browser, member, name, message)
        if fault == DOUBLED:
            answer = self.door.answer(browser, member, name, message)
        if fault == SERVER_DIED:
            self.door.lose_pokes()
        if fault in (LOST_RESPONSE, CUT_RESPONSE, SERVER_DIED):
            raise Lost
        return answer
