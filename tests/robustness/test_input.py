"""Whatever is in a file that somebody gives us: one line each, the rest goes in, never a crash."""

from __future__ import annotations

import random
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from annotator.codebook import parse_codebook
from annotator.datasets.labels_file import read_labels
from annotator.display import display_text
from annotator.errors import AnnotatorError
from annotator.reading import Refusal, read_paths
from annotator.review.adopting import read_scheme
from annotator.scheme import default_scheme
from annotator.settings import load_settings
from annotator.store import parse_filter
from annotator.tagging.hints.listfile import parse_list

INPUTS = 20_000
PATIENCE_SECONDS = 30

TEXT = "Le quai de Verlac ferme\n\n« Rien ne presse », a déclaré Ana Brovic. Il pleut.\n".encode()
PAGE = (
    "<html lang=fr><head><title>Le quai</title><meta name=author content='A. B.'></head><body>"
    "<article><h1>Le quai</h1><p>« Rien ne presse », a déclaré Ana Brovic, qui dit attendre.</p>"
    "<p>Il pleut sur Verlac depuis lundi, et la digue tient encore.</p></article></body></html>"
).encode()
LINES = '{"text": "Il pleut à Verlac.", "title": "Pluie", "date": "2031-02-03"}\n'.encode() * 3
TABLE = b'texte;titre;auteur\nIl pleut.;Pluie;A. B.\n"Un ; et ""deux""";;\n'
SCHEME = Path("annotator/scheme.toml").read_bytes()
SETTINGS = b'reviewer = "Ada"\ntheme = "textual-dark"\nhints_off = ["hedge"]\n[keys]\nnote = "t"\n'
LABELS = b'[labels]\nPER = "source"\n"fake news" = "disputed"\nLieu = "-"\n'
HINTS = Path("annotator/tagging/lexicon/hints_en.toml").read_bytes()[:6000]
CODEBOOK = Path("annotator/codebook.md").read_bytes()[:4000]
FILTER = b'pluie label:disputed speaker:"Ana Brovic" is:unsure -voice:direct'

NASTY = [
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\x1b]0;x\x07", b"\xed\xa0\x80", b"\xc2\x9b",
    "\u202e\u2066\u200d\ufe0f".encode(), "👩‍👩‍👧".encode(), "e\u0301\u0323".encode(), b"[/x][bold]",
    b"[@click=app.quit]", b"=HYPERLINK(1)", b"\"", b"'", b"{", b"[" * 500, b'{"a":' * 500,
    b"<div>" * 500, b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]>&a;&a;", b"<script>", b"&#0;&#xD800;",
    b"1e999", b"-0", b"NaN", b"\\ud800", b"9" * 5000, b"../../..", b"a" * 20_000, b"\xab\xc2" * 99,
    "« ".encode() * 300, b"'''", b'"""', b"]]", b"\t", b",", b";", b"\n", b"\n\n\n",
]  # fmt: skip


def harmed(seeds: list[bytes], chance: random.Random) -> bytes:
    """Return one of some inputs with one to six things done to it."""
    data = chance.choice(seeds)
    for _ in range(chance.randrange(1, 7)):
        at = chance.randrange(len(data) + 1)
        to = min(len(data), at + chance.randrange(1, 60))
        act = chance.randrange(6)
        if act == 0:
            data = data[:at] + chance.choice(NASTY) + data[at:]
        elif act == 1:
            data = data[:at] + chance.randbytes(to - at) + data[to:]
        elif act == 2:
            data = data[:at] + data[to:]
        elif act == 3:
            data = data[:at] + data[at:to] * chance.randrange(2, 50) + data[to:]
        elif act == 4:
            data = data[:at] + chance.choice(seeds)[chance.randrange(40) :]
        else:
            data = data.decode("utf-8", "replace").encode(
                chance.choice(("utf-16", "utf-16-le", "latin-1", "utf-8")), "replace"
            )
        data = data[:200_000]
    return data


@contextmanager
def patience() -> Iterator[None]:
    """Fail, instead of waiting for ever, where an input takes forever."""

    def give_up(number: int, frame: object) -> None:
        raise TimeoutError(f"more than {PATIENCE_SECONDS} s for one input")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(PATIENCE_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def read(path: Path) -> Iterable[str]:
    for item in read_paths([path]):
        if isinstance(item, Refusal):
            yield item.reason
        else:
            item.text.encode("utf-8")
            assert item.text.strip() and "\0" not in item.text


def complaint(act: Callable[[], object]) -> Iterable[str]:
    try:
        act()
    except AnnotatorError as error:
        yield str(error)


CASES: dict[str, tuple[list[bytes], Callable[[Path], Iterable[str]]]] = {
    "a.txt": ([TEXT], read),
    "a.md": ([TEXT], read),
    "a.html": ([PAGE], read),
    "a.jsonl": ([LINES, TEXT], read),
    "a.csv": ([TABLE, LINES], read),
    "a.tsv": ([TABLE.replace(b";", b"\t")], read),
    "scheme.toml": ([SCHEME], lambda path: complaint(lambda: read_scheme(path))),
    "labels.toml": ([LABELS], lambda path: complaint(lambda: read_labels(path))),
    "settings.toml": ([SETTINGS], lambda path: complaint(load_settings)),
    "hints.toml": (
        [HINTS],
        lambda path: complaint(lambda: parse_list(path.read_text("utf-8", "replace"), "hints")),
    ),
    "codebook.md": (
        [CODEBOOK],
        lambda path: complaint(
            lambda: parse_codebook(path.read_text("utf-8", "replace"), "codebook", default_scheme())
        ),
    ),
    "filter": (
        [FILTER],
        lambda path: complaint(lambda: parse_filter(path.read_text("utf-8", "replace"))),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_harmed_inputs(name: str, tmp_path: Path, length, monkeypatch) -> None:
    seeds, act = CASES[name]
    path = tmp_path / name
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(path))
    chance = random.Random(name)
    for turn in range(length(60, INPUTS // len(CASES))):
        path.write_bytes(harmed(seeds, chance))
        with patience():
            for said in act(path):
                assert said and "\n" not in display_text(said), (turn, said)
