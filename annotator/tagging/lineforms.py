"""What a single line of an article looks like: a date, a byline, a caption, a label, an item."""

from __future__ import annotations

import re
from functools import cache

from .wordlists import layout_words

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
TOKEN = re.compile(r"\d+|[^\W\d_]+(?:['’][^\W\d_]+)?|[^\w\s]")
DIGIT = re.compile(r"\d")
DATE_MARKS = frozenset(":/,.·•|-–—()")
SHORT_DATE = re.compile(r"\b\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}\b")
CLOSERS = " \t\xa0\u202f\"'»”’)]}*_"
TIME = re.compile(
    r"\d{1,2}\s?(?:[h:]\s?\d{2}|h\b)(?:\s?(?:[ap]\.?m\b\.?|GMT|UTC))?\s*[-–—:|•·]?\s*|"
    r"\d{1,2}\s?[ap]\.?m\b\.?\s*[-–—:|•·]?\s*",
    re.IGNORECASE,
)
BULLET = re.compile(r"(?:[•·▪▫►▸→‣◦●○■□✔✅*+]|-|\d{1,2}[.)]|[a-z]\))\s+")
DASH = re.compile(r"[–—―-]\s*")
MARKDOWN = re.compile(r"#{1,6}\s+")
MERE_HANDLE = re.compile(r"@\w{1,40}")
MERE_LINK = re.compile(r"!?\[[^\]]*\]\(\S*\)\Z|(?:https?://|www\.)\S+\Z")
FOLLOW = re.compile(
    r"(?:follow|suivez|retrouvez)\b.{1,80}(?:@\w|twitter|facebook|instagram|telegram|whatsapp)",
    re.I,
)
AGENCY_LINE = re.compile(r"[A-ZÀ-Þ][^()\n]{1,60}\((?P<agency>[\w -]{2,20})\)\s*[–—-]")
PLACE_LINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ .,'’-]{2,40}(?:,[^–—-]{3,20})?\s[–—-]{1,2}\s")
CAMERA = re.compile("[©📷📸🎥📹🎬🖼]")
CONTACT = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,64}\.\w|(?:\+\d{1,3}\s?)?(?:\(?\d{1,4}\)?[ .\xa0-]){3,}\d{2}"
)
OPENER_WORD = re.compile(r"[\w.]+(?:['-]\w+)*")
BETWEEN_NAMES = re.compile(r"[/,&·|–—-]|\b(?:avec|with|et|and|source)\b")
SIGNED_LATIN = re.compile(r"[A-Z]\.(?:\s?-?[A-Z][a-z]?\.){1,3}")
LONGEST_MOMENT = 80
LONGEST_OPENER = 60
MOST_OPENER_WORDS = 5
LONGEST_AGENCIES = 60
MOST_BYLINE_WORDS = 24
MOST_CAPTION_WORDS = 14
MOST_NOTE_WORDS = 15
MOST_ROLE_WORDS = 6
MOST_TERMINATED_WORDS = 6
"""A byline with a full stop is no longer than this; a sentence may begin with the same words."""


def words(line: str) -> list[str]:
    """Return the words of a line, numbers left out."""
    return WORD.findall(line)


def is_terminated(line: str) -> bool:
    """Whether a line ends as a sentence does, closing marks apart."""
    return line.rstrip(CLOSERS)[-1:] in tuple(".!?…。！？؟।")


def is_date(line: str) -> bool:
    """Whether a line holds nothing but a date, or a date and a time."""
    if not is_moment(line):
        return False
    months = layout_words("dates", "months")
    named = any(token.lower() in months for token in TOKEN.findall(line))
    return named or SHORT_DATE.search(line) is not None


def is_moment(line: str) -> bool:
    """Whether a line is only a date, a time of day or "two hours ago"."""
    if len(line) > LONGEST_MOMENT or not DIGIT.search(line):
        return False
    known = _date_words()
    return all(
        token.isdigit() or token in DATE_MARKS or token.lower() in known
        for token in TOKEN.findall(line)
    )


