"""Write docs/reference-*.md from the program itself, and what the tutorial's commands say. `make reference` runs it.

python docs/reference.py [--check]      --check writes nothing and fails where a page is not current
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from textual.binding import Binding
from told import retold

from placement_tui import commands
from placement_tui.cli.asking import EVERYWHERE
from placement_tui.cli.asking import Command as Subcommand
from placement_tui.cli.registry import ALIASES, GROUPS, PROGRAM
from placement_tui.domain.codes.provision import HOME_KINDS
from placement_tui.domain.codes.refusals import COMMONEST, FAMILIES, STAGES, WOULD_CHANGE, in_family
from placement_tui.domain.codes.rules import GROUNDS
from placement_tui.domain.indicators import INDICATORS, THEMES, by_theme
from placement_tui.domain.indicators.elsewhere import ELSEWHERE, UNANSWERED
from placement_tui.domain.policy import SETTINGS, Around
from placement_tui.domain.rules import RULES
from placement_tui.exchange.provider_fields import FIELDS, NEEDED
from placement_tui.widgets.table import RecordTable

HERE = Path(__file__).parent
MOVES = {
    "move(1)": "one row down", "move(-1)": "one row up", "top": "the first row", "bottom": "the last row",
    "page(1)": "a page down", "page(-1)": "a page up",
}  # fmt: skip
WRITTEN = "<!-- Written by `make reference` from the program: change it there. -->\n"


def keys_of(command: commands.Command, place: str) -> str:
    """The keys of a command in a place, each as code; the digits as a run."""
    keys = command.keys_in(place)
    if commands.keys_words(keys) != " ".join(commands.key_words(key) for key in keys):
        return f"`{commands.keys_words(keys)}`"
    return " ".join(f"`{commands.key_words(key)}`" for key in keys)


def cell(text: str) -> str:
    """Text in a cell of a Markdown table."""
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def table(titles: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [titles, tuple("---" for _ in titles), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def keys_page() -> str:
    """Every key by place, then what the keys of the call list stand for."""
    parts = [
        "# Keys\n", WRITTEN,
        "`?` or `F1` shows the keys of the place where you are; `placement keys` prints them all. Letters are typed in text "
        "fields and run commands everywhere else; `F` keys and `Ctrl` with a letter work in both.\n",
    ]  # fmt: skip
    for place, name in commands.PLACES.items():
        found = commands.commands_for(place)
        if found:
            rows = [(keys_of(each, place) or "`:`", cell(each.title), cell(each.help)) for each in found]
            parts += [f"## {name}\n", table(("keys", "what", ""), rows)]
    parts += ["## In every list\n", table(("keys", "what"), list_keys())]
    parts += ["## The reasons of the call list\n", *refusals()]
    return "\n".join(parts)


def list_keys() -> list[tuple[str, ...]]:
    """The keys of the table that every list is."""
    rows = []
    for binding in RecordTable.BINDINGS:
        assert isinstance(binding, Binding)
        keys = " ".join(f"`{commands.key_words(key)}`" for key in binding.key.split(","))
        rows.append((keys, MOVES[binding.action]))
    return rows


def refusals() -> Iterator[str]:
    """The digits by kind of home, the families, and the capitals after an answer."""
    yield "A digit is one of the nine commonest reasons of that kind of home. It never changes its meaning by itself.\n"
    kinds = [kind for kind in COMMONEST if kind in HOME_KINDS]
    rows = [
        (f"`{number + 1}`", *(f"{COMMONEST[kind][number].short} ({COMMONEST[kind][number].code})" for kind in kinds))
        for number in range(9)
    ]
    yield table(("", *(cell(HOME_KINDS[kind].short) for kind in kinds)), rows)
    yield "A letter opens a family of reasons; a digit or a letter then picks one.\n"
    yield table(
        ("key", "family", "reasons"),
        [
            (
                f"`{family.key}`", family.label,
                "; ".join(f"`{each.key}` {cell(each.label)} ({each.code})" for each in in_family(family.key)),
            )
            for family in FAMILIES
        ],
    )  # fmt: skip
    yield "Straight after a refusal, a capital letter says what would have changed it, or at which stage it came.\n"
    yield table(("key", "what would change it"), [(f"`{each.key}`", each.label) for each in WOULD_CHANGE])
    yield table(("key", "stage"), [(f"`{each.key}`", each.label) for each in STAGES])


def cli_page() -> str:
    """Every command of the command line, with its arguments and an example."""
    parts = [
        "# Command line\n", WRITTEN,
        "stdout is data, stderr is words. Exit codes: 0 done, 1 not found or refused by a rule, 2 wrong use, 3 locked or a "
        "wrong passphrase, 4 store damaged or not to be reached. Without a terminal nothing ever asks: it fails with 3 and "
        "says how.\n",
        "Without a command, `placement` opens the terminal program.\n",
        "## Everywhere\n",
        "Before or after the command.\n",
        table(("option", "what"), [(f"`{name} {value}`", cell(what)) for name, value, what in EVERYWHERE]),
    ]  # fmt: skip
    also = {words: [alias for alias, meant in ALIASES.items() if meant == words] for words in ALIASES.values()}
    for title, entries in GROUPS:
        parts.append(f"## {title}\n")
        for entry in entries:
            command = import_module(f"placement_tui.cli.{entry.module}").COMMANDS[entry.words]
            parts += [f"### {PROGRAM} {entry.words}\n", f"{entry.help[0].upper()}{entry.help[1:]}.\n"]
            if entry.words in also:
                parts.append(f"Also: {', '.join(f'`{PROGRAM} {alias}`' for alias in also[entry.words])}.\n")
            parts += described(command)
    return "\n".join(parts)


def described(command: Subcommand) -> Iterator[str]:
    """The arguments of one command and an example of its use."""
    if command.more:
        yield command.more + "\n"
    parser = argparse.ArgumentParser(add_help=False)
    command.options(parser)
    rows = [(f"`{said(action)}`", cell(action.help or "")) for action in parser._actions]
    if rows:
        yield table(("argument", "what"), rows)
    example = "\n".join(line.strip() for line in command.example.strip().splitlines())
    yield f"```sh\n{example}\n```\n"


def said(action: argparse.Action) -> str:
    """An argument as it is typed; brackets say that it may be left out, dots that it may come again."""
    value = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    if not action.option_strings:
        return {"?": f"[{value}]", "*": f"[{value} ...]", "+": f"{value} ..."}.get(str(action.nargs), value)
    text = action.option_strings[-1] + ("" if action.nargs == 0 else f" {value}")
    return text if action.required else f"[{text}]"


def columns_page() -> str:
    """The columns that an imported list may have."""
    rows = [(f"`{each.name}`", cell(each.label), cell(", ".join(each.words[:12]))) for each in FIELDS]
    return "\n".join(
        [
            "# Columns of the team's own spreadsheet\n", WRITTEN,
            f"A line needs {' and '.join(f'`{name}`' for name in NEEDED)}. Headers are compared without case, accents and signs; "
            "of each field's headers the first dozen are shown. A header that could be two things is the first of them that has "
            "no column yet. Anything else is named with `--map FIELD=COLUMN`.\n",
            table(("field", "what it is", "headers that mean it"), rows),
        ]
    )  # fmt: skip


def rules_page() -> str:
    """The page on law and policy, with every rule, every legal ground and every setting as the program has them."""
    page = (HERE / "explanation" / "rules.md").read_text(encoding="utf-8")
    rules = [
        (rule.id, cell(rule.title), cell(rule.law), rule.level, ", ".join(rule.where), cell(rule.mend))
        for rule in RULES.values()
    ]
    grounds = [
        (f"`{code.code}`", cell(code.label), ", ".join(rule.id for rule in RULES.values() if code.code in rule.grounds))
        for code in GROUNDS
    ]
    chosen = [
        (f"`{kind.name}`", cell(kind.title), cell(kind.say(kind.default, Around())), f"`{cell(kind.example)}`")
        for kind in SETTINGS.values()
    ]
    return filled(
        page,
        {
            "rules": table(("rule", "what", "law", "level", "where", "how it is mended"), rules),
            "grounds": table(("ground", "what", "rules"), grounds),
            "settings": table(("name", "what", "as it comes", "like"), chosen),
        },
    )


def filled(page: str, parts: dict[str, str]) -> str:
    """A page with what the program says between the marks of each part."""
    for name, text in parts.items():
        before, rest = page.split(f"<!-- {name} -->\n")
        after = rest.split(f"<!-- /{name} -->\n")[1]
        page = f"{before}<!-- {name} -->\n{text}<!-- /{name} -->\n{after}"
    return page


def indicators_page() -> str:
    """The page on indicators, with the definition of each, what the Department publishes, and what is answered elsewhere."""
    parts = []
    for theme, title in THEMES.items():
        rows = [
            (
                each.code,
                cell(each.name),
                cell(each.numerator),
                cell(each.denominator or "a count"),
                cell(each.note),
                cell(each.source),
            )
            for each in by_theme(theme)
        ]
        parts.append(
            f"## {title}\n\n" + table(("code", "name", "numerator", "denominator", "mind", "asked for by"), rows)
        )
    theirs = [
        (each.code, cell(each.name), f"`{each.theirs.name}`", cell(each.theirs.differs))
        for each in INDICATORS
        if each.theirs
    ]
    return filled(
        (HERE / "explanation" / "indicators.md").read_text(encoding="utf-8"),
        {
            "indicators": "\n".join(parts),
            "theirs": table(("code", "ours", "the Department's", "where they differ"), theirs),
            "elsewhere": table(("asked for", "where"), [(cell(words), cell(view)) for words, view in ELSEWHERE]),
            "unanswered": table(("asked for", "why not"), [(cell(words), cell(why)) for words, why in UNANSWERED]),
        },
    )


def tutorial() -> str:
    """The tutorial, with what its commands say now."""
    return retold((HERE / "tutorial.md").read_text(encoding="utf-8"))


PAGES = {
    "reference-keys.md": keys_page,
    "reference-cli.md": cli_page,
    "reference-columns.md": columns_page,
    "explanation/rules.md": rules_page,
    "explanation/indicators.md": indicators_page,
    "tutorial.md": tutorial,
}


def main() -> int:
    """Write the pages, or check them; gives the exit code."""
    check = "--check" in sys.argv[1:]
    old = []
    for name, page in PAGES.items():
        target, text = HERE / name, page()
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            old.append(name)
            if not check:
                target.write_text(text, encoding="utf-8")
    if old:
        print(f"{', '.join(old)}: {'not current, `make reference` writes them' if check else 'written'}")
    return int(check and bool(old))


if __name__ == "__main__":
    sys.exit(main())
