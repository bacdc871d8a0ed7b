"""Which formats there are."""

from annotator.datasets import (
    brat,
    huggingface,
    jsonl,
    tabular,
)
from annotator.datasets.format import Format

FORMATS: dict[str, Format] = {
    "jsonl": jsonl.FORMAT,
    "csv": tabular.FORMAT,
    "huggingface": huggingface.FORMAT,
    "brat": brat.FORMAT,
}
