"""Deciding a sign-off at the screen: at once where it is the officer's to decide, else with the name of who said so."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from placement_tui.domain.approaches import Saved
from placement_tui.domain.codes.sign_offs import KINDS
from placement_tui.domain.offers import OfferRow
from placement_tui.domain.sign_offs import SignOffRow, kinds_words
from placement_tui.domain.typed import long_text, short_text
from placement_tui.widgets.ask import Ask
from placement_tui.widgets.choose import ChooseStrip, Option
from placement_tui.widgets.place import Place, given

_WORDS = 2_000
_NAME = 100
_SAID = {"approve": "Approved", "refuse": "Refused", "return": "Returned"}
_WHY = {
    "refuse": "Why? The officer reads it beside the offer",
    "return": "What is missing? The officer answers it and asks again",
}


def decide(place: Place, row: SignOffRow, mine: bool, verb: str) -> None:
    """Approve, refuse or return a request: why where it needs words, and who said so where it is not one's own."""
    service = place.services.sign_offs
    title = f"{row.reference} {row.name}"

    def done(why: str, by: str) -> Saved:
        if verb == "approve":
            return service.approve(row.id, why, by)
        return service.refuse(row.id, why, by) if verb == "refuse" else service.return_for(row.id, why, by)

    def who(why: str) -> None:
        if mine:
            save(place, lambda: done(why, ""))
            return
        help_ = "Who said so? It is not yours to decide: their name is kept as who decided, and yours as who logged it"
        ask = Ask(
            f"{_SAID[verb]} on the phone: {title}",
            help_,
            lambda text: short_text("by", text, _NAME, required=True),
            row.asked_of,
        )
        place.app.push_screen(ask, given(lambda by: save(place, lambda: done(why, by))))

    if verb == "approve":
        who("")
    else:
        words(place, f"{verb.capitalize()} {title}", _WHY[verb], who)


def ask_again(place: Place, row: SignOffRow) -> None:
    """Ask once more, with an answer to what it was returned for; a lapsed one as it was."""
    service = place.services.sign_offs
    if row.state == "lapsed":
        save(place, lambda: service.ask_again(row.id))
        return
    help_ = f"Returned for: {row.returned_for}. What is the answer?"
    words(
        place, f"Ask again: {row.name}", help_, lambda said: save(place, lambda: service.ask_again(row.id, said))
    )  # fmt: skip


def ask_or_log(
    place: Place, strip: ChooseStrip, offer: OfferRow, rows: Sequence[SignOffRow], needed: Sequence[str]
) -> None:
    """From an offer: ask for what it needs; or, where something waits already, log what was said of it."""
    waiting = [row for row in rows if row.waiting]
    service = place.services.sign_offs

    def ask(kinds: tuple[str, ...]) -> None:
        if kinds:
            save(place, lambda: service.ask(offer.id, kinds))
        else:
            place.toast.refused("Nothing is marked: a key marks what is to be signed off, Enter asks")

    if not waiting:
        codes = [*needed, *(kind.code for kind in KINDS if kind.code not in needed)]
        options = [Option(code, KINDS.spoken(code)) for code in codes]
        strip.ask(f"sign-off of {offer.name}", options, given(ask), many=True, picked=needed)
    elif len(waiting) == 1:
        _log(place, strip, waiting[0])
    else:
        which = [Option(row, f"{kinds_words(row.kinds)}: {row.asked_of or 'a manager'}") for row in waiting]
        strip.ask("which", which, given(lambda row: _log(place, strip, row)))


def _log(place: Place, strip: ChooseStrip, row: SignOffRow) -> None:
    """What may be done with a request that waits."""
    service = place.services.sign_offs
    options = [Option("approve", "approved", "a"), Option("refuse", "refused", "x")]
    options.append(
        Option("again", "answer, ask again", "s") if row.state == "returned" else Option("return", "returned", "r")
    )
    options.append(Option("withdraw", "no longer asked", "w"))

    def chosen(verb: str) -> None:
        if verb == "again":
            ask_again(place, row)
        elif verb == "withdraw":
            save(place, lambda: service.withdraw(row.id))
        else:
            place.read(lambda: service.may_decide(row), lambda mine: decide(place, row, mine, verb), "mine")

    strip.ask(f"{kinds_words(row.kinds)}, {row.asked_of or 'a manager'}", options, given(chosen))


def words(place: Place, title: str, help_: str, then: Callable[[str], object]) -> None:
    """Ask for a few words that cannot be left out."""
    place.app.push_screen(Ask(title, help_, lambda text: long_text("why", text, _WORDS, required=True)), given(then))


def save(place: Place, work: Callable[[], Saved]) -> None:
    """Write, and say what was saved."""
    place.write(work, lambda saved: place.toast.saved(saved.words))
