"""manage.py up: everything on this machine, with one command, until Ctrl-C."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from fieldops import demo, env, installation, mail
from fieldops.installation import wait_until
from fieldops.processes import BASE_DIR, GaveUp, Supervisor, die_with_parent, free_port, tail

ENDING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
READY_WITHIN_SECONDS = 90
PARTS = ("redis", "web", "beat", "worker", "slow")
# More than 5,000 live streams need. Not simply the hard limit: some machines allow a billion, and a process that
# closes every descriptor it might have inherited would then be busy for minutes.
MOST_OPEN_FILES = 65_536


class Command(BaseCommand):
    help = "Runs web, workers, clock and Redis on this machine, and ends them all together."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="0: any that is free")
        parser.add_argument("--host", default=installation.LOOPBACK)
        parser.add_argument("--data", type=Path, help="folder of all data; default: FIELDOPS_DATA_DIR, or var/")
        parser.add_argument("--no-demo", action="store_true", help="do not make the demo organizations")
        parser.add_argument("--database", default="", help="postgresql://… instead of SQLite in the data folder")
        parser.add_argument("--redis", default="", help="redis://… instead of a Valkey of its own")
        parser.add_argument("--until-ready", action="store_true", help="only show that it starts, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        _settle_environment(options)
        os.umask(0o077)  # logs and data hold people's words: for this user's eyes
        _raise_open_files()
        options["port"] = options["port"] or free_port()
        for name in ENDING:
            signal.signal(name, _end)
        data = Path(settings.DATA_DIR)
        (data / "log").mkdir(parents=True, exist_ok=True)
        with installation.only_one(data, self._say_once("Waiting for the former run to end …")) as lock:
            if lock is None:
                raise CommandError(f"Another FieldOps is running on {data}; choose another folder with --data.")
            if not installation.port_is_free(options["host"], options["port"]):
                raise CommandError(_port_in_use(options["host"], options["port"]))
            Run(self, data, options, lock).until_ended()

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def _say_once(self, text: str) -> Callable[[], None]:
        said: list[str] = []

        def say() -> None:
            if not said:
                said.append(text)
                self.say(text)

        return say


class Run:
    """One run of the installation, from the first process to the last."""

    def __init__(self, command: Command, data: Path, options: dict[str, Any], lock: int) -> None:
        self.say = command.say
        self.host, self.port = options["host"], options["port"]
        self.with_demo = not options["no_demo"]
        self.is_rehearsal = options["until_ready"]
        self.data, self.logs = data, data / "log"
        self.environment = dict(os.environ)
        # While it starts, nothing may keep dying. Later only the web server may not: phones can wait for the rest.
        self.supervisor = Supervisor(self.environment, self.logs, self.say, vital=frozenset(PARTS), keep_open=(lock,))
        _turn_logs(self.logs)
        self.environment.setdefault("FIELDOPS_MAIL_FILE", str(self.logs / "mail.log"))
        self.mails = mail.Reader(Path(self.environment["FIELDOPS_MAIL_FILE"]))

    def until_ended(self) -> None:
        try:
            self._start()
            self.supervisor.vital = frozenset({"web"})
            while not self.is_rehearsal:
                self.supervisor.watch()
                self._show_mails()
                time.sleep(0.2)
        except GaveUp as reason:
            raise CommandError(f"{reason}\nMore in {self.logs}.") from None
        finally:
            for name in ENDING:
                signal.signal(name, lambda *_: self.supervisor.kill())  # asked twice: do not be polite
            self.supervisor.stop(last="redis")

    def _start(self) -> None:
        self._timed("Redis", self._start_redis)
        what = "database and demo data" if self.with_demo else "database"
        self._timed(what, partial(self._manage, "prepare", *(["--demo"] if self.with_demo else [])))
        for part in (installation.web(self.host, self.port), *installation.background()):
            self.supervisor.start(part)
        self._timed("web and workers", self._wait_for_all)
        self._announce()

    def _timed(self, what: str, step: Callable[[], object]) -> None:
        began = time.monotonic()
        step()
        self.say(f"  {what:<44}{time.monotonic() - began:6.1f} s")

    def _start_redis(self) -> None:
        url = env.secret("FIELDOPS_REDIS_URL")
        if not url:
            part, url = installation.own_redis(self.data)
            self.supervisor.start(part)
            self.environment["FIELDOPS_REDIS_URL"] = url
            self.environment.pop("FIELDOPS_REDIS_URL_FILE", None)
        self.redis_url = url
        self._wait("Redis", lambda: installation.redis_answers(url))

    def _wait_for_all(self) -> None:
        self._wait("The web server", lambda: installation.web_answers(self.host, self.port))
        self._wait("The workers", lambda: installation.workers_answer(self.redis_url))

    def _wait(self, who: str, is_so: Callable[[], bool]) -> None:
        if not wait_until(is_so, READY_WITHIN_SECONDS, self.supervisor.watch):
            raise CommandError(f"{who} did not answer within {READY_WITHIN_SECONDS} s; see {self.logs}.")

    def _manage(self, *words: str) -> None:
        """A management command in a process of its own: it must see the same settings as the others."""
        log = self.logs / "prepare.log"
        with log.open("ab") as output:
            done = subprocess.run(
                [sys.executable, str(BASE_DIR / "manage.py"), *words],
                cwd=BASE_DIR,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
                start_new_session=True,
                preexec_fn=partial(die_with_parent, signal.SIGTERM, os.getpid()),
            )
        if done.returncode:
            raise CommandError("\n".join([f"manage.py {words[0]} failed:", *tail(log, 12), f"All of it: {log}"]))

    def _show_mails(self) -> None:
        for line in self.mails.new_lines():
            self.say(line)

    def _announce(self) -> None:
        self.say(f"READY {installation.address(self.host, self.port)}")
        if self.with_demo:
            for who, email, password in demo.logins():
                self.say(f"  {email:<36}{password:<16}{who}")
        if self.is_rehearsal:
            return
        if not settings.EMAIL_HOST:
            self.say("No mail server is set: mails, sign-in codes too, are shown here instead.")
        self.say("Ctrl-C ends it.")


def _settle_environment(options: dict[str, Any]) -> None:
    """Settings were read before the options were. Where options say otherwise, this process begins anew."""
    wanted = installation.environment(
        host=options["host"], data=options["data"], database=options["database"], redis_url=options["redis"]
    )
    if wanted != dict(os.environ):
        os.execve(sys.executable, [sys.executable, *sys.argv], wanted)


def _end(number: int, frame: object) -> None:
    raise SystemExit(0)


def _raise_open_files() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MOST_OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_OPEN_FILES)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _turn_logs(logs: Path) -> None:
    """Each start begins new logs and keeps those of the run before."""
    for log in logs.glob("*.log"):
        log.replace(log.with_suffix(".log.1"))


def _port_in_use(host: str, port: int) -> str:
    return (
        f"Port {port} of {host} cannot be used, most likely because something else uses it; choose another with --port."
    )
