"""A project becomes files that others read; every format is a module with one `write`."""

from annotator.datasets.writing import ExportReport, export, formats

__all__ = ["ExportReport", "export", "formats"]
