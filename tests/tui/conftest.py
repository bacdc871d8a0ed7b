"""What several of these tests start from."""

from pathlib import Path

import pytest

from .reviewing import merged


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Lea's project with what three colleagues judged."""
    return merged(tmp_path)
