"""A demonstration: one store with a fictional team on real geography, for trying things out and for measuring."""

from __future__ import annotations

from placement_tui.demo.build import build

__all__ = ["build"]
