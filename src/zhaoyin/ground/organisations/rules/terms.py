"""Terms: from one day to another, both included. None is unknown at the start, and to this day at the end."""

from datetime import date
from typing import Protocol


class Span(Protocol):
    """Whatever has a first and a last day: a post, the lead of a group, a seat."""

    @property
    def since(self) -> date | None:
        """The first day."""

    @property
    def until(self) -> date | None:
        """The last day."""


def on_day(span: Span, day: date) -> bool:
    """Whether the day lies in the span."""
    return (span.since is None or span.since <= day) and (span.until is None or day <= span.until)


def overlap(one: Span, other: Span) -> bool:
    """Whether there is a day in both."""
    return (one.since is None or other.until is None or one.since <= other.until) and (
        other.since is None or one.until is None or other.since <= one.until
    )


def order_fault(span: Span) -> str:
    """What is wrong with the two days, a sentence, or nothing."""
    if span.since and span.until and span.until < span.since:
        return f"离任日 {span.until} 早于任职日 {span.since}。"
    return ""


def span_words(span: Span) -> str:
    """“2022-01-01 至今”."""
    return f"{span.since or '任职日不详'}{f' 至 {span.until}' if span.until else ' 至今'}"
