"""How long a passphrase would withstand guessing."""

from __future__ import annotations

from collections.abc import Iterable

from placement_tui.errors import Invalid

# Ten guesses a second for each 64 MiB of memory that somebody with the files has: thirty years of one core.
LEAST_GUESSES_LOG10 = 10
READ = 72  # letters that are judged: more only make it stronger


def strength(passphrase: str, known: Iterable[str] = ()) -> str | None:
    """Why a passphrase is too easy to guess, in words; None for one that will do.

    `known` are words that anyone would try first: the names of the officer, the colleagues and the council.
    """
    from zxcvbn import zxcvbn

    words = {word.casefold() for text in known for word in (text, *text.split()) if len(word) > 2}
    bare = passphrase.casefold()
    for word in sorted(words, key=len, reverse=True):  # a name among other words adds nothing
        bare = bare.replace(word, "")
    if len(bare.strip()) < 6 < len(passphrase):
        return "it is made of names that anyone would try first"
    judged = min(
        (zxcvbn(text[:READ], user_inputs=sorted(words)) for text in {passphrase, bare}),
        key=lambda each: each["guesses"],
    )
    if judged["guesses_log10"] >= LEAST_GUESSES_LOG10:
        return None
    warning = str(judged["feedback"]["warning"]).rstrip(".")
    return warning[:1].lower() + warning[1:] if warning else "a program would guess it"


def check_strength(passphrase: str, known: Iterable[str] = ()) -> None:
    """Refuse a passphrase that is easy to guess. Raises Invalid."""
    weak = strength(passphrase, known)
    if weak:
        raise Invalid(
            "passphrase", "That passphrase is too easy to guess", weak, "four unrelated words do well, and no name"
        )
