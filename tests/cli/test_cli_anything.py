"""Whatever is typed to whichever command: an exit code and a sentence, never a traceback, and the journal holds."""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path
from random import Random

import pytest

from placement_tui.cli.asking import parser_of
from placement_tui.cli.registry import ENTRIES
from tests.cli.conftest import Run

TYPED = (
    "", "x", "-1", "0", "3", "99999999999999999999", "1e9", "nan", "\x00", "\ud800", "Ó Súilleabháin", "Smith [/b]", "%", "_", "'",
    '"', "\\", "M1", "M1,N2", "M1;;", "fee", "CREQB", "IN2:carer", "IN2:", "now", "tonight", "31/2", "2h", "812", "3600/550/0",
    "1+1", "foster", "res,ifa", "\u202e", "🙂" * 50, "x" * 10_000, "KJ,14,M,CH41 5AL,W-1", "KJ,,,,", "a=b", "yes", "PE", "price",
    "Alder", "House", "lcr_ppa", "26-0001", "KJ", "01a201a24b7a77fda7b066931723a637", "--", "1/1/1", "today", "+20", "25:00", "in",
    "all", 'free "', "((", "SELECT 1", "9000001", "SC123456", "C2", "UASC",
)  # fmt: skip
ALONE = {"sync": (3,), "meet": (4,)}  # nobody is there to type the other passphrase, or to talk with
EVERYWHERE = ("--help", "--store", "--passphrase-fd", "--as", "--format")


@pytest.mark.parametrize("seed", range(4))
def test_anything_typed_to_any_command_is_answered(
    run: Run, asked: str, seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")  # what is written to a file of any name is written there
    chance = Random(seed)
    for _ in range(60):
        words = chance.choice([words for words in ENTRIES if words not in ("demo", "init")])
        command = import_module(f"placement_tui.cli.{ENTRIES[words].module}").COMMANDS[words]
        typed = [*words.split(), *_typed(parser_of(words, command), chance, asked)]
        ran = run(*typed, "--format", chance.choice(("json", "csv", "table")))
        assert ran.code in (0, 1, 2, *ALONE.get(words, ())), typed
        assert len(ran.err) < 3000, typed
    assert run("verify").code == 0


def _typed(parser: argparse.ArgumentParser, chance: Random, reference: str) -> list[str]:
    typed = []
    for action in parser._actions:
        if not action.option_strings:
            known = action.dest in ("referral", "about", "what") and chance.random() < 0.7
            typed.append(reference if known else chance.choice(TYPED))
        elif (
            action.option_strings[-1] not in EVERYWHERE
            and not action.option_strings[-1].endswith("-fd")
            and (action.required or chance.random() < 0.4)
        ):
            typed.append(action.option_strings[-1])
            if action.nargs != 0:
                typed[-1] += "=" + chance.choice(TYPED)
    return typed
