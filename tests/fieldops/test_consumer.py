"""A worker outlives its broker. Real worker, real Valkey."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from celery import Celery

from fieldops import installation
from fieldops.installation import wait_until
from fieldops.processes import Child, Part, stop
from tests.server import READY_WITHIN_SECONDS

TASK_SECONDS = 2.0
WORKER = [sys.executable, "-m", "celery", "-A", "tests.fieldops.slow_app", "worker", "-c", "2", "-n", "slow@%h"]
# Two at once: a worker with nothing free does not listen for more.
QUIET = ["--without-gossip", "--without-mingle", "--without-heartbeat"]


class Stage:
    """A Valkey, and a worker that listens to it."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.redis_part, self.url = installation.own_redis(data)
        self.environment = {**os.environ, "FIELDOPS_REDIS_URL": f"{self.url}/0"}
        self.redis = self._started_redis()
        self.worker = Child(Part("slow", [*WORKER, *QUIET]), self.environment, data)
        assert wait_until(lambda: installation.workers_answer(self.url, ("slow",)), READY_WITHIN_SECONDS)

    def _started_redis(self) -> Child:
        child = Child(self.redis_part, self.environment, self.data)
        assert wait_until(lambda: installation.redis_answers(self.url), READY_WITHIN_SECONDS)
        return child

    def send(self, mark: Path, seconds: float = 0.0) -> None:
        with Celery(broker=f"{self.url}/0", set_as_current=False) as app:
            app.send_task("slow.work", [seconds, str(mark)])

    def lose_redis(self) -> None:
        """Kills it while the worker looks away, so that it learns of all its lost connections in one moment, and of
        the one that tasks do not come by first."""
        self.worker.process.send_signal(signal.SIGSTOP)
        with redis.Redis.from_url(f"{self.url}/0") as client:
            assert client.execute_command("CLIENT", "KILL", "TYPE", "pubsub") >= 1
        self.redis.kill()
        self.worker.process.send_signal(signal.SIGCONT)

    def restart_redis(self) -> None:
        self.redis = self._started_redis()

    def close(self) -> None:
        stop([self.worker, self.redis])


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    found = Stage(tmp_path)
    yield found
    found.close()


@pytest.mark.slow
def test_a_worker_that_loses_redis_in_the_middle_of_a_task_goes_on(stage: Stage, tmp_path: Path) -> None:
    stage.send(tmp_path / "before", TASK_SECONDS)
    assert wait_until((tmp_path / "before").exists, READY_WITHIN_SECONDS)
    stage.lose_redis()
    assert wait_until((tmp_path / "before.done").exists, TASK_SECONDS * 5), "the task was not finished"
    stage.restart_redis()
    stage.send(tmp_path / "after")
    assert wait_until((tmp_path / "after.done").exists, READY_WITHIN_SECONDS), stage.worker.last_words()
    assert stage.worker.is_alive()
