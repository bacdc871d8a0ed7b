"""Every screen looks as it did; `python -m tests.tui.snapshots` takes what is expected anew."""

import pytest

from .snapshots import FOLDER, SIZES, expected, take
from .tours import TOURS


@pytest.mark.parametrize("name", TOURS)
async def test_every_stop_of_a_tour_at_every_size(tmp_path, name):
    found = await take(TOURS[name], tmp_path)
    changed = [stop for stop, text in found.items() if text != expected(stop)]
    for stop in changed[:1]:
        assert found[stop] == expected(stop), stop
    assert changed == []
    for stop, text in found.items():
        columns, rows = map(int, stop.split("/")[0].split("x"))
        lines = text.removesuffix("\n").split("\n")
        assert len(lines) == rows and max(map(len, lines)) <= columns


def test_every_snapshot_is_of_a_size():
    folders = {path.name for path in FOLDER.iterdir()}
    assert folders == {f"{columns}x{rows}" for columns, rows in SIZES}
    names = [{path.name for path in (FOLDER / folder).iterdir()} for folder in folders]
    assert all(one == names[0] for one in names)
