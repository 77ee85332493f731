"""Commands of the call list: every answer a provider can give is one or two keys."""

from __future__ import annotations

from placement_tui.commands.declaring import Command
from placement_tui.domain.codes.refusals import FAMILIES, STAGES, WOULD_CHANGE

_CALLS = ("calls",)

COMMANDS: tuple[Command, ...] = (
    Command(
        "calls.refuse", "No: one of the nine commonest reasons", tuple("123456789"),
        "Saves the refusal with its time, you and the stage, and moves on to the next provider waiting. The digits are "
        "fixed for each kind of provider and never reorder themselves.",
        "they say no", _CALLS, "refuse('{key}')", word="no", footer=True,
    ),
    Command(
        "calls.family", "No: a reason by its family", tuple(family.key for family in FAMILIES),
        "Vacancy, matching, needs, location, approval, staffing, price (p), timing, information, regulator, household "
        "(h), other (x); then a digit.",
        "they say no", _CALLS, "family('{key}')", word="other reasons",
    ),
    Command(
        "calls.change_now", "What would change the answer just given", tuple(choice.key for choice in WOULD_CHANGE),
        "A capital letter straight after a refusal; any other key skips it.",
        "they say no", _CALLS, "change_now('{key}')", over=("V",),
    ),
    Command(
        "calls.stage_now", "At which stage they said no", tuple(choice.key for choice in STAGES),
        "A capital letter straight after a refusal: at the desk, after the carer or home was asked, after matching, or "
        "an offer withdrawn. The desk is understood where nothing is said.",
        "they say no", _CALLS, "stage_now('{key}')",
    ),
    Command(
        "calls.change", "What would change it", ("c",),
        "Adds to the answer under the cursor, or to the one just given, what would have made it a yes.",
        "they say no", _CALLS, "change", word="what would change it", footer=True,
    ),
    Command(
        "calls.offer", "An offer", ("o",),
        "Weekly fee, start, conditions and when it lapses. Only the fee is asked for first.",
        "other answers", _CALLS, "offer", word="offer", footer=True,
    ),
    Command(
        "calls.no_reply", "No reply", ("-",),
        "Nobody answered. Not a refusal: the provider stays on the list, further down.",
        "other answers", _CALLS, "no_reply", word="no reply", footer=True,
    ),
    Command(
        "calls.call_back", "Call back at a time", ("b",),
        "A time as 1645, 16.45 or 20m. It becomes a task that is due then.",
        "other answers", _CALLS, "call_back", word="call back", footer=True,
    ),
    Command(
        "calls.withdraw", "Withdraw this approach", ("w",),
        "We no longer ask them: placed elsewhere, or the referral was cancelled.",
        "other answers", _CALLS, "withdraw", word="withdraw",
    ),
    Command(
        "calls.note", "A note on this approach", ("e",),
        "In your own words, beside the answer.",
        "other answers", _CALLS, "note", word="note",
    ),
    Command(
        "calls.next_tier", "Ask the next tier", ("N",),
        "The tier behind the one that was asked last, its twenty best homes, on this call list at once. The line above says "
        "until when the last one has time. Asking off framework asks why.",
        "this referral", _CALLS, "next_tier", word="next tier",
    ),
    Command(
        "calls.vacancies", "Free beds", ("J",),
        "What V does elsewhere: here V says what would change an answer.",
        "find your way", _CALLS, "vacancies", word="free beds",
    ),
    Command(
        "calls.homes", "Find more homes", ("f",),
        "Back to the search, with those asked already shown as asked.",
        "this referral", _CALLS, "homes", word="more homes", footer=True,
    ),
    Command(
        "calls.offers", "Compare offers", ("=",),
        "The open offers side by side.",
        "this referral", _CALLS, "offers", word="compare offers",
    ),
    Command(
        "calls.details", "The referral's details", ("d",),
        "The whole form, to read while on the phone or to complete.",
        "this referral", _CALLS, "details", word="details",
    ),
    Command(
        "calls.copy", "Copy the phone number", ("y",),
        "Puts the number on the clipboard of your own terminal, and says which.",
        "this provider", _CALLS, "copy", word="copy number",
    ),
    Command(
        "calls.provider", "The home's page", ("enter",),
        "Who they are, their registration, their answers to us, and the lessons of placements there.",
        "this provider", _CALLS, "provider", word="page",
    ),
)  # fmt: skip
