"""A paste that nobody announced is told from keys, and one that is announced is left whole."""

from __future__ import annotations

import random

import pytest

from placement_tui.incoming import Incoming

LONG = "Carer ill at 5, ring the office. " * 200


def test_long_text_at_once_is_a_paste_and_what_follows_is_not() -> None:
    assert Incoming().split(LONG + "\x15") == (LONG, "\x15")
    assert Incoming().split("KJ W-10234") == ("", "KJ W-10234")
    assert Incoming().split("1\r" * 200) == ("", "1\r" * 200)  # keys that a stalled line held back
    assert Incoming().split("Xc" * 200) == ("Xc" * 200, "")


def test_a_key_held_down_to_move_counts_however_late_it_comes() -> None:
    assert Incoming().split("j" * 300 + "k" * 10) == ("", "j" * 300 + "k" * 10)
    assert Incoming().split("-" * 80) == ("-" * 80, "")  # a ruled line, which would log eighty answers


@pytest.mark.parametrize("seed", range(40))
def test_an_announced_paste_is_left_to_the_parser_in_whatever_pieces_it_comes(seed: int) -> None:
    dice = random.Random(seed)
    sent = f"jk\x1b[A\x1b[200~{LONG}\x1b[201~q"
    cuts = sorted(dice.randrange(len(sent)) for _ in range(dice.randint(1, 12)))
    incoming = Incoming()
    pieces = [sent[start:end] for start, end in zip([0, *cuts], [*cuts, len(sent)], strict=True)]
    for piece in pieces:
        assert incoming.split(piece) == ("", piece)
    assert incoming.split(LONG) == (LONG, "")


def test_an_escape_that_was_a_key_is_none_of_the_paste_after_it() -> None:
    incoming = Incoming()
    assert incoming.split("\x1b") == ("", "\x1b")
    incoming.silent()
    assert incoming.split(LONG) == (LONG, "")
