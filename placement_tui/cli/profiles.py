"""`placement profile`, `placement insight profiles`."""

from __future__ import annotations

import argparse
import base64
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from placement_tui.cli import records
from placement_tui.cli.asking import Command
from placement_tui.cli.output import Column
from placement_tui.cli.typing_words import text_of
from placement_tui.errors import Invalid, NotFound, Refused, WrongUse
from placement_tui.paths import typed_path

if TYPE_CHECKING:
    from placement_tui.cli.here import Here
    from placement_tui.domain.profile_quality import Point
    from placement_tui.domain.profiles import ScoreBand, SentRow
    from placement_tui.services.profiles import Left, Prepared

MOST_COPIED = 70_000  # bytes; most terminals take no more of OSC 52
_MOST_READ = 2_000_000

POINTS: list[Column[Point]] = [
    Column("number", "", right=True),
    Column("title", "Check"),
    Column("score", "Score", shown=lambda row: f"{row.score} of 2", right=True),
    Column("missing", "Missing"),
    Column("ask"),
]
SENT: list[Column[SentRow]] = [
    Column("code", "Code"),
    Column("sent_at", "Sent"),
    Column("by", "By"),
    Column("form", "As"),
    Column("anonymised", "Anonymised", shown=lambda row: "yes" if row.anonymised else "no: FULL"),
    Column("score", "Score", right=True),
    Column("passed", "Let pass", lambda row: row.passed),
    Column("passed_why", "Why"),
    Column("id"),
]
BANDS: list[Column[ScoreBand]] = [
    Column("band", "Score"),
    Column("waves", "Waves", right=True),
    Column("approaches", "Asked", right=True),
    Column("answered", "Answered (n)", right=True),
    Column("offers", "Offers", right=True),
    Column(
        "share", "Offers of answered", lambda row: None if row.share is None else round(row.share, 3),
        lambda row: "" if row.share is None else f"{row.share:.0%}", right=True,
    ),
]  # fmt: skip


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("referral", metavar="REF", help="reference, child identifier or initials")
    parser.add_argument("--child", metavar="CHILD", help="which one, where the referral is for several")
    parser.add_argument("--edit", action="store_true", help="write it in $EDITOR, under the council's headings")
    parser.add_argument(
        "--from",
        dest="source",
        metavar="FILE",
        help="take it from a text with those headings; - reads it from standard input",
    )
    parser.add_argument("--template", action="store_true", help="only print the text to fill in, as --from takes it")
    parser.add_argument(
        "--still-true", metavar="SECTION", help="a section is still true (its key, see --template; or all)"
    )
    parser.add_argument(
        "--check", action="store_true", help="the ten checks, what is missing, what gives the child away"
    )
    parser.add_argument(
        "--out", metavar="FILE", help="let it leave: .txt, .md, .docx or .pdf; - prints the text for an e-mail"
    )
    parser.add_argument(
        "--copy", action="store_true", help="put the text for an e-mail on the clipboard of your terminal"
    )
    parser.add_argument("--full", action="store_true", help="not anonymised: for the home that was chosen")
    parser.add_argument("--pass", dest="passing", metavar="WORDS", action="append",
                        help="a manager lets these words leave although the check found them; once for each")  # fmt: skip
    parser.add_argument("--why", metavar="WORDS", help="why they may leave")
    parser.add_argument(
        "--sent", action="store_true", help="each time that it left: who, when, in what form, which score"
    )


def _run(here: Here, options: argparse.Namespace) -> int | None:
    key = records.referral(here, options.referral)
    if options.sent:
        here.out.rows(SENT, here.services.profiles.sent(key), "Nothing of it has left the program.")
        return None
    child = _child(here, key, options.child)
    if options.template:
        here.out.data.write(here.services.profiles.edited(child))
        return None
    wrote = options.edit or options.source or options.still_true
    if options.edit:
        _edit(here, child)
    elif options.source:
        _saved(here, child, here.services.profiles.take(child, _read(options.source)).words)
    elif options.still_true:
        _still_true(here, child, options.still_true)
    if options.out or options.copy:
        _leave(here, key, child, options)
    elif options.check or not wrote:
        return _show(here, here.services.profiles.prepare(key, child), options.check)
    return None


def _child(here: Here, referral_id: UUID, said: str | None) -> UUID:
    children = here.services.referrals.get(referral_id).children
    if said:
        return records.child_of(here, referral_id, said)
    if len(children) != 1:
        named = ", ".join(child.words for child in children)
        raise NotFound("The referral is for several children", named, "say which with --child and the identifier")
    return children[0].id


def _saved(here: Here, child: UUID, words: str) -> None:
    here.out.saved(words, {"child_id": child})


