"""The exceptions whose message a user reads: one line that says what is wrong and where."""


class AnnotatorError(Exception):
    """Something a user can understand and mend; the message is one line, without a full stop."""


class UsageError(AnnotatorError):
    """The command or key was used wrongly: exit code 2."""


class ReadingError(AnnotatorError):
    """A file or a record in it cannot become an article; the message says which and why."""


class StoreError(AnnotatorError):
    """The project file cannot be opened, read or written."""


class SchemeError(AnnotatorError):
    """A scheme file breaks the rules of schemes; the message names the file and the key."""


class DatasetError(AnnotatorError):
    """A dataset cannot be written or read; the message names the folder or file and the reason."""


class JudgementError(AnnotatorError):
    """A judgement or event is not one the project's scheme and texts allow."""


class HintListError(AnnotatorError):
    """A hint list breaks the rules of lists; the message names the file and the entry."""


class CodebookError(AnnotatorError):
    """A codebook breaks the rules of codebooks; the message names the file and the line."""
