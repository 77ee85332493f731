"""Commands of the comparison of offers."""

from __future__ import annotations

from placement_tui.commands.declaring import Command

_OFFERS = ("offers",)

COMMANDS: tuple[Command, ...] = (
    Command(
        "offers.accept", "Accept one", tuple("123456789"),
        "Asks for a different key to confirm, then declines the others with a reason and lists whom to tell.",
        "decide", _OFFERS, "accept('{key}')", word="accept", footer=True, danger=True,
    ),
    Command(
        "offers.choose", "Choose the next or the one before", ("left", "right"),
        "Moves between the offers, side by side.",
        "decide", _OFFERS, "choose('{key}')",
    ),
    Command(
        "offers.decline", "Decline, and say why", ("d",),
        "The council's own reason: price, match, distance, grade, the child's wish.",
        "decide", _OFFERS, "decline", word="decline", footer=True,
    ),
    Command(
        "offers.withdrawn", "They withdraw it", ("w",),
        "The provider takes the offer back; kept apart from refusals.",
        "decide", _OFFERS, "withdrawn", word="withdrawn",
    ),
    Command(
        "offers.sign_off", "Sign-off: ask, or log what was said", ("s",),
        "Asks whoever approves it for what the offer needs. Where it waits already, logs what they said on the phone, "
        "answers what it was returned for, or takes the request back.",
        "decide", _OFFERS, "sign_off", word="sign-off", footer=True,
    ),
    Command(
        "offers.law", "Every rule that bears on the offer", ("l",),
        "Each with its law, and how it is mended.",
        "this offer", _OFFERS, "law", word="law",
    ),
    Command(
        "offers.override", "Set a rule aside", ("o",),
        "For a manager: by name, with a reason; for a law on a legal ground that it gives way to.",
        "decide", _OFFERS, "override", word="set aside",
    ),
    Command(
        "offers.edit", "Change the offer's terms", ("e",),
        "Fee split, start, conditions, when it lapses.",
        "this offer", _OFFERS, "edit", word="terms", footer=True,
    ),
    Command(
        "offers.place", "Start the placement", ("enter",),
        "From the accepted offer: type wanted and obtained, route, cost split.",
        "this offer", _OFFERS, "place", word="start placement", footer=True,
    ),
    Command(
        "offers.copy", "Copy the phone number", ("y",),
        "Puts the number on the clipboard of your own terminal, and says which.",
        "this offer", _OFFERS, "copy",
    ),
    Command(
        "offers.page", "The home's page", ("p",),
        "Who they are, their registration, their answers to us, and the lessons of placements there.",
        "this offer", _OFFERS, "page", word="page",
    ),
    Command(
        "offers.tell", "Whom to tell", ("t",),
        "Those who wait to hear, once a placement was started, with their numbers.",
        "this referral", _OFFERS, "tell", word="whom to tell",
    ),
    Command(
        "offers.calls", "The call list", ("c",),
        "Everybody asked for this referral.",
        "this referral", _OFFERS, "calls", word="call list", footer=True,
    ),
)  # fmt: skip
