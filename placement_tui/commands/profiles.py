"""Commands of a child's profile, and of the form in which it is written."""

from __future__ import annotations

from placement_tui.commands.declaring import Command

_PROFILE = ("profile",)

COMMANDS: tuple[Command, ...] = (
    Command(
        "profile.write", "Write it, section by section", ("enter", "e"),
        "A field for each of the council's headings; the score and what is missing are shown as you type. Kept as a "
        "draft from the first letter.",
        "this profile", _PROFILE, "write_it", word="write", footer=True,
    ),
    Command(
        "profile.editor", "Write the whole of it in your own editor", ("E",),
        "Opens it in $EDITOR as one text with headings. What the editor saves is kept, also when the line drops.",
        "this profile", _PROFILE, "editor", word="editor", footer=True,
    ),
    Command(
        "profile.turn", "The text, or its checks", ("tab",),
        "The ten checks with what is missing, what a reader trips over, and what gives the child away. A wide terminal "
        "shows both.",
        "this profile", _PROFILE, "turn", word="checks", footer=True,
    ),
    Command(
        "profile.true", "A section is still true", ("t",),
        "For what was last said more than a year ago: it counts as said today.",
        "this profile", _PROFILE, "still_true", word="still true",
    ),
    Command(
        "profile.child", "The next child of this referral", ("n",),
        "Each child has a profile of their own.",
        "this profile", _PROFILE, "next_child", word="next child",
    ),
    Command(
        "profile.save", "Write it to a file", ("w",),
        "As .txt, .md, .docx or .pdf, anonymised. What gives the child away stops it; a manager may let a finding pass "
        "with a reason, which is kept.",
        "let it leave", _PROFILE, "save_file", word="write file", footer=True,
    ),
    Command(
        "profile.copy", "Copy the text for an e-mail", ("y",),
        "Puts the anonymised text on the clipboard of your own terminal, and says so. The same checks as for a file.",
        "let it leave", _PROFILE, "copy", word="copy", footer=True,
    ),
    Command(
        "profile.full", "Anonymised, or in full", ("a",),
        "In full it names the child: for the home that was chosen. It says so on its face, and that it left is kept.",
        "let it leave", _PROFILE, "full", word="full",
    ),
    Command(
        "profile.asks", "Copy what the social worker is asked for", ("m",),
        "The open items of the ten checks, as lines for a message.",
        "let it leave", _PROFILE, "asks", word="copy questions",
    ),
    Command(
        "profile.sent", "What left, and when", ("s",),
        "Each time that a profile of this referral left: its code, who, in what form, with which score, what was let pass.",
        "let it leave", _PROFILE, "sent", word="sent",
    ),
    Command(
        "profile.calls", "The call list", ("c",),
        "Who was asked for this referral, and what they said.",
        "this referral", _PROFILE, "calls", word="calls",
    ),
)  # fmt: skip
