"""No test, and so nothing the program does in one, may reach for the network."""

import socket
import subprocess
import sys
from collections.abc import Callable

import pytest

ADDRESS = ("192.0.2.1", 80)  # set aside for documentation: nobody is there


def connect() -> None:
    socket.create_connection(ADDRESS, timeout=0.1)


def connect_without_asking() -> None:
    with socket.socket() as one:
        one.connect(ADDRESS)


def send() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as one:
        one.sendto(b"hello", ADDRESS)


def listen() -> None:
    with socket.socket() as one:
        one.bind(("0.0.0.0", 0))


@pytest.mark.parametrize("act", [connect, connect_without_asking, send, listen])
def test_this_process_cannot_go_online(act: Callable[[], None]) -> None:
    # By its name: a worker of pytest may have the class from its start and from here.
    with pytest.raises(BaseException) as raised:
        act()
    assert raised.typename == "Online"


@pytest.mark.parametrize(
    "words",
    [
        "socket.create_connection(('192.0.2.1', 80), 0.1)",
        "socket.gethostbyname('example.invalid')",
        "__import__('urllib.request').request.urlopen('http://example.invalid/')",
    ],
)
def test_no_process_it_starts_can(words: str) -> None:
    script = f"import socket\ntry: {words}\nexcept Exception: pass"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert run.returncode == 1 and "Online" in run.stderr
