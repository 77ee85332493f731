"""`placement codes`: the code sets. Needs no store."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from placement_tui.cli.asking import Command
from placement_tui.cli.output import Column
from placement_tui.errors import WrongUse

if TYPE_CHECKING:
    from placement_tui.cli.here import Here
    from placement_tui.domain.codes import Code, CodeSet

# Name -> the module under `domain.codes` and the set in it.
SETS = {
    "refusals": ("refusals", "REFUSALS"),
    "changes": ("refusals", "WOULD_CHANGE"),
    "stages": ("refusals", "STAGES"),
    "needs": ("needs", "NEEDS"),
    "wanted": ("provision", "KINDS"),
    "kinds": ("provision", "HOME_KINDS"),
    "sectors": ("provision", "SECTORS"),
    "grades": ("grades", "GRADES"),
    "legal": ("ssda903", "LEGAL_STATUS"),
    "declines": ("declines", "DECLINES"),
    "closings": ("declines", "CLOSINGS"),
    "routes": ("census", "ROUTES"),
    "provision": ("census", "TYPES_OF_PROVISION"),
    "endings": ("ssda903", "REASON_PLACE_CHANGE"),
    "factors": ("endings", "FACTORS"),
    "says": ("endings", "WHO_SAYS"),
    "sign-offs": ("sign_offs", "KINDS"),
    "partings": ("checks", "PARTINGS"),
    "unregistered-checks": ("checks", "UNREGISTERED_CHECKS"),
    "supported-checks": ("checks", "SUPPORTED_CHECKS"),
    "kinship-checks": ("checks", "KINSHIP_CHECKS"),
    "plans": ("permanence", "PLANS"),
    "step-downs": ("permanence", "STEPS_DOWN"),
    "kin": ("rules", "KIN"),
    "considered": ("rules", "CONSIDERED"),
    "grounds": ("rules", "GROUNDS"),
    "places": ("ssda903", "PLACE"),
    "place-providers": ("ssda903", "PLACE_PROVIDER"),
    "need-categories": ("ssda903", "CIN"),
    "ceased": ("care", "CEASED"),
    "ethnicity": ("ssda903", "ETHNICITY"),
    "missing": ("care", "MISSING"),
    "reviews": ("care", "REVIEW_CODES"),
    "distance": ("census", "ANY_DISTANCE_REASON"),
}

CODES: list[Column[Code]] = [
    Column("code", "Code"),
    Column("short", "Short"),
    Column("label", "Label"),
    Column("word", "Word", lambda code: getattr(code, "word", None) or None),
    Column("words", "Words", lambda code: getattr(code, "words", None) or None),
    Column("key", "Key", lambda code: getattr(code, "key", None)),
    Column("family", "Family", lambda code: getattr(code, "family", None) or getattr(code, "group", None)),
    Column("class", "Class", lambda code: _class(code)),
    Column("valid_from", "From"),
    Column("valid_to", "To"),
    Column("note", "Note"),
]


def code_set(name: str) -> CodeSet[Any]:
    """A code set by its name here."""
    from importlib import import_module

    module, attribute = SETS[name]
    found: CodeSet[Any] = getattr(import_module(f"placement_tui.domain.codes.{module}"), attribute)
    return found


def _class(code: Code) -> str | None:
    """The class of an ending, by the reason that it is for."""
    from placement_tui.domain.codes.endings import REASON_CLASS

    return REASON_CLASS.get(code.code)


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("set", metavar="SET", nargs="?", help=", ".join(SETS))
    parser.add_argument("find", metavar="WORDS", nargs="*", help="only codes that say these words")


def _run(here: Here, options: argparse.Namespace) -> None:
    if options.set is None:
        sets = [(name, code_set(name)) for name in SETS]
        columns: list[Column[tuple[str, CodeSet[Any]]]] = [
            Column("set", "Set", lambda each: each[0]),
            Column("codes", "Codes", lambda each: len(each[1]), right=True),
            Column("name", "Name", lambda each: each[1].name),
            Column("source", "Source", lambda each: each[1].source),
        ]
        here.out.rows(columns, sets)
        return
    name = options.set.casefold()
    if name not in SETS:
        raise WrongUse(f"There is no code set {options.set[:40]!r}", mend=f"the sets are {', '.join(SETS)}")
    codes = [code for code in code_set(name) if _says(code, " ".join(options.find))]
    columns_of = [column for column in CODES if column.key != "class" or name == "endings"]
    shown = [column for column in columns_of if any(column.of(code) not in (None, "") for code in codes)]
    here.out.rows(columns_of if here.out.shape != "table" else shown, codes, "No code says that.")


def _says(code: Code, words: str) -> bool:
    said = " ".join((code.code, code.short, code.label, code.note)).casefold()
    return all(word in said for word in words.casefold().split())


COMMANDS = {"codes": Command("placement codes refusals\n  placement codes needs violence", _options, _run)}
