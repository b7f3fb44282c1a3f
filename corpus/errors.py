"""The one tree of errors that planqa shows to its users.

    PlanqaError                 what the user can mend; the command exits with 1
    ├── SourceError             a file or folder that cannot be read as a plan
    ├── HomeError               a home that cannot be opened, read or written
    ├── ModelError              an encoder that cannot be unpacked or loaded
    ├── QuestionError           a question or a filter that cannot be answered as it stands
    ├── ServeError              the app cannot be served (port in use, ...)
    ├── PasswordError           an administrator's password that is too easy (qa/admin/passwords.py)
    └── AdminError              a request of administration that cannot be met (qa/admin/errors.py, and those below it)

Every message is one line that names the value, what was expected, and what to do about it.
"""

from __future__ import annotations


class PlanqaError(Exception):
    """Base of every error that a user of planqa can mend."""

    def __init__(self, value: object, expected: str, remedy: str) -> None:
        shown, expected, remedy = (_one_line(text) for text in (str(value), expected, remedy))
        if len(shown) > 120:
            shown = shown[:117] + "..."
        self.value, self.expected, self.remedy = shown, expected, remedy
        super().__init__(f"{shown}: {expected}; {remedy}")


def _one_line(text: str) -> str:
    """A text whose control and direction characters, which may come from a file's name, mean nothing to a terminal."""
    return "".join(c if c.isprintable() else "\ufffd" for c in " ".join(text.split()))


class SourceError(PlanqaError):
    """A file or folder that cannot be read as an official document."""


class HomeError(PlanqaError):
    """A home that cannot be opened, read or written."""


class ModelError(PlanqaError):
    """An encoder that cannot be unpacked or loaded."""


class QuestionError(PlanqaError):
    """A question or filter that cannot be answered as it stands."""


class ServeError(PlanqaError):
    """The app cannot be served."""
