"""How long these tests run: briefly with the whole suite, at full length with --thorough."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.fixture(scope="session")
def length(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """Give how often something is tried: the first number, or the second with --thorough."""
    thorough = request.config.getoption("--thorough")
    return lambda brief, full: full if thorough else brief
