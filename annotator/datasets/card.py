"""The dataset card: what a dataset is, in words and numbers that its rows give again."""

from __future__ import annotations

from annotator.datasets.dataset import Dataset
from annotator.datasets.format import Format


def card(dataset: Dataset, name: str, chosen: Format) -> str:
    """Return the card of a dataset that was written, as Markdown."""
    tally = dataset.tally
    return (
        f"# Claims in news articles\n\n{chosen.description}\n\n"
        f"{tally.articles.total()} articles, {tally.claims.total()} claims\n"
    )
