"""What holds for every test: none may reach for the network, nor any process it starts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.offline import sitecustomize

OFFLINE = Path(sitecustomize.__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--thorough",
        action="store_true",
        help="run the tests of tests/robustness at full length (half an hour)",
    )


def pytest_configure() -> None:
    # Python imports `sitecustomize` when it starts, so that every process started from here
    # forbids itself the network too; this one has started already.
    others = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(OFFLINE), others)))
    sitecustomize.forbid_network()
