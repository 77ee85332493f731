"""Whole units of work tried again where a server gave them back: what a database of many machines asks of its clients.

An intention is one transaction, and a method of a service is one intention with the reads before it; so the method is
what is called again. Identifiers are made anew each time, and nothing of the try before stands.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import wraps
from inspect import isgeneratorfunction
from typing import Any, TypeVar, cast

from placement_tui.errors import Again

TRIES = 6
FIRST = 0.02  # seconds, doubled each time; a part of it is drawn by lot, so that two do not meet again
T = TypeVar("T")


def retried(service: T) -> T:
    """The service with every public method tried again; to whoever calls it, it is the service."""
    return cast(T, _Retried(service))


class _Retried:
    def __init__(self, service: object) -> None:
        self._service = service

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._service, name)
        if name.startswith("_") or not callable(found) or isgeneratorfunction(found) or not hasattr(found, "__func__"):
            return found
        return _again(found)


def _again(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def call(*given: Any, **named: Any) -> Any:
        pause = FIRST
        for left in range(TRIES - 1, -1, -1):
            try:
                return method(*given, **named)
            except Again:
                if not left:
                    raise
            time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - no secret
            pause *= 2
        raise AssertionError("unreachable")

    return call
