"""No test, and so nothing the program does in one, may reach for the network."""

import socket
import subprocess
import sys

import pytest

from tests.offline.sitecustomize import Online

ADDRESS = ("192.0.2.1", 80)  # set aside for documentation: nobody is there


def test_this_process_cannot_go_online() -> None:
    with pytest.raises(Online):
        socket.create_connection(ADDRESS, timeout=0.1)
    with socket.socket() as one, pytest.raises(Online):
        one.connect(ADDRESS)
    with socket.socket(type=socket.SOCK_DGRAM) as one, pytest.raises(Online):
        one.sendto(b"hello", ADDRESS)
    with socket.socket() as one, pytest.raises(Online):
        one.bind(("0.0.0.0", 0))


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
