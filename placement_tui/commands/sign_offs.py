"""Commands of the queue of sign-offs."""

from __future__ import annotations

from placement_tui.commands.declaring import Command

_QUEUE = ("sign_offs",)

COMMANDS: tuple[Command, ...] = (
    Command(
        "sign_offs.approve", "Approve", ("a",),
        "At once, where it is yours to decide. Otherwise it asks who said so on the phone, and keeps who logged it.",
        "decide", _QUEUE, "approve", word="approve", footer=True,
    ),
    Command(
        "sign_offs.refuse", "Refuse, and say why", ("x",),
        "The officer reads why beside the offer, and knows what to do now.",
        "decide", _QUEUE, "refuse", word="refuse", footer=True,
    ),
    Command(
        "sign_offs.return_for", "Return for something that is missing", ("r",),
        "It stays asked, and waits for the officer instead. It lapses when the offer does.",
        "decide", _QUEUE, "return_for", word="return", footer=True,
    ),
    Command(
        "sign_offs.again", "Ask again", ("s",),
        "With an answer to what it was returned for; or anew, where it lapsed and the home offers again.",
        "ask", _QUEUE, "again", word="ask again", footer=True,
    ),
    Command(
        "sign_offs.withdraw", "Take the request back", ("w",),
        "Nobody need decide it any more.",
        "ask", _QUEUE, "withdraw",
    ),
    Command(
        "sign_offs.open", "Open the offers", ("enter",),
        "The offers of the referral side by side, with the request beside its own.",
        "this request", _QUEUE, "open", word="offers", footer=True,
    ),
    Command(
        "sign_offs.page", "The home's page", ("p",),
        "Who they are, their judgements, their answers to us, and the lessons of placements there.",
        "this request", _QUEUE, "page",
    ),
    Command(
        "sign_offs.calls", "The call list", ("c",),
        "Everybody asked for this referral, and why they said no.",
        "this request", _QUEUE, "calls", word="call list",
    ),
)  # fmt: skip
