"""Forbids this process the network: Python imports a module of this name when it starts."""

from __future__ import annotations

import sys
from typing import Any

LOOPBACK = ("127.", "::1", "localhost")
ASKING = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")
TALKING = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind")


class Online(BaseException):
    """Something reached for the network; no `except Exception` hides it."""


def forbid_network() -> None:
    """Raise `Online` from now on where a name is looked up or an internet address is used."""
    sys.addaudithook(_watch)


def _watch(event: str, values: tuple[Any, ...]) -> None:
    if event in ASKING:
        raise Online(f"{event} {values}")
    if event in TALKING:
        address = values[1]
        # A library that tries out whether there is IPv6 binds a loopback address and lets it go.
        if isinstance(address, tuple) and not (
            event == "socket.bind" and str(address[0]).startswith(LOOPBACK)
        ):
            raise Online(f"{event} {values}")


if __name__ == "sitecustomize":
    forbid_network()
