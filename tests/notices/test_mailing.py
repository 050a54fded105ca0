"""Mails about what is unread: to whom, in which words, once, and again when they could not be sent."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.utils import translation
from pytest_django.fixtures import Settings

from core import tenancy
from core.ids import uuid7
from fieldops.processes import free_port
from needs.models import Need
from notices import actions, events, mailing
from notices.actions import notify
from notices.events import Mail
from notices.mailing import send_due
from notices.models import Notification
from people.actions import change_member
from people.models import Member, User
from tests import factories as make
from tests.conftest import World

pytestmark = pytest.mark.both_databases

NOON = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)  # in Seoul
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def noon() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def need(world: World, noon: Any) -> Need:
    return make.sorted_need(world.jun, world.steel, "Quieter pumps", heard_by=world.ana)


def tell(member: Member, need: Need, event: str = "joining.asked", **params: Any) -> Notification:
    """At once, when nothing else is said."""
    given = {"member": "Jun", "customer": "Daehan Steel", "title": need.title, **params}
    with make.writing() as unit:
        notify(unit, [member], event, need, source=uuid7(), **given)
    return Notification.objects.filter(member=member).latest("made_at", "pk")


def sent() -> list[tuple[str, str]]:
    """To whom, and the subject."""
    return [(message.to[0], str(message.subject)) for message in mail.outbox]


# --- What goes out ----------------------------------------------------------------------------------


def test_what_is_unread_goes_out_once(world: World, need: Need) -> None:
    note = tell(world.ana, need)
    assert [send_due(), send_due()] == [1, 0]
    assert sent() == [("ana@example.com", "Jun 님이 Daehan Steel 방문에 동행하고 싶어 해요.")]
    assert Notification.objects.get(pk=note.pk).mailed_at == NOON


def test_what_was_read_meanwhile_does_not(world: World, need: Need) -> None:
    note = tell(world.ana, need)
    with make.writing(world.ana) as unit:
        actions.read_notification(unit, notification=note.pk)
    assert send_due() == 0


def test_several_are_one_mail(world: World, need: Need, noon: Any) -> None:
    for number in range(3):
        noon.shift(timedelta(minutes=1))
        tell(world.ana, need, customer=f"Works {number}")
    assert send_due() == 1
    [message] = mail.outbox
    assert message.subject == "새 알림 3개"
    assert [line for line in str(message.body).splitlines() if line.startswith("- ")] == [
        f"- Jun 님이 Works {number} 방문에 동행하고 싶어 해요." for number in range(3)
    ]


def test_a_long_list_is_cut_and_says_so(world: World, need: Need) -> None:
    for number in range(mailing.MOST_LINES + 2):
        tell(world.ana, need, customer=f"Works {number}")
    assert send_due() == 1
    lines = str(mail.outbox[0].body).splitlines()
    assert len([line for line in lines if line.startswith("- ")]) == mailing.MOST_LINES
    assert "그 밖에 2개가 더 있어요" in lines
    assert not Notification.objects.filter(mailed_at=None).exists()


def test_each_reads_in_their_own_language(world: World, need: Need) -> None:
    User.objects.filter(pk=world.ben.user.pk).update(language="en")
    tell(world.ana, need)
    tell(world.ben, need)
    assert send_due() == 2
    bodies = {message.to[0]: str(message.body) for message in mail.outbox}
    assert "Hello Ben," in bodies["ben@example.com"]
    assert "Jun would like to come along to Daehan Steel." in bodies["ben@example.com"]
    assert "Ana 님, 안녕하세요." in bodies["ana@example.com"]


def test_what_was_said_in_several_lines_is_one_line_of_a_mail(world: World, need: Need) -> None:
    """Also in the subject, which would not be sent otherwise."""
    make.preference(world.ana, mails={"need.stage": "at_once"}, quiet_from=None, quiet_to=None)
    tell(world.ana, need, "need.stage", stage="declined", title="Quieter\npumps", reason="Too rare.\r\n\r\nSorry")
    assert send_due() == 1
    assert mail.outbox[0].subject == "\u2018Quieter pumps\u2019 니즈는 이번에는 어려워요: Too rare. Sorry"
    assert b"Subject: " in mail.outbox[0].message().as_bytes()


def test_whoever_was_switched_off_gets_no_mail(world: World, need: Need) -> None:
    tell(world.ana, need)
    with make.writing() as unit:
        change_member(unit, world.ana, is_active=False)
    assert send_due() == 0


def test_mails_of_all_organizations_go_out_each_by_its_own_clock(
    world: World, otto: Member, need: Need, noon: Any
) -> None:
    """It is night in Seoul, and day where Otto works."""
    organization = otto.organization
    organization.time_zone = "Europe/Berlin"
    organization.save()
    with tenancy.acting_in(organization.pk):
        customer = make.customer(otto.territories.get())
        tell(otto, make.need(otto, customer))
    tell(world.ana, need)
    noon.move_to(NOON + timedelta(hours=9))
    with tenancy.acting_in(None):
        assert send_due() == 1
    assert [to for to, _ in sent()] == ["otto@example.com"]
    assert "Ana" not in str(mail.outbox[0].body)


def test_what_is_held_back_at_night_goes_out_in_the_morning(world: World, need: Need, noon: Any) -> None:
    noon.move_to(NOON + timedelta(hours=11))
    tell(world.ana, need)
    assert send_due() == 0
    noon.move_to(NOON + timedelta(hours=19))
    assert send_due() == 1


def test_the_digest_goes_out_once_a_day(world: World, need: Need, noon: Any) -> None:
    tell(world.ana, need, "need.stage", stage="accepted")
    assert send_due() == 0
    noon.move_to(NOON + timedelta(hours=20))
    assert [send_due(), send_due()] == [1, 0]
    noon.move_to(NOON + timedelta(hours=44))
    assert send_due() == 0


def test_those_who_wait_for_their_digest_take_nobodys_turn(
    world: World, need: Need, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ana, Ben and Carl wait until tomorrow; Mia's is due, and one run takes two."""
    monkeypatch.setattr(mailing, "MOST_MEMBERS", 2)
    for member in (world.ana, world.ben, world.carl):
        tell(member, need, "need.stage", stage="accepted")
    tell(world.mia, need)
    assert send_due() == 1
    assert [to for to, _ in sent()] == ["mia@example.com"]


