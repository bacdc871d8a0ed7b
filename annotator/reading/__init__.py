"""Files and folders become articles; what cannot become one is named with its reason."""

from annotator.reading.files import ENDINGS, count, read_paths
from annotator.reading.refusal import Refusal

__all__ = ["ENDINGS", "Refusal", "count", "read_paths"]
