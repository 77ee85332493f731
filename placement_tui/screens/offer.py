"""An offer's terms: the fee and its split, the start, when it lapses, the conditions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from textual.widget import Widget

from placement_tui.domain.offers import NewOffer, OfferRow
from placement_tui.widgets.fields import Field
from placement_tui.widgets.formplace import KEPT, FormPlace
from placement_tui.widgets.lines import Block
from placement_tui.widgets.offer_words import state_words
from placement_tui.widgets.place import Leave
from placement_tui.widgets.text import Line, Span
from placement_tui.widgets.typed_fields import fee_field, fee_text, long_field, moment_field, moment_text
from placement_tui.widgets.words import miles_words


class OfferScreen(FormPlace):
    """The terms of an offer. `about` is the offer."""

    PLACE = "offer"
    NOUNS = frozenset({"offer"})

    def fields(self) -> Sequence[Field]:
        """Fee, start, expiry, conditions, note."""
        return (
            fee_field(
                "fee",
                "£ a week",
                "812 (all care), 3600/550/0 (care/education/health), 4150 = 3600 care + 550 edu",
                required=True,
            ),
            moment_field("start", "Could start", "tonight 19:00, tomorrow 10:00, 15 oct", self.clock, past=True),
            moment_field(
                "expires", "Lapses", "Until when it stands: 18:00, tomorrow 12:00. Empty: no time was said", self.clock
            ),
            long_field(
                "conditions", "Conditions", "What they ask for: two visits first, a second carer at weekends", 3
            ),
            long_field("note", "Note", "Anything else that was said, and by whom"),
        )

    def foot(self) -> Iterable[Widget]:
        """Whose offer it is."""
        about = Block(id="about")
        about.styles.height = 2
        yield about

    def read_base(self) -> OfferRow:
        """The offer."""
        return self.services.offers.get(self.about)

    def texts_of(self, base: OfferRow) -> dict[str, str]:
        """Its terms."""
        return {
            "fee": fee_text(base.care_pence, base.education_pence, base.health_pence), "start": moment_text(base.start_at),
            "expires": moment_text(base.expires_at), "conditions": base.conditions, "note": base.note,
        }  # fmt: skip

    def known(self) -> None:
        """Whose it is, and what was said of it."""
        offer: OfferRow = self.base
        self.title_line.say(f"{offer.reference} · offer of {offer.name}", offer.phone)
        where = f" · {miles_words(offer.miles, offer.approximate)} miles" if offer.miles is not None else ""
        who = "" if offer.provider == offer.name else f" · {offer.provider}"
        self.query_one("#about", Block).show([Span(f" {offer.name}", "strong"), Span(who + where, "muted")], "")

    def state(self) -> Line:
        """Whether it stands."""
        offer: OfferRow | None = self.base
        return state_words(offer, self.clock()) if offer else ""

    def submit(self, values: dict[str, Any]) -> None:
        """Save the terms."""
        offer: OfferRow = self.base
        fee, services = values["fee"], self.services
        start = offer.start_at if values["start"] is KEPT else values["start"]
        expires = offer.expires_at if values["expires"] is KEPT else values["expires"]
        new = NewOffer(
            fee.care, fee.education, fee.health, start, expires, values["conditions"] or "", note=values["note"] or ""
        )
        seen = self.seen
        self.commit(
            lambda: services.offers.amend(offer.id, new, seen=seen), lambda saved: self.post_message(Leave(saved.words))
        )
