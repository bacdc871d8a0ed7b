"""Score the pre-tagger on a gold file: python -m tests.benchmarks.attribution GOLD.jsonl"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from annotator.tagging.records import to_record
from annotator.tagging.tagger import Tagger
from tests.scoring import Ratio, Score, score


def main() -> None:
    """Tag the gold's texts, print the table and the articles with the most errors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--worst", type=int, default=10, help="how many articles to name")
    arguments = parser.parse_args()
    for path in arguments.gold:
        golds = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        tagger = Tagger()
        found = [
            to_record(gold["id"], gold["text"], tagger.tag(gold["text"], gold["language"]))
            for gold in golds
        ]
        print(f"{path.name}: {len(golds)} articles")
        show(score(golds, found), arguments.worst)


def show(result: Score, worst: int) -> None:
    """Print the table."""
    print(f"{'':24}{'P':>7}{'R':>7}{'F1':>7}")
    rows = {"joint (content + source)": result.joint, "content": result.content}
    rows |= {f"joint, {kind}": ratio for kind, ratio in result.kinds.items()}
    if result.segments.gold:
        rows |= {"segment boundaries": result.boundaries, "segment spans": result.segments}
    for name, ratio in rows.items():
        print(row(name, ratio))
    if result.segments.gold:
        print(f"{'segment kinds right':24}{result.segment_kinds.recall:7.3f}")
    for name, ratio in (("speakers right", result.speaker), ("via right", result.via)):
        if ratio.gold:
            print(f"{name:24}{ratio.recall:7.3f}   {ratio.hits} of {ratio.gold}")
    print("\nworst articles (missed + wrong):")
    ranked = sorted(result.articles.items(), key=lambda item: -errors(item[1]))
    for name, ratio in ranked[:worst]:
        print(f"  {errors(ratio):4}  F1 {ratio.f1:.2f}  {name}")


def row(name: str, ratio: Ratio) -> str:
    """Return one line of the table."""
    figures = f"{ratio.precision:7.3f}{ratio.recall:7.3f}{ratio.f1:7.3f}"
    return f"{name:24}{figures}   {ratio.hits} of {ratio.gold}, {ratio.predicted} predicted"


def errors(ratio: Ratio) -> int:
    """Return how many attributions were missed or wrong."""
    return ratio.gold + ratio.predicted - 2 * ratio.hits


if __name__ == "__main__":
    main()