def test_a_run_takes_only_so_many_and_the_next_goes_on(
    world: World, need: Need, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailing, "MOST_MEMBERS", 2)
    for member in (world.ana, world.ben, world.mia):
        tell(member, need)
    assert [send_due(), send_due(), send_due()] == [2, 1, 0]
    assert len(sent()) == 3


# --- Claims -------------------------------------------------------------------------------------------


def test_what_somebody_else_is_about_to_mail_is_not_mailed(world: World, need: Need, noon: Any) -> None:
    note = tell(world.ana, need)
    assert actions.claim_mails(world.ana.pk, [note.pk], NOON) == [note]
    assert actions.claim_mails(world.ana.pk, [note.pk], NOON) == []
    assert send_due() == 0


def test_a_claim_that_came_to_nothing_lapses(world: World, need: Need, noon: Any) -> None:
    note = tell(world.ana, need)
    actions.claim_mails(world.ana.pk, [note.pk], NOON)
    noon.move_to(NOON + timedelta(minutes=10))
    assert send_due() == 0
    noon.move_to(NOON + timedelta(minutes=10, seconds=1))
    assert [send_due(), send_due()] == [1, 0]


def test_what_there_was_more_to_say_of_while_it_was_mailed_is_mailed_again(world: World, need: Need) -> None:
    """The first mail was on its way when a second customer came to the first."""
    given: dict[str, Any] = {"title": need.title, "stage": "built"}
    make.preference(world.ana, mails={"reply.due": "at_once"})
    for count in (1, 2):
        with make.writing() as unit:
            notify(unit, [world.ana], "reply.due", need, count=count, **given)
        if count == 1:
            [claimed] = actions.claim_mails(world.ana.pk, [Notification.objects.get().pk], NOON)
    actions.note_mailed([claimed.pk], NOON)
    assert Notification.objects.get().mailed_at is None
    assert send_due() == 1
    assert sent()[0][1] == "고객 2곳에 \u2018Quieter pumps\u2019 니즈의 답을 알려 드릴 차례예요."


# --- When they cannot be sent ---------------------------------------------------------------------


