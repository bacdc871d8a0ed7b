"""French conjugation: all the forms of a verb, from its infinitive, by ending and a short table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

FormKind = Literal["finite", "participle", "gerund", "infinitive"]


@dataclass(frozen=True, slots=True)
class Pattern:
    """The stems and endings of one irregular family, named by how its infinitive ends."""

    present: str
    """Six forms (or fewer, for the persons), separated by spaces."""
    plural: str
    """Stem of « nous …ons », the imperfect and the present participle."""
    future: str
    past: str
    """Vowel of the simple past: i, u or in; with its stem before it."""
    participle: str
    subjunctive: str


# Infinitive ending → how the rest of the family goes.
PATTERNS = {
    "dire": Pattern("dis dit disons dites disez disent", "dis", "dir", "di", "dit", "dis"),
    "crire": Pattern("cris crit crivons crivez crivent", "criv", "crir", "crivi", "crit", "criv"),
    "mettre": Pattern("mets met mettons mettez mettent", "mett", "mettr", "mi", "mis", "mett"),
    "naître": Pattern(
        "nais naît nait naissons naissez naissent", "naiss", "naîtr", "nu", "nu", "naiss"
    ),
    "tenir": Pattern("tiens tient tenons tenez tiennent", "ten", "tiendr", "tin", "tenu", "tienn"),
    "venir": Pattern("viens vient venons venez viennent", "ven", "viendr", "vin", "venu", "vienn"),
    "croire": Pattern("crois croit croyons croyez croient", "croy", "croir", "cru", "cru", "croi"),
    "prévoir": Pattern(
        "prévois prévoit prévoyons prévoyez prévoient",
        "prévoy",
        "prévoir",
        "prévi",
        "prévu",
        "prévoi",
    ),
    "rire": Pattern("ris rit rions riez rient", "ri", "rir", "ri", "ri", "ri"),
    "clure": Pattern("clus clut cluons cluez cluent", "clu", "clur", "clu", "clu", "clu"),
    "lire": Pattern("lis lit lisons lisez lisent", "lis", "lir", "lu", "lu", "lis"),
    "faire": Pattern("fais fait faisons faites font", "fais", "fer", "fi", "fait", "fass"),
    "quérir": Pattern(
        "quiers quiert quérons quérez quièrent", "quér", "querr", "qui", "quis", "quièr"
    ),
    "émouvoir": Pattern(
        "émeus émeut émouvons émouvez émeuvent", "émouv", "émouvr", "ému", "ému", "émeuv"
    ),
    "eindre": Pattern("eins eint eignons eignez eignent", "eign", "eindr", "eigni", "eint", "eign"),
    "aindre": Pattern("ains aint aignons aignez aignent", "aign", "aindr", "aigni", "aint", "aign"),
    "prendre": Pattern(
        "prends prend prenons prenez prennent", "pren", "prendr", "pri", "pris", "prenn"
    ),
    "suivre": Pattern(
        "suis suit suivons suivez suivent", "suiv", "suivr", "suivi", "suivi", "suiv"
    ),
    "mentir": Pattern(
        "mens ment mentons mentez mentent", "ment", "mentir", "menti", "menti", "ment"
    ),
    "duire": Pattern("duis duit duisons duisez duisent", "duis", "duir", "duisi", "duit", "duis"),
}
# relev-er → relève, répét-er → répète, allégu-er → allègue; but assur-er, rest-er stay.
STRESSED = re.compile(r"(?P<vowel>[ée])(?P<rest>(?<=é)(?:gu|qu|[^aeiouyé][rlh])|[^aeiouyé])$")
IMPERFECT = ("ais", "ait", "ions", "iez", "aient")
FUTURE = ("ai", "as", "a", "ons", "ez", "ont", *IMPERFECT)
SUBJUNCTIVE = ("e", "es", "ions", "iez", "ent")
AGREEMENT = ("", "e", "s", "es")


@cache
def forms(infinitive: str) -> dict[str, FormKind]:
    """Return every simple form of a verb (without « se », without auxiliaries) and its kind.

    A form that is both, say past participle and finite (« dit »), is given as finite.
    """
    found: dict[str, FormKind] = {infinitive: "infinitive"}
    gerund, participles, finite = _parts(infinitive)
    found[gerund] = "gerund"
    found |= dict.fromkeys(participles, "participle")
    found |= dict.fromkeys(finite, "finite")
    return found


def participles(infinitive: str) -> frozenset[str]:
    """Return the past participle in its four agreements."""
    return frozenset(_parts(infinitive)[1])


def _parts(infinitive: str) -> tuple[str, set[str], set[str]]:
    for ending in sorted(PATTERNS, key=len, reverse=True):
        if infinitive.endswith(ending):
            return _irregular(infinitive.removesuffix(ending), PATTERNS[ending])
    if infinitive.endswith("er"):
        return _first(infinitive[:-2])
    if infinitive.endswith("ir"):
        return _second(infinitive[:-2])
    return _third(infinitive[:-2])


def _with(stem: str, endings: Iterable[str]) -> set[str]:
    return {stem + ending for ending in endings}


def _past(stem: str) -> set[str]:
    """Simple past and imperfect subjunctive of a stem that ends in its vowel (« di », « tin »)."""
    bare, vowel = (stem[:-2], "in") if stem.endswith("in") else (stem[:-1], stem[-1])
    hat = {"i": "î", "u": "û", "in": "în"}[vowel]
    return _with(
        bare, (f"{vowel}s", f"{vowel}t", f"{hat}mes", f"{hat}tes", f"{vowel}rent", f"{hat}t")
    )


def _irregular(prefix: str, p: Pattern) -> tuple[str, set[str], set[str]]:
    finite = _with(prefix, p.present.split())
    finite |= _with(prefix + p.plural, IMPERFECT) | _with(prefix + p.future, FUTURE)
    finite |= _past(prefix + p.past) | _with(prefix + p.subjunctive, SUBJUNCTIVE)
    agreement = ("", "e", "es") if p.participle.endswith("s") else AGREEMENT
    return prefix + p.plural + "ant", _with(prefix + p.participle, agreement), finite


def _second(stem: str) -> tuple[str, set[str], set[str]]:
    finite = _with(stem, ("is", "it", "issons", "issez", "issent"))
    finite |= _with(stem + "iss", (*IMPERFECT, *SUBJUNCTIVE)) | _with(stem + "ir", FUTURE)
    return stem + "issant", _with(stem + "i", AGREEMENT), finite | _past(stem + "i")


def _third(stem: str) -> tuple[str, set[str], set[str]]:
    finite = _with(stem, ("s", "", "ons", "ez", "ent", *IMPERFECT, *SUBJUNCTIVE))
    finite |= _with(stem + "r", FUTURE) | _past(stem + "i")
    return stem + "ant", _with(stem + "u", AGREEMENT), finite


def _first(stem: str) -> tuple[str, set[str], set[str]]:
    """The verbs in -er with their spelling: mangeons, plaçait, préfère, appelle, essaie."""
    soft = stem + "e" if stem.endswith("g") else stem[:-1] + "ç" if stem.endswith("c") else stem
    strong, future = _strong(stem)
    finite = _with(strong, ("e", "es", "ent")) | _with(stem, ("ez", "ions", "iez", "èrent"))
    if stem.endswith("ay"):
        # « balaie » and « balaye »
        finite |= _with(stem, ("e", "es", "ent"))
    finite |= _with(soft, ("ons", "ais", "ait", "aient", "ai", "as", "a", "âmes", "âtes", "ât"))
    finite |= _with(future + "er", FUTURE) | _with(stem + "er", FUTURE)
    return soft + "ant", _with(stem + "é", AGREEMENT), finite


def _strong(stem: str) -> tuple[str, str]:
    """Return the stem before a mute e, and before the future's -er-."""
    if stem.endswith(("pel", "jet", "mmel")):
        return stem + stem[-1], stem + stem[-1]
    if stem.endswith(("oy", "uy", "ay")):
        return stem[:-1] + "i", stem[:-1] + "i"
    accented = STRESSED.search(stem)
    if not accented:
        return stem, stem
    strong = stem[: accented.start()] + "è" + accented["rest"]
    return strong, strong if accented["vowel"] == "e" else stem
