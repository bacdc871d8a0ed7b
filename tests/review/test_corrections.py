"""Correcting tags: what a reviewer may do, one event each, and the way back."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import JudgementError
from annotator.model import Article, Attribution, Segment, Tagging
from annotator.review import corrections
from annotator.review.corrections import Speaker
from annotator.review.session import Session
from annotator.store import Project, open_project
from annotator.tagging.claims import claims

TEXT = (
    "La digue de Sarn tient\n"
    "Ana Brovic a dit que la digue tiendra. « Elle tiendra », a répété Luc Ferran.\n"
    "Le maire promet ; la pluie tombe 👩‍🚒."
)
ARTICLE = Article(TEXT)
ID = ARTICLE.id


def at(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


SAID = Attribution(
    (at("que la digue tiendra"),), "indirect", (at("a dit"),), (at("Ana Brovic"),),
    "Ana Brovic", "person", rule="a verb of saying",
)  # fmt: skip
QUOTED = Attribution((at("Elle tiendra"),), "direct", (at("a répété"),), (), "Luc Ferran", "person")
SEGMENTS = (
    Segment(*at("La digue de Sarn tient"), "headline"),
    Segment(*at("Ana Brovic a dit que la digue tiendra."), "sentence"),
    Segment(*at("« Elle tiendra », a répété Luc Ferran."), "sentence"),
    Segment(*at("Le maire promet ; la pluie tombe 👩‍🚒."), "sentence"),
)
TAGGING = Tagging(
    ID, "fr", "a model", "1", SEGMENTS, (SAID, QUOTED),
    claims(ID, TEXT, SEGMENTS, (SAID, QUOTED), ()),
)  # fmt: skip
MISSED = Attribution((at("la pluie tombe"),), "indirect", (at("promet"),), (at("Le maire"),))


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("one") / "p.db"
    with open_project(path) as opened:
        opened.add([(ARTICLE, TAGGING)], "Ada")
    return path


@contextmanager
def copied(file: Path) -> Iterator[Project]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(file, folder))
        with open_project(path) as opened:
            yield opened


@pytest.fixture
def session(file: Path) -> Iterator[Session]:
    with copied(file) as project:
        yield Session(project, "Ada")


def words(session: Session) -> list[str]:
    return [TEXT[one.start : one.end] for one in session.tagging(ID).segments]


def find(session: Session, content: str) -> Attribution:
    (found,) = [one for one in session.tagging(ID).attributions if one.content == (at(content),)]
    return found


def log(session: Session) -> int:
    return len(list(session.project.events(kind="correct")))


def test_the_machines_tags_never_change(session: Session):
    session.correct_speaker(ID, SAID, "la mairie", "organisation")
    session.split_segment(ID, at("la pluie")[0])
    assert session.project.tagging(ID) == TAGGING
    assert Session(session.project, "Bo").tagging(ID) == TAGGING
    assert session.tagging(ID).attributions[0].speaker == "la mairie"


def test_a_speaker_is_chosen_typed_or_unknown(session: Session):
    session.correct_speaker(ID, SAID, "  la   mairie ", "organisation")
    assert find(session, "que la digue tiendra").speaker == "la mairie"
    session.correct_speaker(ID, find(session, "que la digue tiendra"), None)
    shown = find(session, "que la digue tiendra")
    assert (shown.speaker, shown.speaker_type) == (None, None)
    assert session.tagging(ID).claims == TAGGING.claims
    session.undo()
    assert find(session, "que la digue tiendra").speaker == "la mairie"


def test_each_call_is_one_event_and_what_changes_nothing_is_none(session: Session):
    event = session.correct_kind(ID, QUOTED, "mixed")
    assert (event.kind, event.target, event.actor) == ("correct", QUOTED.id(ID), "Ada")
    assert session.correct_kind(ID, find(session, "Elle tiendra"), "mixed") is None
    assert session.correct_speaker(ID, SAID, "Ana Brovic", "person") is None
    assert log(session) == 1


def test_later_changes_of_an_attribution_keep_the_earlier_ones(session: Session):
    session.correct_kind(ID, QUOTED, "mixed")
    session.correct_spans(ID, find(session, "Elle tiendra"), "source", [at("Luc Ferran")])
    shown = find(session, "Elle tiendra")
    assert (shown.kind, shown.source) == ("mixed", (at("Luc Ferran"),))
    session.correct_speaker(ID, shown, "Zoé")
    assert len(session.corrected(ID).corrections) == 1
    session.undo()
    assert find(session, "Elle tiendra") == shown


def test_changing_back_by_hand_leaves_no_correction(session: Session):
    session.correct_kind(ID, QUOTED, "mixed")
    session.correct_kind(ID, find(session, "Elle tiendra"), "direct")
    assert session.corrected(ID).corrections == ()
    session.split_segment(ID, at("la pluie")[0])
    session.join_segments(ID, session.tagging(ID).segments[3])
    session.join_segments(ID, SEGMENTS[1])
    session.split_segment(ID, at("« Elle")[0])
    session.remove_attribution(ID, SAID)
    session.add_attribution(ID, SAID)
    session.add_attribution(ID, MISSED)
    session.remove_attribution(ID, find(session, "la pluie tombe"))
    assert session.tagging(ID) == TAGGING
    assert session.project.corrections(ID) == {}


def test_a_missed_quotation_is_added_changed_and_removed(session: Session):
    session.add_attribution(ID, replace(MISSED, speaker="le maire", speaker_type="person"))
    claim = session.tagging(ID).claims[-1]
    assert (TEXT[claim.start : claim.end], claim.voice) == ("la pluie tombe", "indirect")
    first = find(session, "la pluie tombe")
    session.correct_spans(ID, first, "content", [at("la pluie")])
    assert len(session.tagging(ID).attributions) == 3
    # What was changed into something else can be missed again.
    session.add_attribution(ID, MISSED)
    assert len(session.tagging(ID).attributions) == 4
    session.remove_attribution(ID, find(session, "la pluie"))
    session.remove_attribution(ID, find(session, "la pluie tombe"))
    assert session.tagging(ID) == TAGGING


def test_boundaries_that_touch_are_joined_and_may_be_taken_away(session: Session):
    start, end = at("que la digue tiendra")
    session.correct_spans(ID, SAID, "content", [(start + 4, end), (start, start + 4)])
    assert session.corrected(ID).corrections == ()
    session.correct_spans(ID, SAID, "cue", [])
    assert find(session, "que la digue tiendra").cue == ()


def test_split_and_join(session: Session):
    session.split_segment(ID, TEXT.index(" la pluie tombe"))
    assert words(session)[3:] == ["Le maire promet ;", "la pluie tombe 👩‍🚒."]
    session.join_segments(ID, session.tagging(ID).segments[1])
    assert len(words(session)) == 4
    assert [one.voice for one in session.tagging(ID).claims] == [
        "narrator", "narrator", "indirect", "direct", "narrator", "narrator",
    ]  # fmt: skip
    session.undo()
    session.undo()
    assert session.tagging(ID) == TAGGING


REFUSED: list[tuple[str, Callable[[Session], object]]] = [
    ("name of the speaker is empty", lambda s: s.correct_speaker(ID, SAID, " ")),
    ("longer than", lambda s: s.correct_speaker(ID, SAID, "x" * 300)),
    ("'ghost' is not one of", lambda s: s.correct_speaker(ID, SAID, "x", "ghost")),
    ("'shouted' is not one of", lambda s: s.correct_kind(ID, SAID, "shouted")),
    ("'words' is not one of", lambda s: s.correct_spans(ID, SAID, "words", [(0, 3)])),
    ("no words are selected", lambda s: s.correct_spans(ID, SAID, "content", [])),
    ("no stretch", lambda s: s.correct_spans(ID, SAID, "content", [(0, 9999)])),
    ("no stretch", lambda s: s.correct_spans(ID, SAID, "cue", [(3, 3)])),
    ("holds no words", lambda s: s.correct_spans(ID, SAID, "cue", [(2, 3)])),
    ("in two", lambda s: s.correct_spans(ID, SAID, "cue", [(at("👩")[0], at("👩")[1])])),
    ("already", lambda s: s.add_attribution(ID, replace(SAID, speaker="x"))),
    (
        "no longer there",
        lambda s: s.correct_kind(ID, replace(SAID, speaker="somebody else"), "mixed"),
    ),
    ("no longer there", lambda s: s.join_segments(ID, Segment(0, 3, "sentence"))),
    ("nothing follows", lambda s: s.join_segments(ID, SEGMENTS[3])),
    ("a headline and a sentence", lambda s: s.join_segments(ID, SEGMENTS[0])),
    ("nothing can be split", lambda s: s.split_segment(ID, SEGMENTS[1].start)),
    ("nothing can be split", lambda s: s.split_segment(ID, len(TEXT) + 3)),
]


@pytest.mark.parametrize(("reason", "call"), REFUSED)
def test_what_is_not_possible_is_refused_in_one_line(session: Session, reason: str, call):
    with pytest.raises(JudgementError, match=reason) as refused:
        call(session)
    assert "\n" not in str(refused.value)
    assert log(session) == 0


def test_a_correction_into_another_attribution_is_refused(session: Session):
    session.add_attribution(ID, replace(SAID, kind="mixed"))
    with pytest.raises(JudgementError, match="already"):
        session.correct_kind(ID, SAID, "mixed")


def test_reset_drops_one_correction(session: Session):
    session.correct_speaker(ID, SAID, "Zoé")
    session.remove_attribution(ID, QUOTED)
    session.split_segment(ID, at("la pluie")[0])
    assert session.reset(ID, "0" * 32) is None
    session.reset(ID, QUOTED.id(ID))
    assert find(session, "Elle tiendra") == QUOTED
    for one in session.corrected(ID).corrections:
        session.reset(ID, one.target)
    assert session.tagging(ID) == TAGGING


def test_judgements_on_what_was_changed_stay_reachable(session: Session):
    old = next(claim for claim in TAGGING.claims if claim.voice == "direct")
    session.answer(old.id, "disputed")
    assert session.superseded(ID) == []
    session.correct_spans(ID, QUOTED, "content", [at("tiendra »")])
    (gone,) = session.superseded(ID)
    assert (gone.claim.start, gone.claim.end) == at("Elle tiendra")
    assert [TEXT[one.start : one.end] for one in gone.successors] == [
        "« Elle tiendra », a répété Luc Ferran.", "tiendra »",
    ]  # fmt: skip
    assert session.judgement(old.id).labels == {"veracity": ("disputed",)}
    session.undo()
    assert session.superseded(ID) == []


def test_speakers_come_in_order_of_frequency(session: Session):
    assert session.speakers(ID) == [
        Speaker("Ana Brovic", "person"),
        Speaker("Luc Ferran", "person"),
    ]
    session.add_attribution(ID, replace(MISSED, speaker="Luc Ferran", via="Radio Sarn"))
    assert session.speakers(ID) == [
        Speaker("Luc Ferran", "person"),
        Speaker("Ana Brovic", "person"),
        Speaker("Radio Sarn", None),
    ]


def test_an_event_says_where_it_was(session: Session):
    start = at("la pluie")[0]
    assert corrections.place(session.split_segment(ID, start)) == (ID, start)
    assert corrections.place(session.correct_kind(ID, QUOTED, "mixed")) == (
        ID, QUOTED.content[0][0],
    )  # fmt: skip
    removed = session.remove_attribution(ID, SAID)
    assert corrections.place(removed) == (ID, SAID.content[0][0])
    assert corrections.place(session.reset(ID, removed.target)) == (ID, SAID.content[0][0])
    session.add_attribution(ID, MISSED)
    dropped = session.remove_attribution(ID, find(session, "la pluie tombe"))
    assert corrections.place(dropped) == (ID, None)
    session.answer(TAGGING.claims[0].id, "verified")
    (judged,) = session.project.events(kind="judge")
    assert corrections.place(judged) is None


def test_reviewers_contradict_each_other_only_about_the_same_thing(session: Session):
    other = Session(session.project, "Bo")
    session.correct_speaker(ID, SAID, "Zoé")
    session.correct_kind(ID, QUOTED, "mixed")
    other.correct_speaker(ID, SAID, "Zoé")
    other.correct_kind(ID, QUOTED, "indirect")
    other.split_segment(ID, at("la pluie")[0])
    agreed = corrections.uncontradicted(session.project.corrections(ID))
    assert {one.target for one in agreed} == {
        SAID.id(ID), *(one.target for one in other.corrected(ID).corrections if hasattr(one, "at")),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("Il a dit « Nous partons ».", "Nous partons", "direct"),
        ("Il a dit « Nous partons ».", "« Nous partons »", "direct"),
        ('He said "we leave".', "we leave", "direct"),
        ("Il juge le plan « absurde » et cher.", "le plan « absurde » et cher", "mixed"),
        ("Il dit qu'on part.", "qu'on part", "indirect"),
        ("« Oui. Il dit qu'on part.", "Oui", "indirect"),
        ("A", "A", "indirect"),
    ],
)
def test_quotation_marks_say_how_words_are_reported(text: str, words: str, kind: str):
    start = text.index(words)
    assert corrections.kind_of(text, [(start, start + len(words))]) == kind


# --- laws ---------------------------------------------------------------------------------------


def anything(session: Session, step: int, other: int) -> None:
    """Do one of the things a reviewer can do; what is refused changes nothing."""
    view = session.corrected(ID)
    shown = view.tagging.attributions
    one = shown[other % len(shown)] if shown else SAID
    segment = view.tagging.segments[other % len(view.tagging.segments)]
    (start, end), place = one.content[0], other % len(TEXT)
    acts: list[Callable[[], object]] = [
        lambda: session.correct_speaker(ID, one, ("Zoé", None, "Ana Brovic")[other % 3]),
        lambda: session.correct_kind(ID, one, ("direct", "mixed", "indirect")[other % 3]),
        lambda: session.correct_spans(ID, one, "content", [(start, end - other % 3)]),
        lambda: session.add_attribution(ID, replace(MISSED, content=((place, place + 9),))),
        lambda: session.remove_attribution(ID, one),
        lambda: session.split_segment(ID, place),
        lambda: session.join_segments(ID, segment),
        lambda: session.reset(ID, view.corrections[0].target if view.corrections else ""),
    ]
    try:
        acts[step % len(acts)]()
    except JudgementError:
        assert session.tagging(ID) == view.tagging


steps = st.lists(
    st.tuples(st.sampled_from(["Ada", "Bo"]), st.integers(0, 9), st.integers(0, 200)), max_size=12
)


@settings(max_examples=60, deadline=None)
@given(story=steps)
def test_undo_goes_back_through_all_that_was_seen(file: Path, story: list):
    with copied(file) as project:
        sessions = {name: Session(project, name) for name in ("Ada", "Bo")}
        seen: dict[str, list[Tagging]] = {name: [TAGGING] for name in sessions}
        for name, step, other in story:
            session = sessions[name]
            if step == 9 and len(seen[name]) > 1:
                session.undo()
                seen[name].pop()
            else:
                before = log(session)
                anything(session, step, other)
                if log(session) > before:
                    seen[name].append(session.tagging(ID))
            assert session.tagging(ID) == seen[name][-1]
        for name, session in sessions.items():
            while len(seen[name]) > 1:
                session.undo()
                seen[name].pop()
                assert session.tagging(ID) == seen[name][-1]
        assert project.corrections(ID) == {}
        assert project.check() == []


@settings(max_examples=40, deadline=None)
@given(story=steps)
def test_reset_of_everything_is_the_machines_tagging(file: Path, story: list):
    with copied(file) as project:
        for name, step, other in story:
            anything(Session(project, name), step, other)
        for name in ("Ada", "Bo"):
            session = Session(project, name)
            for one in session.corrected(ID).corrections:
                session.reset(ID, one.target)
            assert session.tagging(ID) == TAGGING
            assert project.page(name, 0, 1)[0].claims == sum(one.walk for one in TAGGING.claims)
