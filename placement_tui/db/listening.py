"""Hears that somebody committed something to the store, on whatever engine it stands."""

from __future__ import annotations

from abc import ABC, abstractmethod
from threading import Event


class Listener(ABC):
    """One thread's ear at a store."""

    @abstractmethod
    def changed(self, stop: Event, seconds: float) -> bool:
        """Wait `seconds` at most, or until `stop`; True where something may have been committed since the last call.

        Raises PlacementError or the driver's error where the store cannot be asked; the next call tries anew.
        """

    @abstractmethod
    def close(self) -> None:
        """Hear no more; safe to call twice."""
