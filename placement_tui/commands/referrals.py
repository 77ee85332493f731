"""Commands of the referral's form, besides those of every form."""

from __future__ import annotations

from placement_tui.commands.declaring import Command

_REFERRAL = ("referral",)

COMMANDS: tuple[Command, ...] = (
    Command(
        "referrals.all", "All fields, or the eight of an emergency", ("f8",),
        "Changes between the short and the whole form; nothing typed is lost.",
        "this form", _REFERRAL, "all_fields", word="all fields", footer=True, over=("f8",),
    ),
    Command(
        "referrals.sibling", "Add a brother or sister", ("f5",),
        "Another child in the same referral, to be placed together unless you say otherwise.",
        "this form", _REFERRAL, "sibling", word="sibling", footer=True,
    ),
    Command(
        "referrals.drop", "Take this brother or sister out", ("ctrl+r",),
        "The child whose field is in hand. One who is on record is taken out at once, which u takes back; one who is "
        "only typed is not logged.",
        "this form", _REFERRAL, "drop", word="take out",
    ),
    Command(
        "referrals.another", "Another new referral", ("ctrl+n",),
        "Keeps this one half typed and goes to the next that is, or to a blank one. Each comes back with the same key.",
        "this form", _REFERRAL, "another", word="another", footer=True,
    ),
)  # fmt: skip
