"""Projects over texts that are hard on offsets, made by Hypothesis, and what is marked in them."""

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from annotator.model import (
    About,
    Article,
    Attribution,
    Claim,
    Judgement,
    Segment,
    Tagging,
    claim_id,
)
from annotator.scheme import default_scheme
from annotator.store import judgement_to_body, open_project

PEOPLE = ("Ada Brun", "Bo Dahl")
PIECES = (
    "Le pont", "l’e\u0301te\u0301", "👨‍👩‍👧‍👦", "🇫🇷", "قال الوزير", "\u200f", "北京", "𝔸",
    "« ", " »", ", ", ".", " ", "\n", "\r\n", "\t", "\u2028", "\x85", "\x0b", "\x01",
    "<b>&amp;", "\\n", "don't", "e.g.", "…",
)  # fmt: skip
# To shrink an example takes minutes, as each try is a project.
FEW = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)


@dataclass(frozen=True)
class Made:
    """An article with its tagging, and who judged which claim how."""

    article: Article
    tagging: Tagging
    answers: dict

    def marked(self, person):
        """What a person's sheet shows: sorted (what, spans)."""
        shown = []
        for one in self.tagging.attributions:
            parts = (("content", one.content), ("cue", one.cue), ("source", one.source))
            shown += [(role, spans) for role, spans in parts if spans]
        shown += [("claim", ((one.start, one.end),)) for one in self.tagging.claims]
        for judgement in self.answers[person].values():
            shown += [(label, (span,)) for label, span in judgement.spans]
        return sorted(shown)


@st.composite
def made(draw):
    pieces = draw(st.lists(st.sampled_from(PIECES), min_size=6, max_size=25))
    text = "Le " + "".join(pieces)
    edges = [3]
    for piece in pieces:
        edges.append(edges[-1] + len(piece))
    article = Article(text, About(title="A & <b>", outlet=None, language="fr"))
    places = st.lists(st.sampled_from(edges), min_size=2, max_size=2, unique=True).map(
        lambda pair: tuple(sorted(pair))
    )

    def several():
        ends = sorted(draw(st.lists(st.sampled_from(edges), min_size=4, max_size=4, unique=True)))
        return ((ends[0], ends[1]), (ends[2], ends[3]))

    said = {}
    for _ in range(draw(st.integers(1, 3))):
        one = Attribution(
            several() if draw(st.booleans()) else (draw(places),),
            draw(st.sampled_from(("direct", "indirect", "mixed"))),
            (draw(places),) if draw(st.booleans()) else (),
            several() if draw(st.booleans()) else (),
            draw(st.sampled_from((None, "Zoé\tLantier\n<x>"))),
            "person",
        )
        said[one.id(article.id)] = one
    attributions = tuple(said.values())
    claims = {}
    for place in draw(st.lists(places, min_size=1, max_size=4, unique=True)):
        by = (draw(st.integers(0, len(attributions) - 1)),) if draw(st.booleans()) else ()
        voice = attributions[by[0]].kind if by else "narrator"
        identity = claim_id(article.id, *place, bool(by))
        claims[identity] = Claim(identity, *place, 0, voice, by)
    segments = (Segment(0, edges[2], "headline"), Segment(edges[2], len(text), "sentence"))
    tagging = Tagging(article.id, "fr", None, "1", segments, attributions, tuple(claims.values()))
    answers = {person: {} for person in PEOPLE}
    for person in PEOPLE:
        for identity in claims:
            labels = ("sarcasm", "partisan_framing")
            spans = draw(
                st.lists(st.tuples(st.sampled_from(labels), places), max_size=2, unique=True)
            )
            answers[person][identity] = Judgement(
                {"veracity": ("disputed",), "rhetoric": tuple(sorted({one for one, _ in spans}))},
                spans=tuple(sorted(spans)),
                note=draw(st.sampled_from((None, "a\nb\t</script>"))),
                scheme=default_scheme().version,
            )
    return Made(article, tagging, answers)


@contextmanager
def project_of(made):
    """Give a project of this one article, and an empty folder."""
    with (
        tempfile.TemporaryDirectory() as place,
        open_project(Path(place) / "annotations.db") as project,
    ):
        project.add([(made.article, made.tagging)], PEOPLE[0])
        for person, judgements in made.answers.items():
            for claim, judgement in judgements.items():
                project.append(person, "judge", claim, judgement_to_body(judgement))
        yield project, Path(place)
