"""Setting a rule aside at the screen: which, on which legal ground, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from placement_tui.domain.approaches import Saved
from placement_tui.domain.codes.rules import GROUNDS
from placement_tui.domain.homes import Finding
from placement_tui.domain.offers import OfferRow
from placement_tui.domain.officers import OfficerRow, may, who_may
from placement_tui.domain.overrides import TEXT_LIMIT, checked
from placement_tui.domain.rules import RULES
from placement_tui.errors import Invalid
from placement_tui.widgets.ask import Ask
from placement_tui.widgets.choose import ChooseStrip, Option
from placement_tui.widgets.place import Place, given


def why_not_aside(officer: OfficerRow, law: Sequence[Finding]) -> str | None:
    """Why the officer sets nothing aside here; None where they may."""
    if not may(officer.role, "override"):
        return f"{officer.name} may not set a rule aside: ask {who_may('override')}"
    if not _blocks(law):
        standing = [finding for finding in law if finding.level == "block"]
        if standing:
            return f"{standing[0].text}: {RULES[standing[0].rule].mend}"
        return "No rule stands in the way"
    return None


def set_aside(place: Place, strip: ChooseStrip, offer: OfferRow, law: Sequence[Finding]) -> None:
    """Ask which rule where there are several, on which ground where it is law, and why; then save."""
    blocks = _blocks(law)
    if len(blocks) == 1:
        _ground(place, strip, offer, blocks[0])
        return
    options = [Option(each, each.text) for each in blocks]
    strip.ask(f"set aside for {offer.name}", options, given(lambda each: _ground(place, strip, offer, each)))


def _ground(place: Place, strip: ChooseStrip, offer: OfferRow, finding: Finding) -> None:
    rule = RULES[finding.rule]
    if rule.sort != "law":
        _why(place, offer, finding, None)
        return
    options = [Option(code, GROUNDS.spoken(code)) for code in rule.grounds]
    strip.ask(f"{rule.law} is law: on which ground", options, given(lambda code: _why(place, offer, finding, code)))


def _why(place: Place, offer: OfferRow, finding: Finding, ground: str | None) -> None:
    def read(text: str) -> str:
        return checked(finding.rule, _short(text), ground)[1]

    help_ = f"{finding.law}. Why? It is kept with your name, shown on the offer and the placement, and counted"
    ask = Ask(f"Set aside: {finding.text}", help_, read)
    overrides = place.services.overrides

    def save(why: str) -> None:
        def saved(done: Saved) -> None:
            place.toast.saved(done.words)

        place.write(lambda: overrides.set_aside(offer.id, finding.rule, why, ground), saved)

    place.app.push_screen(ask, given(save))


def _short(text: str) -> str:
    if len(text) > TEXT_LIMIT:
        raise Invalid("why", f"That has {len(text):,} characters", f"at most {TEXT_LIMIT:,} are kept", "shorten it")
    return text


def _blocks(law: Sequence[Finding]) -> list[Any]:
    return [each for each in law if each.level == "block" and RULES[each.rule].may_be_set_aside]
