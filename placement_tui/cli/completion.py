"""`placement completion`: what a shell offers after Tab, made from the commands themselves."""

from __future__ import annotations

import argparse
from importlib import import_module
from typing import TYPE_CHECKING

from placement_tui.cli.asking import EVERYWHERE, FORMATS, Command, parser_of
from placement_tui.cli.registry import ALIASES, ENTRIES, PROGRAM, under
from placement_tui.errors import WrongUse

if TYPE_CHECKING:
    from placement_tui.cli.here import Here

SHELLS = ("bash", "zsh", "fish")
_FILES = ("import ofsted", "import providers", "import la", "import postcodes")


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", metavar="SHELL", help=", ".join(SHELLS))


def _run(here: Here, options: argparse.Namespace) -> None:
    if options.shell not in SHELLS:
        raise WrongUse(
            f"There is no completion for {options.shell[:40]!r}", mend=f"there is one for {', '.join(SHELLS)}"
        )
    script = _fish() if options.shell == "fish" else _bash(zsh=options.shell == "zsh")
    here.out.data.write(script)


def flags_of(words: str) -> list[str]:
    """The options of a command, those that work everywhere among them."""
    entry = ENTRIES[ALIASES.get(words, words)]
    command: Command = import_module(f"placement_tui.cli.{entry.module}").COMMANDS[entry.words]
    parser = parser_of(entry.words, command)
    return sorted(flag for action in parser._actions for flag in action.option_strings if flag.startswith("--"))


def _firsts() -> list[str]:
    return sorted({words.split(" ")[0] for words in ENTRIES})


def _bash(*, zsh: bool) -> str:
    lines = ["#compdef placement", "autoload -U +X bashcompinit && bashcompinit", ""] if zsh else []
    lines += [
        "_placement() {",
        '  local current="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" words="" word skip=0',
        '  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
        "    if (( skip )); then skip=0; continue; fi",
        '    case "$word" in',
        "      --store|--passphrase-fd|--words-fd|--as|--format) skip=1 ;;",
        "      -*) ;;",
        '      *) words="$words $word" ;;',
        "    esac",
        "  done",
        "  set -- $words",
        '  case "$before" in',
        f'    --format) COMPREPLY=($(compgen -W "{" ".join(FORMATS)}" -- "$current")); return ;;',
        '    --store) COMPREPLY=($(compgen -f -- "$current")); return ;;',
        "  esac",
        '  case "$1 $2" in',
    ]
    for words in sorted([*ENTRIES, *ALIASES]):
        pattern = f'"{words}"' if " " in words else f'"{words} "*'
        files = ' $(compgen -f -- "$current")' if words in _FILES else ""
        lines.append(f'    {pattern}) COMPREPLY=($(compgen -W "{" ".join(flags_of(words))}" -- "$current"){files}) ;;')
    for first in _firsts():
        if second := under(first):
            lines.append(f'    "{first} "*) COMPREPLY=($(compgen -W "{" ".join(second)}" -- "$current")) ;;')
    everywhere = " ".join(name for name, _, _ in EVERYWHERE)
    lines += [
        f'    *) COMPREPLY=($(compgen -W "{" ".join(_firsts())} {everywhere} --help --version" -- "$current")) ;;',
        "  esac",
        "}",
        f"complete -F _placement {PROGRAM}",
    ]
    return "\n".join(lines) + "\n"


def _fish() -> str:
    lines = [f"complete -c {PROGRAM} -f"]
    for first in _firsts():
        about = ENTRIES[first].help if first in ENTRIES else "goes with " + ", ".join(under(first))
        lines.append(f"complete -c {PROGRAM} -n __fish_use_subcommand -a {first} -d {_quoted(about)}")
        lines += [
            f"complete -c {PROGRAM} -n '__fish_seen_subcommand_from {first}; and not __fish_seen_subcommand_from "
            f"{' '.join(under(first))}' -a {second}"
            for second in under(first)
        ]
    for words in sorted([*ENTRIES, *ALIASES]):
        seen = "; and ".join(f"__fish_seen_subcommand_from {word}" for word in words.split())
        lines += [f"complete -c {PROGRAM} -n '{seen}' -l {flag[2:]}" for flag in flags_of(words)]
        if words in _FILES:
            lines.append(f"complete -c {PROGRAM} -n '{seen}' -F")
    lines += [f"complete -c {PROGRAM} -l format -x -a '{' '.join(FORMATS)}'", f"complete -c {PROGRAM} -l store -r -F"]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "\\'") + "'"


COMMANDS = {
    "completion": Command(
        "placement completion bash > ~/.local/share/bash-completion/completions/placement\n"
        "  placement completion fish > ~/.config/fish/completions/placement.fish",
        _options,
        _run,
    )
}
