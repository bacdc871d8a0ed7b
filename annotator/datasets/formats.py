"""Which formats there are."""

from annotator.datasets import (
    brat,
    claimreview,
    doccano,
    huggingface,
    jsonl,
    label_studio,
    prodigy,
    spacy,
    tabular,
    tei,
    webannotation,
    xmi,
)
from annotator.datasets.format import Format

FORMATS: dict[str, Format] = {
    "jsonl": jsonl.FORMAT,
    "csv": tabular.FORMAT,
    "huggingface": huggingface.FORMAT,
    "spacy": spacy.FORMAT,
    "label-studio": label_studio.FORMAT,
    "brat": brat.FORMAT,
    "doccano": doccano.FORMAT,
    "prodigy": prodigy.FORMAT,
    "webannotation": webannotation.FORMAT,
    "claimreview": claimreview.FORMAT,
    "tei": tei.FORMAT,
    "xmi": xmi.FORMAT,
}
