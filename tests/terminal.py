"""A real terminal for tests: a command in a pseudo-terminal, its screen read by an emulator."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pexpect
import pyte

PATIENCE = 30.0


class Terminal:
    """The `annotator` command at work in a pseudo-terminal of a given size."""

    def __init__(
        self, folder: Path, *arguments: str, columns: int = 80, rows: int = 24, **environment: str
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.received = b""
        self._child = pexpect.spawn(
            sys.executable,
            ["-m", "annotator", *arguments],
            cwd=str(folder),
            dimensions=(rows, columns),
            env={
                **os.environ,
                "TERM": "xterm-256color",
                "COLUMNS": "",  # where they are set they hide the size of the terminal
                "LINES": "",
                "ANNOTATOR_CONFIG": str(folder / "settings.toml"),
                **environment,
            },
            timeout=PATIENCE,
        )

    @property
    def pid(self) -> int:
        """The number of the process."""
        return int(self._child.pid)

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def wait(self, until: Callable[[str], bool] | str) -> str:
        """Return the screen's text as soon as it holds a text or a test of it is true."""
        test = (lambda text: until in text) if isinstance(until, str) else until
        deadline = time.monotonic() + PATIENCE
        while not test(self.text):
            if time.monotonic() > deadline or not self._read():
                raise AssertionError(f"waited in vain for {until!r}; on the screen:\n{self.text}")
        return self.text

    def press(self, keys: str) -> None:
        """Send keys as a keyboard would, one after the other."""
        for key in keys:
            self._child.send(key)

    def take(self) -> None:
        """Take in what the command has written by now."""
        self._read()

    def ended(self) -> int:
        """Wait for the command to end and return its exit code."""
        while self._read():
            pass
        self._child.close()
        assert self._child.exitstatus is not None, f"killed by signal {self._child.signalstatus}"
        return int(self._child.exitstatus)

    def kill(self) -> None:
        """Kill the command as a power cut would."""
        self._child.kill(9)
        self._child.close(force=True)

    def _read(self) -> bool:
        """Take in what the command has written; False once it has ended."""
        try:
            data = self._child.read_nonblocking(65536, timeout=0.1)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.received += data
        self._stream.feed(data)
        return True