def _edit(here: Here, child: UUID) -> None:
    from placement_tui.widgets.outside import edit_file

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise WrongUse(
            "There is no terminal for an editor", mend="write it to a file, then: placement profile REF --from FILE"
        )
    services = here.services
    before = services.profiles.get(child)
    text = services.profiles.edited(child)
    draft = services.drafts.load("profile text", str(child))
    if draft is not None:
        text = str(draft[0].get("text") or text)
        here.out.say("What you had written and not saved is there again.")

    def keep(written: str) -> None:
        services.drafts.save("profile text", str(child), {"text": written})

    written, why = edit_file(text, keep=keep)
    if why:
        raise Refused("The editor gave nothing back", why, "what it had saved is kept: do it again")
    keep(written)
    words = services.profiles.take(child, written, before).words
    services.drafts.discard("profile text", str(child))
    _saved(here, child, words)


def _read(said: str) -> str:
    if said == "-":
        data = sys.stdin.buffer.read(_MOST_READ + 1)
    else:
        path = typed_path(said)
        try:
            with path.open("rb") as file:
                data = file.read(_MOST_READ + 1)
        except OSError as cause:
            raise NotFound(f"{path} cannot be read", cause.strerror or "") from None
    if len(data) > _MOST_READ:
        raise Invalid("from", "The text is longer than a profile", f"{_MOST_READ:,} bytes are read at most")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Invalid("from", f"Line {line} is not UTF-8 text", mend="save it as UTF-8") from None


def _still_true(here: Here, child: UUID, said: str) -> None:
    services = here.services
    profile = services.profiles.get(child)
    held = [*profile.sections, *(("risks",) if profile.risks else ())]
    keys = held if said == "all" else [said]
    if not held or not set(keys) <= set(held):
        raise Invalid("still_true", f"{said!r} is no section that is written", f"there are {', '.join(held) or 'none'}")
    _saved(here, child, services.profiles.save(child, {}, None, keys).words)


def _leave(here: Here, referral_id: UUID, child: UUID, options: argparse.Namespace) -> None:
    from placement_tui.domain.profiles import CLIPBOARD, PRINTED

    if options.copy and options.out:
        raise WrongUse("It goes to a file or to the clipboard", mend="say one of --out and --copy")
    if options.copy and not sys.stderr.isatty():
        raise WrongUse("There is no terminal whose clipboard could take it", mend="--out FILE writes it")

    def send(to: Path | str) -> Left:
        why = text_of("why", options.why)
        return here.services.profiles.send(
            referral_id, child, to, full=options.full, passing=options.passing or (), why=why
        )

    if options.copy:
        size = len(here.services.profiles.prepare(referral_id, child).text.encode())
        if size > MOST_COPIED:
            raise Refused("It is too long for a clipboard over a terminal", f"{size:,} bytes", "--out FILE writes it")
        left = send(CLIPBOARD)
        sys.stderr.flush()
        os.write(sys.stderr.fileno(), b"\x1b]52;c;" + base64.b64encode(left.text.encode()) + b"\x07")
    elif options.out == "-":
        left = send(PRINTED)
        here.out.data.write(left.text)
    else:
        left = send(typed_path(options.out))
    here.out.say(left.words)


def _show(here: Here, made: Prepared, checks: bool) -> int | None:
    from placement_tui.domain.pages_text import as_text

    if here.out.shape != "table":
        here.out.rows(POINTS, made.quality.points)
        return 1 if checks and made.leaks else None
    if not checks:
        if made.subject.profile.empty:
            here.out.say(f"Nothing is written of {made.subject.child.words} yet: placement profile REF --edit")
            return None
        here.out.data.write(as_text(made.page))
    else:
        here.out.rows(POINTS, made.quality.points)
    here.out.say(f"{made.subject.child.words}: {made.quality.words}")
    if checks and made.unknown:
        here.out.say(f"Look yourself for {', '.join(made.unknown)}: not kept here, so the check cannot")
    for flag in made.quality.flags:
        here.out.say(flag.words)
    if checks and made.quality.asks:
        here.out.data.write("\nTo ask the social worker:\n" + "".join(f"- {ask}\n" for ask in made.quality.asks))
    return 1 if checks and made.leaks else None


def _no_options(parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def _scores(here: Here, _: argparse.Namespace) -> None:
    here.out.rows(BANDS, here.services.profiles.by_score())
    if here.out.shape == "table":
        here.out.say("Score: of the profile when the wave was sent, the lowest of several children's")
        here.out.say("Offers of answered: offers by all who offered or refused; those who never answered are left out")


COMMANDS = {
    "profile": Command(
        "placement profile 26-0142 --check\n  placement profile 26-0142 --edit\n  placement profile 26-0142 --out profile.docx",
        _options,
        _run,
        "What leaves is anonymised: no name, date of birth, school, street, number; the postcode's district only. What would\n"
        "give the child away stops it and is shown with its line. With --check, exit code 1 says that something would.",
    ),
    "insight profiles": Command("placement insight profiles --format csv", _no_options, _scores),
}
