"""Which field of a row or JSON object is the text and which say something about it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from annotator.errors import ReadingError
from annotator.model import About, Article
from annotator.reading.decoding import storable

COLUMNS = {
    "text": ("text", "body", "content", "texte", "contenu", "corps"),
    "title": ("title", "headline", "titre"),
    "outlet": ("outlet", "source", "media", "publisher", "journal", "sitename"),
    "author": ("author", "authors", "byline", "auteur", "auteurs"),
    "date": ("date", "published", "published_at", "publication_date"),
    "url": ("url", "link", "lien"),
    "language": ("language", "lang", "langue"),
    "id": ("id",),
}
"""Field of an article → the column names it is known by, the first that holds something wins."""
NO_TEXT = f"no text column ({', '.join(COLUMNS['text'])})"


@lru_cache(maxsize=1024)
def fold(name: str) -> str:
    """Return a column's name without case, accents and surrounding space ("Média" → "media")."""
    letters = unicodedata.normalize("NFKD", name.strip().casefold())
    return "".join(c for c in letters if not unicodedata.combining(c))


def article(fields: Mapping[str, object], where: str) -> Article:
    """Make an article of a row's fields, their names folded; ReadingError if it has no text."""
    about = About(
        title=_about(fields, "title"),
        outlet=_about(fields, "outlet"),
        author=_about(fields, "author"),
        date=_about(fields, "date"),
        url=_about(fields, "url"),
        language=_language(_about(fields, "language")),
    )
    return Article(_text(fields), about, where, _about(fields, "id"))


def _text(fields: Mapping[str, object]) -> str:
    found = [fields[name] for name in COLUMNS["text"] if name in fields]
    if not found:
        raise ReadingError(NO_TEXT)
    texts = [value for value in found if isinstance(value, str)]
    if not texts and any(value is not None for value in found):
        raise ReadingError("its text is no string")
    return storable(next((text for text in texts if text.strip()), ""))


def _about(fields: Mapping[str, object], column: str) -> str | None:
    values = (_joined(fields.get(name)) for name in COLUMNS[column])
    value = next((value for value in values if value), None)
    return value and storable(value)


def _joined(value: object) -> str:
    """Return what a person would read in a field: text, a number, a list of these, or nothing."""
    parts = value if isinstance(value, list) else [value]
    return ", ".join(filter(None, map(_plain, parts)))


def _plain(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()


def _language(value: str | None) -> str | None:
    """Return the language subtag ("fr" of "fr-FR"), None where it is not one."""
    match = re.match(r"([a-z]{2,3})(?![^-_])", (value or "").casefold())
    return match and match[1]
