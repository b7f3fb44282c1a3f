"""What an administrator may do. Every function that does or shows something takes the session's token and looks itself.

admin = Administration(home, engine)
token = admin.log_in("lúa chín vàng đồng", "192.0.2.7")
admin.remove(token, "tra-vinh-2024-2043-qd-ubnd", "192.0.2.7")      # LoginError without a session
"""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from corpus.types import Document
from qa.admin import intake, log, originals, passwords
from qa.admin.errors import AccessError, BusyError, LoginError, UploadError
from qa.admin.jobs import WORKER, Job, Jobs, State
from qa.admin.lockout import Attempts
from qa.admin.originals import Kept
from qa.admin.sessions import Sessions, check_form

MOST_UPLOADS = 2  # that arrive at the same time


class Shelf(Protocol):
    """What administration needs of the engine."""

    def documents(self) -> tuple[Document, ...]:
        """All documents of the home."""
        ...

    def document(self, document_id: str) -> Document:
        """One document by its id."""
        ...


class Administration:
    """The administration of one home; all of it may be called from any thread."""

    def __init__(self, home: Path, engine: Shelf, worker: Sequence[str] = WORKER) -> None:
        self.home, self._engine = home, engine
        self._sessions, self._attempts = Sessions(), Attempts()
        self._jobs = Jobs(home, self._finished, worker)
        self._hashing = threading.Semaphore(1)  # a password takes 32 MB to check
        self._arriving = 0
        originals.sweep(home)

    def has_password(self) -> bool:
        """Whether anybody can be an administrator here."""
        return passwords.stored(self.home) is not None

    def log_in(self, password: str, address: str) -> str:
        """The token of a new session.

        Raises:
            LoginError: a wrong password. LockedError: too many of them. AccessError: none is set.
        """
        known = passwords.stored(self.home)
        if known is None:
            vietnamese = "Chưa đặt mật khẩu quản trị."
            raise AccessError("log in", "a password that was set", "run: planqa admin set-password", vietnamese)
        self._attempts.begin(address)
        with self._hashing:
            right = passwords.matches(known, password)
        if not right:
            raise LoginError("log in", "the administrator's password", "try again", "Sai mật khẩu.")
        self._attempts.succeed(address)
        log.append(self.home, address, "log in")
        return self._sessions.open(known.key, address)

    def log_out(self, token: str) -> None:
        """End a session."""
        self._sessions.close(token)

    def require(self, token: str) -> None:
        """Pass the token of a session.

        Raises:
            LoginError: it is none, or has ended, or the password was changed since.
        """
        known = passwords.stored(self.home)
        self._sessions.require(token, known.key if known else "")

    def documents(self, token: str) -> tuple[Document, ...]:
        """All documents of the home."""
        self.require(token)
        return self._engine.documents()

    def document(self, token: str, document_id: str) -> Document:
        """One document.

        Raises:
            QuestionError: there is none of this id.
        """
        self.require(token)
        return self._engine.document(document_id)

    async def receive(
        self, token: str, content_type: str, pieces: AsyncIterator[bytes]
    ) -> tuple[list[Kept], list[UploadError]]:
        """The files of an upload on the disk, not yet part of the corpus, and why others were not taken.

        Raises:
            LoginError: no session. AccessError: another site sent it. UploadError: see `intake.receive`.
        """
        self.require(token)
        if self._arriving >= MOST_UPLOADS:
            vietnamese = "Đang có lần tải lên khác; hãy thử lại sau ít phút."
            raise BusyError("upload", f"fewer than {MOST_UPLOADS} at the same time", "try again", vietnamese, 30)
        self._arriving += 1
        try:
            return await intake.receive(self.home, content_type, pieces, lambda sent: check_form(token, sent))
        finally:
            self._arriving -= 1

    def add(self, token: str, files: Sequence[Kept], address: str, refused: Sequence[UploadError] = ()) -> Job | None:
        """Have files that were received read and ingested; each is written down with who brought it.

        None when there is no file to add, only some that were refused on arrival.

        Raises:
            LoginError: no session. BusyError: the queue is full.
        """
        self.require(token)
        for error in refused:
            log.append(self.home, address, "upload", error.value, outcome=f"refused: {error.expected}")
        if not files:
            return None
        job = Job(address, add=tuple(files))
        try:
            self._jobs.submit(job)
        except BusyError:
            for kept in files:
                originals.forget(kept)
            raise
        for kept in files:
            log.append(self.home, address, "upload", kept.name, kept.sha256, kept.size, "received")
        return job

    def remove(self, token: str, document_id: str, address: str) -> Job:
        """Have a document taken out of the corpus; the originals stay.

        Raises:
            LoginError: no session. QuestionError: no such document. BusyError: the queue is full.
        """
        self.require(token)
        document = self._engine.document(document_id)
        job = Job(address, remove=document.id)
        self._jobs.submit(job)
        return job

    def stop(self, token: str) -> None:
        """End the job that runs; the corpus stays as it was."""
        self.require(token)
        self._jobs.stop()

    def jobs(self, token: str) -> list[Job]:
        """What runs, what waits, what ended."""
        self.require(token)
        return self._jobs.jobs()

    def log_lines(self, token: str, count: int) -> list[dict[str, Any]]:
        """The last lines of the log, newest first."""
        self.require(token)
        return log.tail(self.home, count)

    def _finished(self, job: Job, state: State) -> None:
        """Write down what became of a job; what was refused is not kept."""
        if job.remove:
            outcome = "removed" if state == "done" else f"{state}: {job.error}"
            log.append(self.home, job.address, "remove", job.remove, outcome=outcome)
        told = {sha256: outcome for _, outcome, sha256 in job.told}
        for kept in job.add:
            outcome = told.get(kept.sha256, f"{state}: {job.error}")
            if not outcome.startswith(("added", "known")):
                originals.forget(kept)
            log.append(self.home, job.address, "ingest", kept.name, kept.sha256, kept.size, outcome)
        if refresh := getattr(self._engine, "refresh", None):
            refresh(wait=True)
