"""Offers side by side: one is accepted, others are declined with a reason, the placement is started."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from textual.widget import Widget

from placement_tui.domain.approaches import Saved
from placement_tui.domain.codes.declines import DECLINES
from placement_tui.domain.homes import Finding
from placement_tui.domain.offers import OfferRow
from placement_tui.domain.referrals import ReferralRow
from placement_tui.domain.sign_offs import SignOffRow
from placement_tui.domain.typed import long_text
from placement_tui.widgets.ask import Ask
from placement_tui.widgets.choose import ChooseStrip, Option
from placement_tui.widgets.compare import Compared, Comparison
from placement_tui.widgets.dialog import Confirm
from placement_tui.widgets.law_words import law_page
from placement_tui.widgets.lines import StatusLine
from placement_tui.widgets.offer_words import LABELS, offer_cells
from placement_tui.widgets.overriding import set_aside, why_not_aside
from placement_tui.widgets.place import Open, Place, given
from placement_tui.widgets.readdialog import ReadDialog
from placement_tui.widgets.sign_off_words import sign_off_words
from placement_tui.widgets.signing import ask_or_log
from placement_tui.widgets.text import Line, Span
from placement_tui.widgets.words import by_words, fee_line, wanted_words

_MINUTE = 60.0


class _Seen(NamedTuple):
    """What the place shows: the referral, its offers, and what was signed off of each."""

    referral: ReferralRow
    offers: list[OfferRow]
    signed: dict[UUID, list[SignOffRow]]
    needs: dict[UUID, tuple[str, ...]]


class OffersScreen(Place):
    """A referral's offers. `about` is the referral."""

    PLACE = "offers"
    NOUNS = frozenset(
        {"offer", "approach", "referral", "placement", "home", "provider", "sign_off", "override", "setting"}
    )

    def __init__(self, about: Any = None, **more: Any) -> None:
        super().__init__(about, **more)
        self._seen: _Seen | None = None
        self._law: dict[UUID, tuple[Finding, ...]] | None = (
            None  # what the rules say of each offer; None until they did
        )

    def body(self) -> Iterable[Widget]:
        """The referral in a line, then the offers."""
        yield StatusLine(id="counts")
        yield Comparison("Nobody has offered yet. c shows the call list: o on a row logs an offer", id="offers")

    def foot(self) -> Iterable[Widget]:
        """Where one key chooses a reason."""
        yield ChooseStrip(id="strip")

    def on_mount(self) -> None:
        """The offers take the keys; what lapses is shown as it does."""
        self.offers.focus()
        self.set_interval(_MINUTE, self._minute)
        super().on_mount()

    @property
    def offers(self) -> Comparison:
        """The offers."""
        return self.query_one("#offers", Comparison)

    @property
    def chosen(self) -> OfferRow | None:
        """The offer in hand."""
        return self._seen.offers[self.offers.at] if self._seen and self._seen.offers else None

    def _minute(self) -> None:
        self._stale = True
        if self.is_current:
            self.arrive()

    # what it shows

    def look(self) -> None:
        """Read the offers, and ask the rules about each."""
        self.read(self._read, self._show)
        self.read(lambda: self.services.rules.of_offers(self.about), self._show_law, "law")

    def _show_law(self, law: dict[UUID, tuple[Finding, ...]]) -> None:
        self._law = law
        if self._seen is not None:
            self._show(self._seen)

    def _law_of(self, offer: OfferRow) -> tuple[Finding, ...]:
        return (self._law or {}).get(offer.id, ())

    def _read(self) -> _Seen:
        services = self.services
        row = services.referrals.get(self.about)
        rows = services.offers.of(self.about)
        signed: dict[UUID, list[SignOffRow]] = {offer.id: [] for offer in rows}
        for each in services.sign_offs.of_referral(self.about):
            signed.get(each.offer_id or each.id, []).append(each)
        needs = {o.id: services.sign_offs.needed(o.id) for o in rows if o.state in ("open", "accepted")}
        return _Seen(row, rows, signed, needs)

    def _show(self, seen: _Seen) -> None:
        first, self._seen = self._seen is None, seen
        row, now = seen.referral, self.services.desk.now
        standing = [offer for offer in seen.offers if offer.state in ("open", "accepted")]
        accepted = next((offer for offer in standing if offer.state == "accepted"), None)
        things = [
            Compared(
                o.id, o.name, offer_cells(o, self._law_of(o) if self._law is not None else None, self._signed(o), now)
            )
            for o in seen.offers
        ]
        start = accepted or (standing[0] if standing else None)
        wanted = self.more.pop("offer", None) or (start.id if first and start else None)
        self.offers.show(LABELS, things, wanted)
        self.title_line.say(
            f"{row.reference} {row.child}",
            f"accepted: {accepted.name}" if accepted else f"{len(standing)} of {len(seen.offers)} open",
        )
        left: list[Span] = [Span(wanted_words(row.wanted)), Span(" · "), by_words(row.urgency, row.needed_by, now)]
        if row.state != "open":
            left.append(Span(f" · {row.state}", "good" if row.state == "placed" else "muted"))
        hidden = len(seen.offers) - self.offers.columns
        self.query_one("#counts", StatusLine).say(
            left, Span("Left and Right show the others", "muted") if hidden > 0 else ""
        )
        self._about()

    def _signed(self, offer: OfferRow) -> Line:
        seen = self._seen
        if seen is None or offer.state not in ("open", "accepted"):
            return Span("-", "muted")
        return sign_off_words(seen.signed.get(offer.id, ()), seen.needs.get(offer.id, ()), self.services.desk.now)

    def called_again(self) -> None:
        """It was open already, and another offer is meant now."""
        if self.is_mounted and self.more.get("offer") is not None:
            self._stale = True

    def on_comparison_moved(self) -> None:
        """Another one is in hand."""
        self._about()

    def _about(self) -> None:
        offer = self.chosen
        lines: list[Line] = ["", ""]
        if offer is not None:
            who = "" if offer.provider == offer.name else f" · {offer.provider}"
            lines[0] = [Span(f" {offer.name}", "strong"), Span(who, "muted")]
            lines[1] = Span(f" {offer.note}" if offer.note else "", "muted")
        self.query_one("#strip", ChooseStrip).rest(*lines)
        self.renew_footer()

    # commands

    def reason_not(self, command_id: str) -> str | None:
        """Most need an offer, and one that stands."""
        if not self.is_mounted or command_id in ("offers.calls", "offers.tell", "offers.choose"):
            return None
        offer = self.chosen
        if offer is None:
            return "Nobody has offered yet: c shows the call list"
        referral = self._seen.referral if self._seen else None
        if command_id in ("offers.place", "offers.accept") and referral is not None and referral.state != "open":
            return f"{referral.reference} is {referral.state} already" + (
                ": t lists whom to tell" if referral.state == "placed" else ""
            )
        if command_id == "offers.override":
            if self._law is None:
                return "A moment: the rules are being read"
            return why_not_aside(self.services.desk.officer, self._law_of(offer))
        if command_id == "offers.copy" and not offer.phone:
            return f"There is no number for {offer.name}"
        if command_id == "offers.page" and offer.home_id is None:
            return f"{offer.name} is a provider without a home in the register"
        if command_id == "offers.accept" and all(o.state != "open" for o in (self._seen.offers if self._seen else ())):
            return "No offer is open: a new one is logged on the call list"
        if (
            command_id in ("offers.decline", "offers.withdrawn", "offers.edit", "offers.place", "offers.sign_off")
            and self._target(command_id) is None
        ):
            return f"The offer of {offer.name} is {offer.state}: log a new one if it stands again"
        return None

    def _target(self, command_id: str) -> OfferRow | None:
        """The offer a command is about: the chosen one if it stands; a placement starts from the accepted one first."""
        rows = self._seen.offers if self._seen else []
        accepted = next((offer for offer in rows if offer.state == "accepted"), None)
        if command_id == "offers.place" and accepted is not None:
            return accepted
        return self.chosen if self.chosen and self.chosen.state in ("open", "accepted") else None

    def action_choose(self, key: str) -> None:
        """Sideways."""
        self.offers.choose(self.offers.at + (1 if key == "right" else -1))

    def action_accept(self, key: str) -> None:
        """By its digit; another key confirms."""
        rows = self._seen.offers if self._seen else []
        number = int(key)
        if number > len(rows):
            self.toast.refused(f"There is no offer {number}: there are {len(rows)}")
            return
        offer = rows[number - 1]
        self.offers.choose(number - 1)
        if offer.state != "open":
            self.toast.refused(f"The offer of {offer.name} is {offer.state} already")
            return
        if self._seen and self._seen.needs.get(offer.id):  # how it stands is asked, for it may be approved by now
            self.read(lambda: self.services.sign_offs.check(offer.id), lambda _: self._confirm(offer, key), "accept")
        else:
            self._confirm(offer, key)

    def _confirm(self, offer: OfferRow, key: str) -> None:
        law = self._law_of(offer)
        fee = fee_line(offer.care_pence, offer.education_pence, offer.health_pence)
        words = f"{fee} a week." + "".join(f" Mind: {finding.text} ({finding.law})." for finding in law)
        words += " The others stay open until the placement is started."

        def confirmed(yes: bool) -> None:
            if yes:
                self.write(lambda: self.services.offers.accept(offer.id), self._accepted)

        self.app.push_screen(Confirm(f"Accept the offer of {offer.name}?", words, "accept", key), given(confirmed))

    def _accepted(self, saved: Saved) -> None:
        self.toast.say([Span(f"{saved.words}. ", "good"), Span("Enter", "key"), Span(" starts the placement  ", "muted"),
                        Span("u", "key"), Span(" undoes", "muted")])  # fmt: skip

    def action_sign_off(self) -> None:
        """Ask; or, where it waits already, log what was said."""
        offer: OfferRow = self.chosen  # type: ignore[assignment]  # reason_not saw to it
        signed = self._seen.signed.get(offer.id, []) if self._seen else []
        needed = self._seen.needs.get(offer.id, ()) if self._seen else ()
        ask_or_log(self, self.query_one("#strip", ChooseStrip), offer, signed, needed)

    def action_law(self) -> None:
        """Every rule that bears on the offer, with its law and how it is mended."""
        offer: OfferRow = self.chosen  # type: ignore[assignment]  # reason_not saw to it
        law = self._law_of(offer)
        self.app.push_screen(ReadDialog(f"Law and policy: {offer.name}", lambda width: law_page(law, width), ("l",)))

    def action_override(self) -> None:
        """A manager sets a block aside, by name and with a reason."""
        offer: OfferRow = self.chosen  # type: ignore[assignment]  # reason_not saw to it
        law = self._law_of(offer)
        set_aside(self, self.query_one("#strip", ChooseStrip), offer, law)

    def action_decline(self) -> None:
        """With the council's own reason."""
        offer: OfferRow = self.chosen  # type: ignore[assignment]  # reason_not saw to it
        options = [Option(code.code, code.spoken.lower()) for code in DECLINES]

        def because(reason: str) -> None:
            if reason == "other":
                ask = Ask(
                    f"Decline {offer.name}: why?",
                    "In a few words",
                    lambda text: long_text("note", text, 2000, required=True),
                )
                self.app.push_screen(ask, given(lambda note: self._decline(offer, reason, note)))
            else:
                self._decline(offer, reason, "")

        self.query_one("#strip", ChooseStrip).ask(f"decline {offer.name}", options, given(because))

    def _decline(self, offer: OfferRow, reason: str, note: str) -> None:
        self.write(lambda: self.services.offers.decline(offer.id, reason, note), self._saved)

    def action_withdrawn(self) -> None:
        """They take it back: no refusal, and kept apart from ours."""
        offer: OfferRow = self.chosen  # type: ignore[assignment]  # reason_not saw to it
        self.write(lambda: self.services.approaches.withdraw(offer.approach_id, "OW"), self._saved)

    def _saved(self, saved: Saved) -> None:
        self.toast.saved(saved.words)

    def action_edit(self) -> None:
        """The offer's terms."""
        self.post_message(Open("offer", self.chosen.id))  # type: ignore[union-attr]  # reason_not saw to it

    def action_place(self) -> None:
        """From the accepted one, or the chosen one."""
        offer: OfferRow = self._target("offers.place")  # type: ignore[assignment]  # reason_not saw to it
        self.post_message(Open("placement", offer.id))

    def action_page(self) -> None:
        """The home's page."""
        self.post_message(Open("home", self.chosen.home_id))  # type: ignore[union-attr]  # reason_not saw to it

    def action_tell(self) -> None:
        """Whom to tell."""
        self.post_message(Open("tell", self.about))

    def action_calls(self) -> None:
        """Everybody asked."""
        self.post_message(Open("calls", self.about))

    def action_copy(self) -> None:
        """The number to the terminal's clipboard."""
        offer: OfferRow = self.chosen  # type: ignore[assignment]  # reason_not saw to it
        self.app.copy_to_clipboard(offer.phone)
        self.toast.saved(f"Copied {offer.phone} ({offer.name})", undo=False)
