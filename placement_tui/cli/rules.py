"""`placement rules`, and what the rules say of a row, in words."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from placement_tui.cli.asking import Command
from placement_tui.cli.output import Column
from placement_tui.domain.codes.rules import GROUNDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from placement_tui.cli.here import Here
    from placement_tui.domain.homes import Finding
    from placement_tui.domain.rules import Rule

RULE_COLUMNS: list[Column[Rule]] = [
    Column("id", "Rule"),
    Column("law", "Law"),
    Column("level", "Level"),
    Column("title", "What"),
    Column("where", "Where it shows", shown=lambda rule: ", ".join(rule.where)),
    Column("sort"),
    Column("mend", "How it is mended"),
    Column("approval", "Sign-off"),
    Column("grounds", "Legal grounds", shown=lambda rule: ", ".join(GROUNDS.spoken(code) for code in rule.grounds)),
]


def law_column(law: Mapping[UUID, Sequence[Finding]], title: str = "Law") -> Column[Any]:
    """What the rules say of each row, by its id: in a table the gravest, else all of it."""
    return Column(
        "law", title, lambda row: law_words(law.get(row.id, ())), lambda row: first_words(law.get(row.id, ()))
    )


def law_words(found: Sequence[Finding]) -> list[str]:
    """Each with its level, its rule and its law: `block L21: policy: good or better (council policy)`."""
    return [f"{finding.level} {finding.rule}: {finding.text} ({finding.law})" for finding in found]


def first_words(found: Sequence[Finding]) -> str:
    """The gravest, and how many more: `NO: at a distance: not yet approved by the Director (Reg 11...) and 2 more`."""
    if not found:
        return ""
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    return f"{'NO: ' if found[0].level == 'block' else ''}{found[0].text} ({found[0].law}){more}"


def _nothing(parser: argparse.ArgumentParser) -> None:
    """No options of its own."""


def _rules(here: Here, _options: argparse.Namespace) -> None:
    from placement_tui.domain.rules import RULES

    here.out.rows(RULE_COLUMNS, RULES.values())


COMMANDS = {
    "rules": Command("placement rules --format csv > rules.csv", _nothing, _rules, "Needs no store."),
}
