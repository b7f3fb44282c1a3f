"""What is refused at /admin, in both languages, with what HTTP says of it."""

from __future__ import annotations

from corpus.errors import PlanqaError


class AdminError(PlanqaError):
    """A request of administration that cannot be met; `vietnamese` says the same for the page.

    `status` is HTTP's code for it, `retry` the seconds after which it may be tried again, 0 when waiting is no help.
    """

    status = 400

    def __init__(self, value: object, expected: str, remedy: str, vietnamese: str, retry: int = 0) -> None:
        super().__init__(value, expected, remedy)
        self.vietnamese, self.retry = vietnamese, retry


class AccessError(AdminError):
    """Somebody who is not known to be the administrator, or a form that another site sent."""

    status = 403


class LoginError(AccessError):
    """No session, or one that has ended."""

    status = 401


class LockedError(AccessError):
    """Too many wrong passwords."""

    status = 429


class UploadError(AdminError):
    """A file, or a request with files, that is not taken."""


class TooLargeError(UploadError):
    """More bytes or files than a request may have."""

    status = 413


class BusyError(UploadError):
    """No place in the queue, or no room on the disk."""

    status = 503
