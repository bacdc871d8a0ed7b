"""What the body of an event may be, by its kind: checked before a colleague's event comes in.

What the program reads later without a second look must have the right shape, because an event
that is in the log once stays there. Names it does not know are left alone: a newer version may.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NoReturn

from annotator.errors import SchemeError
from annotator.model import EVIDENCE_KINDS, canonical_json
from annotator.scheme import parse_scheme
from annotator.store.log import MOST_BODY

MOST_SECONDS = 2**31
MOST_OFFSET = 2**31

SHORT = 500

Check = Callable[[Any], bool]


def problem(kind: str, text: str) -> str | None:
    """Return what is wrong with the stored body of an event, or None."""
    # Many answers are the same, word for word.
    return _remembered(kind, text) if len(text) <= SHORT else _problem(kind, text)


def _problem(kind: str, text: str) -> str | None:
    if len(text) > MOST_BODY:
        return f"its body is longer than {MOST_BODY} characters"
    try:
        body = _DECODER.decode(text)
        canonical = canonical_json(body) == text
    except (ValueError, RecursionError):
        canonical = False
    if not canonical or not isinstance(body, dict):
        return "its body is not in the form it must have"
    for name in body.keys() & FIELDS[kind].keys():
        if not FIELDS[kind][name](body[name]):
            return f"its {name!r} is not what it must be"
    return _scheme_problem(body) if kind == "scheme" else None


_remembered = lru_cache(maxsize=4096)(_problem)


def _refuse(number: str) -> NoReturn:
    raise ValueError(f"{number} is not a whole number")


_DECODER = json.JSONDecoder(parse_float=_refuse, parse_constant=_refuse)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _are_labels(value: Any) -> bool:
    return isinstance(value, dict) and all(_are_texts(labels) for labels in value.values())


def _are_spans(value: Any) -> bool:
    return isinstance(value, dict) and all(_is_list_of_spans(spans) for spans in value.values())


def _is_span(value: Any) -> bool:
    if not (isinstance(value, list) and len(value) == 2):
        return False
    start, end = value
    return type(start) is int and type(end) is int and 0 <= start < end <= MOST_OFFSET


def _is_tag(value: Any) -> bool:
    """Whether a value is an attribution, none, or whether a segment starts somewhere."""
    if value is None or isinstance(value, bool):
        return True
    return (
        isinstance(value, dict)
        and TAG.keys() <= value.keys()
        and all(check(value[name]) for name, check in TAG.items())
    )


def _is_list_of_spans(value: Any) -> bool:
    return isinstance(value, list) and all(_is_span(span) for span in value)


def _is_text_or_none(value: Any) -> bool:
    return value is None or isinstance(value, str)


def _is_offset(value: Any) -> bool:
    return type(value) is int and 0 <= value <= MOST_OFFSET


def _is_evidence(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, dict)
        and {"kind", "value"} <= one.keys() <= {"kind", "value", "as_of"}
        and one["kind"] in EVIDENCE_KINDS
        and all(isinstance(text, str) for text in one.values())
        for one in value
    )


def _are_seconds(value: Any) -> bool:
    return type(value) is int and 0 <= value <= MOST_SECONDS


def _scheme_problem(body: Mapping[str, Any]) -> str | None:
    try:
        if "text" in body:
            parse_scheme(body["text"], "its scheme")
    except SchemeError as error:
        return " ".join(str(error).split())
    return None


TAG: dict[str, Check] = {
    "content": lambda value: _is_list_of_spans(value) and bool(value),
    "cue": _is_list_of_spans,
    "source": _is_list_of_spans,
    "kind": _is_text,
    "speaker": _is_text_or_none,
    "speaker_type": _is_text_or_none,
    "via": _is_text_or_none,
}
CORRECTION: dict[str, Check] = {
    "article": _is_text,
    "at": _is_offset,
    "was": _is_tag,
    "now": _is_tag,
}
JUDGEMENT: dict[str, Check] = {
    "labels": _are_labels,
    "spans": _are_spans,
    "unsure": _is_flag,
    "framer": _is_text,
    "target": _is_text,
    "note": _is_text,
    "evidence": _is_evidence,
    "hints_shown": _are_texts,
    "seconds": _are_seconds,
    "scheme": _is_text,
}
DECISION: dict[str, Check] = {
    **JUDGEMENT,
    "speaker": _is_text,
    "kind": _is_text,
    "reason": _is_text,
    "judgements": _are_texts,
    "decisions": _are_texts,
}
FIELDS: dict[str, dict[str, Check]] = {
    "judge": JUDGEMENT,
    "decide": DECISION,
    "undo": {},
    "correct": CORRECTION,
    "skip": {"note": _is_text},
    "flag": {"note": _is_text},
    "send_back": {"note": _is_text, "to": _is_text},
    "assign": {"articles": _are_texts},
    "scheme": {"text": _is_text, "codebook": _is_text},
    "meta": {"lost": _are_texts},
    "retag": {"tagging": _is_text},
    "person": {"order": _is_text, "hide_outlet": _is_flag},
}