def is_dateline(line: str) -> bool:
    """Whether a line is a date, perhaps after a place and before an agency in brackets."""
    if not DIGIT.search(line):
        return False
    line = re.sub(r"\s*\([^()]{1,20}\)[.\s–—-]*\Z", "", line[:120])
    place, comma, date = line.partition(",")
    if is_date(line):
        return True
    return bool(comma) and is_date(date) and len(place) <= 40 and is_name(place, least=1)


def opens_with_dateline(line: str) -> bool:
    """Whether a line is a sentence after a dateline: « GENÈVE, 3 mai (AFP) – Le ministre… »."""
    agency = AGENCY_LINE.match(line)
    if agency:
        return agency["agency"].lower() in layout_words("lines", "agencies")
    return is_terminated(line) and PLACE_LINE.match(line) is not None


def is_name(line: str, least: int = 2) -> bool:
    """Whether a line could be one or two names: up to six capitalised words and particles."""
    tokens = line.replace(",", " ").split()
    if not least <= len(tokens) <= 6 or (is_terminated(line) and not SIGNED_LATIN.search(line)):
        return False
    particles = layout_words("lines", "particles")
    return tokens[0][0].isupper() and all(
        token.lower() in particles or (token[0].isupper() and _is_plain(token)) for token in tokens
    )


def is_byline(line: str) -> bool:
    """Whether a line says who wrote an article, where, or when it was published."""
    line = line.strip("*_ ")
    bare = line.strip("()[]-–—*_ ")
    if not bare.strip():
        return False
    if is_dateline(bare) or _is_agency(bare) or MERE_HANDLE.fullmatch(bare):
        return True
    if bare[:1].islower() or len(bare.split()) > MOST_BYLINE_WORDS:
        return False
    return _is_signed(bare) or _is_dated(bare) or _has_role(bare)


def is_caption(line: str) -> bool:
    """Whether a line describes a picture or credits one."""
    line = line.strip("*_ ")
    line = line[timestamp(line) :].strip("()[] ")
    if CAMERA.match(line):
        return True
    opener = _opener(line, "captions")
    if opener is not None:
        rest = line[opener:].lstrip()
        short = not is_terminated(line) and len(line.split()) <= MOST_CAPTION_WORDS
        return rest[:1] in tuple(":–—-©/|.") or (short and rest[:1].isupper()) or not rest
    return _ends_in_credit(line)


def is_label(line: str) -> bool:
    """Whether a line is a label, a contact, a pointer to other pages or a mere ornament."""
    bare = line.strip('*_#>=()[]"“”«» \xa0')
    if not any(letter.isalpha() for letter in bare) or is_moment(bare) or MERE_LINK.match(line):
        return True
    if any(bare.lower().startswith(opening) for opening in layout_words("lines", "openings")):
        return True
    if line[0] + line[-1] == "()" and len(bare.split()) <= MOST_NOTE_WORDS:
        return "(" not in bare
    if _opener(bare, "labels") == len(bare.rstrip(" :\xa0")) or FOLLOW.match(bare):
        return True
    opener = _opener(bare, "pointers")
    if opener is not None and (not bare[opener:].strip() or bare[opener:].lstrip()[:1] in ":|–—"):
        return True
    return not is_terminated(bare) and CONTACT.search(bare) is not None and len(bare.split()) <= 30


def is_titled(line: str) -> bool:
    """Whether a line calls itself the title: a markdown heading or "Subject: …"."""
    opener = _opener(line, "titles")
    named = opener is not None and line[opener:].lstrip(" \xa0")[:1] == ":"
    return named or MARKDOWN.match(line) is not None


def is_list_label(line: str) -> bool:
    """Whether a line is a list item that is no sentence: no stop, no frequent finite verb."""
    bullet = BULLET.match(line)
    if not bullet or (bullet[0][0] == "-" and is_terminated(line)):
        return False
    return not has_finite_verb(line[bullet.end() :])


def has_finite_verb(line: str) -> bool:
    """Whether a line has one of the most frequent finite verbs, or a French verb's ending."""
    finite = layout_words("lines", "finite")
    for word in words(line.replace("’", "'")):
        low = word.lower()
        if low in finite or low.partition("'")[2] in finite:
            return True
        if len(low) > 6 and word.islower() and low.endswith(("aient", "èrent", "eront", "issent")):
            return True
    return False


