"""A folder that is complete or absent, says what is in it, and replaces only an earlier one."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.errors import DatasetError

SUMS = "SHA256SUMS"
LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")


def check_free(folder: Path, force: bool) -> None:
    """Refuse a place where something is that an export may not replace.

    With `force` that is an earlier export: every file there is one that its checksums list.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise DatasetError(f"{folder}: not a folder")
    there = files_in(folder)
    if not there:
        return
    if SUMS not in there:
        raise DatasetError(f"{folder}: holds other files ({there[0]}); name another folder")
    foreign = [name for name in there if name != SUMS and name not in listed(folder)]
    if foreign:
        raise DatasetError(f"{folder}: holds other files ({foreign[0]}); name another folder")
    if not force:
        raise DatasetError(f"{folder}: there is an export already; --force replaces it")


def files_in(folder: Path) -> list[str]:
    """Return the paths of all files below a folder, relative to it, sorted."""
    return sorted(
        Path(place, name).relative_to(folder).as_posix()
        for place, _, names in os.walk(folder)
        for name in names
    )


def listed(folder: Path) -> dict[str, str]:
    """Return the checksums of an export: path → SHA-256; DatasetError where they are none."""
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{folder / SUMS}: cannot be read") from error
    found = [LINE.fullmatch(line) for line in lines]
    if not all(found):
        raise DatasetError(f"{folder / SUMS}: not a list of checksums")
    names = {one[2]: one[1] for one in found if one}
    for name in names:
        if Path(name).is_absolute() or ".." in Path(name).parts:
            raise DatasetError(f"{folder / SUMS}: {name} is not in the folder")
    return names


def write_sums(folder: Path, names: Iterable[str]) -> None:
    """Write the SHA-256 of files below a folder, as `sha256sum --check` reads them."""
    with (folder / SUMS).open("w", encoding="utf-8", newline="\n") as sums:
        sums.writelines(f"{_digest(folder / name)}  {name}\n" for name in names if name != SUMS)


def verify(folder: Path) -> None:
    """Raise DatasetError where a file that the checksums list is missing or was changed."""
    for name, digest in listed(folder).items():
        try:
            same = _digest(folder / name) == digest
        except OSError as error:
            raise DatasetError(f"{folder / name}: {error.strerror or error}") from error
        if not same:
            raise DatasetError(f"{folder / name}: changed after it was written")


@contextmanager
def complete_or_absent(folder: Path) -> Iterator[Path]:
    """Give a folder beside the wanted one, and move it there once it is complete."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = folder.with_name(f".{folder.name}-{secrets.token_hex(4)}")
    unfinished.mkdir()
    try:
        yield unfinished
        if folder.exists():
            _swap(unfinished, folder)
        else:
            unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _swap(new: Path, folder: Path) -> None:
    """Put a new folder in the place of an old one, which stays if that fails."""
    old = new.with_name(f"{new.name}-old")
    folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old)


def refuse_special(path: Path) -> None:
    """Raise DatasetError for a pipe or a device, which may never end, and for a folder."""
    if os.path.exists(path) and not os.path.isfile(path):
        raise DatasetError(f"{path}: not a file")


def _digest(path: Path) -> str:
    refuse_special(path)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
