"""The council's own targets of indicators: typed as `I-4a 80%`, kept as numbers, met or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from placement_tui.domain import settings as names
from placement_tui.domain.folding import fold
from placement_tui.domain.indicators import INDICATORS, Indicator, indicator
from placement_tui.domain.insight_words import shown
from placement_tui.domain.policy import Around, SettingKind
from placement_tui.domain.typed_text import shown as quoted
from placement_tui.errors import NotFound

MOST = 1_000_000


def target_kind(code: str) -> SettingKind:
    """The setting of one indicator's target. Raises NotFound."""
    one = indicator(code)
    return SettingKind(
        one.setting, f"Target of {one.code}: {one.name}", "80%" if one.unit == "share" else "12", read_target,
        lambda value, _: target_words(one, value), None, one.definition, names.TARGETS,
    )  # fmt: skip


def read_target(kind: SettingKind, said: str, _: Around) -> float:
    """One target: a percentage for a share, a number for a count, days or hours. Raises Invalid."""
    return _number(kind, indicator(kind.name.removeprefix("target_")), said)


def read_targets(kind: SettingKind, said: str, _: Around) -> dict[str, float]:
    """Every target at once: `I-4a 80%, H-1 75%`; `none` for none. Raises Invalid."""
    parts = [part.strip() for part in said.replace(";", ",").split(",") if part.strip()]
    if [fold(part) for part in parts] == ["none"]:
        return {}
    found: dict[str, float] = {}
    for part in parts:
        code, _sign, value = part.partition(" ")
        try:
            one = indicator(code)
        except NotFound:
            raise kind.refuse(part, f"{quoted(code[:20])} is no indicator; `placement insight indicators` lists them")
        found[one.setting] = _number(kind, one, value)
    if not found:
        raise kind.refuse(said, "an indicator and its target, with commas between, or none")
    return found


def target_words(one: Indicator, value: float | None) -> str:
    """A target in the indicator's unit: `at least 80%`, `at most 12`."""
    if value is None:
        return "none"
    bound = {True: "at least ", False: "at most ", None: ""}[one.up]
    said = f"{value * 100:.1f}".removesuffix(".0") + "%" if one.unit == "share" else shown(value, one.unit)
    return bound + said


def targets_words(value: Mapping[str, float] | None, _: Around) -> str:
    """All of them, in the order of the indicators."""
    held = value or {}
    return (
        ", ".join(f"{one.code} {target_words(one, held[one.setting])}" for one in INDICATORS if one.setting in held)
        or "none"
    )


def said_of(one: Indicator, target: float | None, value: float | None) -> str:
    """What a figure's line says of its target: `target at least 80%: met`; nothing where there is none."""
    if target is None:
        return ""
    words = f"target {target_words(one, target)}"
    if value is None or one.up is None:
        return words
    return f"{words}: {'met' if (value >= target if one.up else value <= target) else 'not met'}"


def by_code(held: Any) -> dict[str, float]:
    """The targets that were chosen, by the indicator's code."""
    return {one.code: held[one.setting] for one in INDICATORS if one.setting in (held or {})}


def _number(kind: SettingKind, one: Indicator, said: str) -> float:
    bare = said.strip().removesuffix("%").strip().replace(",", "")
    if not bare.replace(".", "", 1).isascii() or not bare.replace(".", "", 1).isdigit():
        raise kind.refuse(said, "a percentage" if one.unit == "share" else "a number")
    value = float(bare)
    if one.unit == "share":
        if value > 100:
            raise kind.refuse(said, "0% to 100%")
        return round(value / 100, 6)
    if value > MOST or said.strip().endswith("%"):
        raise kind.refuse(
            said, f"{one.name} is counted in {one.unit if one.unit != 'count' else 'children or placements'}"
        )
    return value