def timestamp(line: str) -> int:
    """Return how many characters of a line are a time of day with its dash; 0 if it has none."""
    found = TIME.match(line)
    return found.end() if found else 0


@cache
def _date_words() -> frozenset[str]:
    return (
        layout_words("dates", "months")
        | layout_words("dates", "weekdays")
        | layout_words("dates", "glue")
    )


def _is_plain(token: str) -> bool:
    return all(c.isalpha() or c in "-'’." for c in token)


def _opener(line: str, section: str) -> int | None:
    """Return where the longest opener of a lexicon list that a line begins with ends."""
    low = line[:LONGEST_OPENER].lower().replace("’", "'")
    first = OPENER_WORD.match(low)
    if not first or first[0].rstrip(".") not in _first_words(section):
        return None
    ends = [word.end() for word in OPENER_WORD.finditer(low)][:MOST_OPENER_WORDS]
    openers = layout_words("lines", section)
    return max((end for end in ends if low[:end].rstrip(".") in openers), default=None)


@cache
def _first_words(section: str) -> frozenset[str]:
    return frozenset(opener.split()[0] for opener in layout_words("lines", section))


def _is_agency(bare: str) -> bool:
    """Whether a text is only the names of news agencies."""
    if len(bare) > LONGEST_AGENCIES:
        return False
    names = [name.strip(" .:") for name in BETWEEN_NAMES.split(bare.lower())]
    agencies = layout_words("lines", "agencies")
    return any(names) and all(name in agencies for name in names if name)


def _is_signed(bare: str) -> bool:
    opener = _opener(bare, "signed")
    place, stop, behind = bare.partition(". ")
    if opener is None and stop and is_name(place, least=1):
        bare, opener = behind, _opener(behind, "signed")
    rest = bare[opener:].lstrip(" :\xa0") if opener else ""
    if not opener or not rest:
        return False
    if bare[:opener].lower() in layout_words("lines", "signed_by_name"):
        return _is_agency(rest) or (is_name(rest) and ":" in bare)
    if bare[:opener].lower() in layout_words("lines", "signed_by_role"):
        return rest[0].isupper() or not is_terminated(bare)
    short = not is_terminated(bare) or len(bare.split()) <= MOST_TERMINATED_WORDS
    return short and (rest[0].isupper() or rest[0] == "@") and not has_finite_verb(rest)


def _is_dated(bare: str) -> bool:
    opener = _opener(bare, "dated")
    if opener is None:
        return False
    rest = bare[opener:].strip(" :.\xa0")
    if is_date(rest) or is_moment(rest):
        return True
    first = [word.strip(",.").lower() for word in rest.split()[:3]]
    has_date = any(
        word[:1].isdigit() or word in layout_words("dates", "weekdays") for word in first
    )
    return has_date and not is_terminated(bare)


def _has_role(bare: str) -> bool:
    """Whether a name is followed by what its bearer does, by an agency or by a dateline."""
    if is_terminated(bare):
        return False
    roles = layout_words("lines", "roles")
    tokens = bare.split()
    if len(tokens) <= MOST_ROLE_WORDS and tokens[-1].lower() in roles:
        return is_name(" ".join(tokens[:2]))
    name, mark, role = _partition(bare)
    if not mark or not is_name(name):
        return False
    named = any(word.strip("(),") in roles for word in role.lower().split())
    return named or _is_agency(role) or is_dateline(role)


def _partition(bare: str) -> tuple[str, str, str]:
    found = re.search(r"\s*[,|(–—/]\s*|\s+-\s+|\s+(?:avec|with|pour|for)\s+", bare)
    if not found:
        return bare, "", ""
    return bare[: found.start()], found[0], bare[found.end() :].rstrip(")")


def _ends_in_credit(line: str) -> bool:
    tail = line[-60:]
    if len(line) > 400:
        return False
    for mark in re.finditer(r"[(/|–—]|(?<=\.)\s|©|\b[Pp]hotos?\b", tail):
        rest = tail[mark.end() :].strip(" ()./")
        if mark[0] in "©" or (mark[0] == "(" and re.match(r"(?:photos?|©|crédits?)\b", rest, re.I)):
            return True
        if rest.lower() in layout_words("lines", "credits") and mark[0] not in "(–—":
            return True
    return False
