"""What systemd hears: a real socket stands for it."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.cues import DARK
from firmware.service_manager import ServiceManager, WatchedLights

from .test_waiting import Shown


class Systemd:
    """The other end of NOTIFY_SOCKET."""

    def __init__(self, address: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(address)
        self._socket.setblocking(False)

    def heard(self) -> list[str]:
        words = []
        while True:
            try:
                words.append(self._socket.recv(4096).decode())
            except BlockingIOError:
                return words

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(params=["a file", "a name"])
def systemd(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Systemd]:
    path = str(tmp_path / "notify")
    monkeypatch.setenv("NOTIFY_SOCKET", path if request.param == "a file" else f"@{path}")
    monkeypatch.setenv("WATCHDOG_USEC", "2000000")
    made = Systemd(path if request.param == "a file" else f"\0{path}")
    yield made
    made.close()


def test_ready_is_said_once_after_the_first_tick_and_alive_after_each(systemd: Systemd) -> None:
    manager = ServiceManager()
    lights = WatchedLights(Shown(), manager)
    assert systemd.heard() == []
    lights.show(DARK)
    assert systemd.heard() == ["WATCHDOG_USEC=2000000", "READY=1", "WATCHDOG=1"]
    lights.show(DARK)
    lights.show(DARK)
    assert systemd.heard() == ["WATCHDOG=1"] * 2
    manager.close()


def test_between_two_loops_the_watchdog_has_more_patience_and_then_its_usual_one(systemd: Systemd) -> None:
    manager = ServiceManager()
    manager.alive()
    systemd.heard()
    manager.resting("a session begins")
    assert systemd.heard() == ["WATCHDOG_USEC=60000000\nWATCHDOG=1", "STATUS=a session begins"]
    manager.alive()
    manager.alive()
    assert systemd.heard() == ["WATCHDOG_USEC=2000000", "WATCHDOG=1", "WATCHDOG=1"]
    manager.stopping()
    assert systemd.heard() == ["STOPPING=1"]
    manager.close()


def test_the_guardian_does_not_inherit_what_is_for_the_loop(systemd: Systemd) -> None:
    del systemd
    ServiceManager().close()
    assert not {"NOTIFY_SOCKET", "WATCHDOG_USEC"} & os.environ.keys()


def test_a_manager_that_is_gone_keeps_nobody_waiting(systemd: Systemd) -> None:
    manager = ServiceManager()
    systemd.close()
    manager.alive()
    manager.close()
    # Nor does one that was left.
    manager.alive()


def test_without_a_manager_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    manager = ServiceManager()
    manager.alive()
    manager.resting("a page")
    manager.status("waits")
    manager.stopping()
