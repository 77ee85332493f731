"""`placement demo`: a fictional team to look at, in a store that opens without a passphrase."""

from __future__ import annotations

import argparse
import gc
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from placement_tui.cli.asking import Command
from placement_tui.cli.typing_words import whole
from placement_tui.errors import WrongUse
from placement_tui.paths import typed_path

if TYPE_CHECKING:
    from placement_tui.cli.here import Here

SEED = 1


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dir", metavar="DIR", help="keep it in this folder (else it is thrown away)")
    parser.add_argument("--scale", metavar="N", help="N times as much of everything (1)")
    parser.add_argument("--homes", metavar="N", help="a market of about N homes, whatever the scale (400 at scale 1)")
    parser.add_argument("--seed", metavar="N", help="another team")
    parser.add_argument("--build-only", action="store_true", help="make the store, print its path, open nothing")


def _run(here: Here, options: argparse.Namespace) -> int:
    scale = whole("scale", options.scale, 1, most=1000)
    seed = whole("seed", options.seed, SEED)
    homes = whole("homes", options.homes, 0, most=200_000) or None
    if options.build_only and not options.dir:
        raise WrongUse("--build-only wants a folder to leave the store in", mend="name it with --dir")
    if options.dir:
        return _made(here, typed_path(options.dir), scale, seed, homes, options.build_only)
    with tempfile.TemporaryDirectory(prefix="placement-demo-", ignore_cleanup_errors=True) as folder:
        return _made(here, Path(folder), scale, seed, homes, False)


def _made(here: Here, folder: Path, scale: int, seed: int, homes: int | None, build_only: bool) -> int:
    from placement_tui.cli.program import run_on
    from placement_tui.demo import build
    from placement_tui.demo.build import NAME

    if (folder / NAME).exists() and not build_only:
        here.out.say(f"{folder / NAME} was made earlier: opening it as it was left")
        return run_on(folder / NAME, here.asked.officer)
    gc.enable()
    with here.out.progress("Making a fictional team") as progress:
        store = build(folder, scale, seed, progress, homes=homes)
    if build_only:
        here.out.line(str(store))
        return 0
    return run_on(store, here.asked.officer)


COMMANDS = {
    "demo": Command(
        "placement demo\n  placement demo --dir ~/demo --scale 10 --build-only",
        _options,
        _run,
        "Real places, made-up children, carers and agencies. Every screen says DEMO.",
    )
}
