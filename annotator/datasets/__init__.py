"""A project becomes files that others read; every format is a module with one `FORMAT`."""

from annotator.datasets.choice import Choice, parse_shares
from annotator.datasets.formats import FORMATS
from annotator.datasets.rehydrating import Rehydrated, rehydrate
from annotator.datasets.writing import ExportReport, export

__all__ = ["FORMATS", "Choice", "ExportReport", "Rehydrated", "export", "parse_shares", "rehydrate"]