def test_a_server_that_is_away_is_asked_again(
    world: World, need: Need, noon: Any, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """Once in a run: the others do not wait for it as well."""
    notes = [tell(member, need) for member in (world.ana, world.ben)]
    usual = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", free_port()
    assert send_due() == 0
    assert "cannot be reached" in caplog.text
    claimed = [Notification.objects.get(pk=note.pk).claimed_at for note in notes]
    assert claimed == [NOON, None]
    settings.EMAIL_BACKEND = usual
    assert send_due() == 1, "Ben; Ana's is claimed"
    noon.move_to(NOON + timedelta(minutes=11))
    assert send_due() == 1
    assert sorted(to for to, _ in sent()) == ["ana@example.com", "ben@example.com"]


class _Refusing(socketserver.StreamRequestHandler):
    """A mail server that knows nobody called Ana."""

    def handle(self) -> None:
        self.wfile.write(b"220 hello\r\n")
        for line in self.rfile:
            word = line.split()[0].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                while self.rfile.readline() != b".\r\n":
                    pass
            refuses = word == b"RCPT" and b"ana@" in line
            self.wfile.write(b"550 nobody here\r\n" if refuses else b"250 fine\r\n")


@pytest.fixture
def refusing_server(settings: Settings) -> Iterator[None]:
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Refusing)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.EMAIL_BACKEND, settings.EMAIL_USE_TLS = SMTP, False
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.server_address[1]
    yield
    server.shutdown()
    server.server_close()


def test_an_address_that_is_refused_holds_up_nobody_else(world: World, need: Need, refusing_server: None) -> None:
    notes = [tell(member, need) for member in (world.ana, world.ben)]
    assert send_due() == 1
    mailed = [Notification.objects.get(pk=note.pk).mailed_at for note in notes]
    assert mailed == [None, NOON]


# --- The words ------------------------------------------------------------------------------------------

TROUBLE: dict[str, Any] = {"customer": "Daehan Steel", "text": "The press stands still"}
PARAMS: dict[str, dict[str, Any]] = {
    "need.merged": {"title": "Quieter pumps", "into": "Less noise"},
    "need.unmerged": {"title": "Quieter pumps", "into": "Less noise"},
    "reply.due": {"title": "Quieter pumps", "stage": "built", "count": 2},
    "question.asked": {"count": 2, "text": "How often?"},
    "question.answered": {"customer": "Daehan Steel", "text": "How often?", "value": "yes"},
    "joining.asked": {"member": "Jun", "customer": "Daehan Steel", "day": None},
    "joining.accepted": {"member": "Ana", "customer": "Daehan Steel", "day": "2026-12-01"},
    "joining.refused": {"member": "Ana", "customer": "Daehan Steel", "day": "2026-12-01"},
    **{f"ticket.{event}": TROUBLE for event in ("assigned", "solved", "reopened")},
    "ticket.message": {**TROUBLE, "member": "Jun", "said": "The part is on its way"},
    "help.asked": {**TROUBLE, "member": "Ana", "said": "Which fuse?"},
    "help.answered": {**TROUBLE, "member": "Jun", "said": "The red one"},
    "cause.back": {**TROUBLE, "count": 2},
    "cause.proved": TROUBLE,
    "cause.finding_due": TROUBLE,
}
STAGES = ("confirmed", "accepted", "declined", "built", "shown", "solved", "not_yet")
SAID: list[tuple[str, dict[str, Any]]] = [
    *PARAMS.items(),
    *[("need.stage", {"title": "Quieter pumps", "stage": stage, "reason": "Too rare"}) for stage in STAGES],
    *[
        ("reply.answered", {"title": "Quieter pumps", "customer": "Daehan Steel", "value": value, "line": ""})
        for value in ("solved", "not_yet")
    ],
    *[
        (f"ticket.{event}", {**TROUBLE, "clock": clock, "rung": 1, "due_at": "2026-03-03T02:00:00.000Z"})
        for event in ("due_soon", "late")
        for clock in ("response", "resolution")
    ],
]


def test_every_event_has_its_words() -> None:
    assert {event for event, _ in SAID} == events.names()


@pytest.mark.parametrize(("event", "params"), SAID, ids=lambda value: value if isinstance(value, str) else "")
def test_every_event_is_said_in_korean_and_in_english(event: str, params: dict[str, Any]) -> None:
    said = {}
    for language in ("ko", "en"):
        with translation.override(language):
            said[language] = events.event_named(event).line(params)
    assert "%" not in "".join(said.values())
    assert re.search(r"요[.:]", said["ko"]), "in the polite form"
    assert said["en"].isascii()


@pytest.mark.parametrize(("language", "named"), [("ko", "\u2018정리 전 니즈\u2019"), ("en", '"A need to be sorted"')])
def test_a_need_that_nobody_has_sorted_is_called_so(language: str, named: str) -> None:
    merged = events.event_named("need.merged")
    with translation.override(language):
        assert merged.line({"title": "It rattles", "into": ""}).count(named) == 1
        assert merged.line({"title": "", "into": ""}).count(named) == 2


def test_an_event_that_nobody_wants_by_mail_can_be_wanted(world: World) -> None:
    assert {events.event_named(name).mail for name in events.names()} == {Mail.AT_ONCE, Mail.DIGEST, Mail.NONE}
