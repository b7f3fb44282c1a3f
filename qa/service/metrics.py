"""Figures of the service for Prometheus. Only this module imports prometheus_client.

Every label comes from a short list of our own: nothing that a reader sends becomes one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from qa.service.corpus_state import CorpusState
from qa.types import Answer

if TYPE_CHECKING:
    from qa.service.line import Line

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 2.5, 5.0, 10.0, 30.0, 60.0)


class Figures:
    """What is counted; one for each application."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        one: dict[str, Any] = {"registry": self.registry}
        self._gauge = Gauge
        self._requests = Counter("planqa_requests", "Requests answered", ["route", "status"], **one)
        self._latency = Histogram(
            "planqa_request_seconds", "Time until an answer was sent whole", ["route"], buckets=_SECONDS, **one
        )
        self._waits = Histogram("planqa_wait_seconds", "Time in line before a turn", buckets=_SECONDS, **one)
        self._refusals = Counter("planqa_refusals", "Requests refused", ["cause"], **one)
        self._running = Gauge("planqa_requests_in_flight", "Requests being answered, streams included", **one)
        self._questions = Counter("planqa_questions", "Questions answered or abstained from", ["language"], **one)
        self._abstentions = Counter("planqa_abstentions", "Questions without an answer", ["reason"], **one)
        self._answering = Histogram("planqa_answer_seconds", "Time the engine took", buckets=_SECONDS, **one)
        self._failures = Counter("planqa_failures", "Requests that ended in an unexpected error", **one)

    def began(self) -> None:
        """A request came."""
        self._running.inc()

    def ended(self, route: str, status: int, seconds: float, refused: str, waited: float) -> None:
        """A request was answered; status 0 when it never was."""
        self._running.dec()
        self._requests.labels(route, str(status)).inc()
        self._latency.labels(route).observe(seconds)
        if refused:
            self._refusals.labels(refused).inc()
        if waited:
            self._waits.observe(waited)
        if status >= 500 and not refused:
            self._failures.inc()

    def answered(self, answer: Answer, seconds: float) -> None:
        """The engine answered a question, or abstained."""
        self._questions.labels(answer.language).inc()
        self._answering.observe(seconds)
        if not answer.answerable:
            self._abstentions.labels(answer.reason or "none").inc()

    def watch(self, name: str, line: Line) -> None:
        """Show how long a line is, and how many of it run."""
        self._gauge(f"planqa_{name}_waiting", f"Waiting in the line of {name}", registry=self.registry).set_function(
            lambda: line.waiting
        )
        self._gauge(f"planqa_{name}_running", f"Running of the line of {name}", registry=self.registry).set_function(
            lambda: line.running
        )

    def text(self, corpus: CorpusState) -> tuple[bytes, str]:
        """All figures as Prometheus reads them, and the content type of that."""
        from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
        from prometheus_client.core import GaugeMetricFamily
        from prometheus_client.registry import Collector, CollectorRegistry

        class Corpus(Collector):
            def collect(self) -> Iterator[GaugeMetricFamily]:
                yield GaugeMetricFamily("planqa_documents", "Documents served", corpus.documents)
                yield GaugeMetricFamily("planqa_passages", "Passages served", corpus.passages)
                yield GaugeMetricFamily("planqa_index_bytes", "Size of what is served on the disk", corpus.bytes)
                yield GaugeMetricFamily("planqa_degraded", "1 when not the corpus built last", bool(corpus.degraded))

        now = CollectorRegistry()
        now.register(Corpus())
        return generate_latest(self.registry) + generate_latest(now), CONTENT_TYPE_LATEST
