"""JSON Schemas of what other tools read: as narrow as their documents and our use of them allow."""

PLACE = {"type": "integer", "minimum": 0}
STRING = {"type": "string"}
MAYBE = {"type": ["string", "null"]}


def record(properties, optional=(), **more):
    """The schema of an object that has these properties and no others, but for `more`."""
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(properties.keys() - set(optional)),
        "additionalProperties": False,
        **more,
    }


def many(items, **more):
    return {"type": "array", "items": items, **more}


ABOUT = {
    "article_id": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
    "title": MAYBE,
    "outlet": MAYBE,
    "author": MAYBE,
    "date": MAYBE,
    "url": MAYBE,
    "language": STRING,
    "split": {"enum": ["train", "validation", "test"]},
}
DOCCANO_SPANS = record(
    {
        "id": PLACE,
        "text": STRING,
        "entities": many(
            record({"id": PLACE, "label": STRING, "start_offset": PLACE, "end_offset": PLACE})
        ),
        "relations": many(record({"id": PLACE, "from_id": PLACE, "to_id": PLACE, "type": STRING})),
        "Comments": many(STRING),
        "reviewer": STRING,
        **ABOUT,
    }
)
DOCCANO_CLAIMS = record(
    {
        "id": PLACE,
        "text": STRING,
        "label": many(STRING, uniqueItems=True),
        "Comments": many(STRING),
        "claim_id": STRING,
        "article_id": STRING,
        "start": PLACE,
        "end": PLACE,
        "voice": STRING,
        "speaker": MAYBE,
        "unsure": {"type": "boolean"},
        "reviewer": STRING,
    }
)
DOCCANO_TYPES = many(
    record(
        {
            "text": STRING,
            "suffix_key": {"type": "null"},
            "background_color": {"pattern": "^#[0-9a-f]{6}$"},
            "text_color": {"pattern": "^#[0-9a-f]{6}$"},
        }
    )
)

PRODIGY_SPAN = record(
    {"start": PLACE, "end": PLACE, "token_start": PLACE, "token_end": PLACE, "label": STRING}
)
PRODIGY_ANSWER = {
    "answer": {"enum": ["accept", "reject", "ignore"]},
    "_annotator_id": STRING,
    "_session_id": STRING,
}
PRODIGY_SPANS = record(
    {
        "text": STRING,
        "tokens": many(
            record(
                {
                    "text": STRING,
                    "start": PLACE,
                    "end": PLACE,
                    "id": PLACE,
                    "ws": {"type": "boolean"},
                }
            )
        ),
        "spans": many(PRODIGY_SPAN),
        "relations": many(
            record(
                {
                    "head": PLACE,
                    "child": PLACE,
                    "label": STRING,
                    "head_span": PRODIGY_SPAN,
                    "child_span": PRODIGY_SPAN,
                }
            )
        ),
        "meta": record(ABOUT),
        "_view_id": {"const": "relations"},
        **PRODIGY_ANSWER,
    }
)
PRODIGY_CHOICE = record(
    {
        "text": STRING,
        "options": many(record({"id": STRING, "text": STRING})),
        "accept": many(STRING, uniqueItems=True),
        "config": record({"choice_style": {"enum": ["single", "multiple"]}}),
        "meta": {"type": "object", "additionalProperties": {"not": {"type": ["array", "object"]}}},
        "_view_id": {"const": "choice"},
        "_timestamp": {"type": "integer"},
        **PRODIGY_ANSWER,
    },
    optional=["_timestamp"],
)

AGENT = record({"@type": {"enum": ["Person", "Organization"]}, "name": STRING})
ADDRESS = {"type": "string", "pattern": '^https?://[^\\s<>"]+$'}
DATE = {"type": "string", "pattern": "^\\d{4}(-\\d\\d){0,2}"}
ARTICLE = record(
    {
        "@type": {"const": "NewsArticle"},
        "identifier": {"pattern": "^ni:///sha-256-128;"},
        "headline": STRING,
        "author": AGENT,
        "publisher": AGENT,
        "datePublished": DATE,
        "url": ADDRESS,
    },
    optional=["headline", "author", "publisher", "datePublished", "url"],
)
CLAIM_REVIEW = record(
    {
        "@context": {"const": "https://schema.org"},
        "@type": {"const": "ClaimReview"},
        "identifier": STRING,
        "dateCreated": DATE,
        "inLanguage": STRING,
        "claimReviewed": {"type": "string", "minLength": 1},
        "author": AGENT,
        "reviewRating": record(
            {
                "@type": {"const": "Rating"},
                "alternateName": {"enum": ["verified", "disputed"]},
                "ratingExplanation": STRING,
            },
            optional=["ratingExplanation"],
        ),
        "itemReviewed": record(
            {
                "@type": {"const": "Claim"},
                "identifier": {"pattern": "^ni:///sha-256-128;.+#char=[0-9]+,[0-9]+$"},
                "appearance": ARTICLE,
                "author": AGENT,
                "datePublished": DATE,
            },
            optional=["author", "datePublished"],
        ),
        "citation": many(
            {
                "oneOf": [
                    record(
                        {"@type": {"const": "WebPage"}, "url": ADDRESS, "description": STRING},
                        optional=["description"],
                    ),
                    record({"@type": {"const": "CreativeWork"}, "text": STRING}),
                ]
            },
            minItems=1,
        ),
    }
)
