"""What works in every place. Letters and signs give way to typing in a text field; F-keys and Ctrl+letter do not."""

from __future__ import annotations

from placement_tui.commands.declaring import ANYWHERE, Command

_HERE = (ANYWHERE,)

COMMANDS: tuple[Command, ...] = (
    Command(
        "anywhere.help", "Help for this place", ("?", "f1"),
        "What this place is for and which keys work in it, then the keys that work everywhere.",
        "find your way", _HERE, "help", word="help", footer=True,
    ),
    Command(
        "anywhere.palette", "Do anything by name", (":", "ctrl+p"),
        "Type a few letters of a command, a child's initials, a reference or a home. A command that cannot run now is "
        "shown with the reason.",
        "find your way", _HERE, "palette", word="all commands",
    ),
    Command(
        "anywhere.find", "Find a child, home, provider, phone or reference", ("/", "f3"),
        "Finds by a few letters, misheard ones too, from any place.",
        "find your way", _HERE, "find", word="anything", footer=True,
    ),
    Command(
        "anywhere.switch", "Switch to another referral", ("'", "f6"),
        "The referrals you were in last, each with a one-key label; pressed twice, the previous one. You come back "
        "exactly where you were.",
        "find your way", _HERE, "switch", word="switch", footer=True,
    ),
    Command(
        "anywhere.board", "Duty board", ("f7",),
        "All open referrals, most urgent first. What was open stays open behind it.",
        "find your way", _HERE, "board", word="board",
    ),
    Command(
        "anywhere.due", "What is due", ("ctrl+t",),
        "Notices, plans, calls to make and offers that lapse, late ones first, with the law and who has them.",
        "find your way", _HERE, "due", word="due", local=(("board", "t"),),
    ),
    Command(
        "anywhere.handover", "Hand over", ("f8",),
        "At 17:15 the sheet for the night team, at 08:30 what the night brought: one key each.",
        "find your way", _HERE, "handover", word="hand over", local=(("board", "h"),),
    ),
    Command(
        "anywhere.back", "Back", ("q", "escape"),
        "Closes this place and returns to the one before, as it was left. A half-typed form is kept as a draft.",
        "find your way", _HERE, "back", word="back",
    ),
    Command(
        "anywhere.rang_back", "A provider rings back", ("R", "f4"),
        "A few letters of the name, a label, then the answer: logs a refusal, an offer or a call back without leaving "
        "this place.",
        "record", _HERE, "rang_back", word="rang back", footer=True,
    ),
    Command(
        "anywhere.vacancy", "A home has beds free", ("ctrl+g",),
        "While they are on the phone: a few letters of the home, then one line, 2 girls 8-14 from mon, Jo. It says at once "
        "which open referrals it fits, on every screen.",
        "record", _HERE, "vacancy", word="bed free", local=(("board", "v"), ("vacancies", "v")),
    ),
    Command(
        "anywhere.vacancies", "Free beds, those to check first", ("V",),
        "Every bed that is free or expected, who said so and when; planned ends; beds that a child of ours left. Under each "
        "the open referrals that it lawfully fits.",
        "find your way", _HERE, "vacancies", word="free beds",
    ),
    Command(
        "anywhere.beds", "Bed board", (),
        "Every home in use: registered, ours, other authorities', held, free, closed; block beds that are paid for and "
        "stand empty, and what they cost in a week.",
        "find your way", _HERE, "beds", word="bed board", local=(("board", "b"), ("vacancies", "b")),
    ),
    Command(
        "anywhere.new", "New referral", ("f2",),
        "The whole form for one child or a sibling group. It is kept as a draft from the first letter.",
        "record", _HERE, "new_referral", word="new", local=(("board", "n"),),
    ),
    Command(
        "anywhere.emergency", "Emergency referral: eight fields", ("f9",),
        "Just enough to start calling. The other fields can follow once somebody is looking.",
        "record", _HERE, "emergency_referral", word="emergency", local=(("board", "e"),),
    ),
    Command(
        "anywhere.undo", "Undo the last thing you did", ("u", "ctrl+z"),
        "Takes back your last saved change, whatever it was, and says what it took back. It reaches back a day, also to what "
        "you did before you last left; looks at a record are never undone, and what a colleague built on it stands.",
        "record", _HERE, "undo", word="undo", footer=True,
    ),
    Command(
        "anywhere.redo", "Do again what was undone", ("U", "ctrl+y"),
        "Puts back what the last undo took away, as long as nothing else was changed since.",
        "record", _HERE, "redo", word="redo",
    ),
    Command(
        "anywhere.audit", "Who saw and changed this", ("H",),
        "The referral, child or home in front: every view and every change, by whom and when, with what stood there before.",
        "the program", _HERE, "audit", word="who saw it",
    ),
    Command(
        "anywhere.settings", "The council's own choices", (),
        "Grades that are accepted, authorities that adjoin, who approves what, how the fostering limit is read, after how "
        "many hours a vacancy is an old word.",
        "the program", _HERE, "settings", word="settings", local=(("board", "C"),),
    ),
    Command(
        "anywhere.officers", "Officers and passphrases", (),
        "Who may open the store and as what, for administrators; for everybody their own passphrase.",
        "the program", _HERE, "officers", word="officers", local=(("board", "K"),),
    ),
    Command(
        "anywhere.lock", "Lock the screen now", ("ctrl+o",),
        "Covers everything and closes the store until your passphrase is typed. It locks by itself when nobody presses a "
        "key for some minutes: ten, unless the council chose otherwise.",
        "the program", _HERE, "lock", always=True,
    ),
    Command(
        "anywhere.clear_clipboard", "Empty the clipboard", (),
        "Takes what this program copied off the clipboard of your own terminal. Locking and quitting do so too.",
        "the program", _HERE, "clear_clipboard",
    ),
    Command(
        "anywhere.delay", "Where the time goes", (),
        "How long each stage takes from a referral to a home, with medians and their n; the beds lost while waiting for "
        "sign-off; by urgency and by month.",
        "find your way", _HERE, "delay", word="delay",
    ),
    Command(
        "anywhere.sign_offs", "What waits for sign-off", (),
        "Every request that nobody decided, the soonest to lapse first, with what a decision needs; and the beds that "
        "were lost by waiting today.",
        "find your way", _HERE, "sign_offs", word="sign-off", local=(("board", "s"),),
    ),
    Command(
        "anywhere.siblings", "Brothers and sisters: together, or the least bad split", (),
        "Homes with room for all the children of the referral in hand and of those linked with it, else the least bad "
        "splits with every distance between siblings. Links and unlinks referrals, and keeps why they were parted.",
        "find your way", _HERE, "siblings", word="siblings",
        local=(("board", "+"), ("calls", "+"), ("homes", "+"), ("offers", "+")),
    ),
    Command(
        "anywhere.profile", "The child's profile", (),
        "What a provider is told of the child of the referral in hand: written, checked, and let leave without what names "
        "the child.",
        "find your way", _HERE, "profile", word="profile",
        local=(("board", "."), ("calls", "."), ("homes", "."), ("offers", "."), ("siblings", "."), ("tell", "."), ("referral", "ctrl+f")),
    ),
    Command(
        "anywhere.registers", "Registers: DoL, unregistered, 16-17, kinship", (),
        "Who is under an order that deprives of liberty, in a home that is not registered, 16 or 17 in supported "
        "accommodation, or with a connected person; and what is missing of each.",
        "find your way", _HERE, "registers", word="registers", local=(("board", "r"), ("placements", "l")),
    ),
    Command(
        "anywhere.provider", "The provider's page", (">",),
        "Of the home in hand: what we asked them and they answered, how fast, why not; whom to ring, visits, concerns, "
        "what children said about living there.",
        "find your way", _HERE, "provider", word="provider",
    ),
    Command(
        "anywhere.ask_again", "Ask a no again", (),
        "A new approach to a home that said no, which remembers the first: at once where a bed was said free since, the fee "
        "was approved, or the referral says more; else you say what has changed.",
        "record", _HERE, "ask_again", word="ask again", local=(("calls", "*"),),
    ),
    Command(
        "anywhere.difference", "What would make the difference", (),
        "Refusals by what would change them, and the list behind each: who could be asked again today, because the bed is "
        "free, the fee agreed or the referral fuller since they said no.",
        "find your way", _HERE, "difference", word="difference", local=(("board", "c"),),
    ),
    Command(
        "anywhere.insight", "Insight: what the team's records say", (),
        "Refusals and offers, endings, indicators, the market: figures with their n and what they count, as charts or "
        "tables, for any time; from each one key to the records behind it.",
        "find your way", _HERE, "insight", word="insight", local=(("board", "I"),),
    ),
    Command(
        "anywhere.looks", "Dark, light, high contrast or the terminal's own colours", (),
        "Changes the colours at once and remembers them.",
        "the program", _HERE, "looks",
    ),
    Command(
        "anywhere.repaint", "Paint the screen again", ("ctrl+l",),
        "For when another program has written over it.",
        "the program", _HERE, "repaint", always=True,
    ),
    Command(
        "anywhere.quit", "Quit", ("ctrl+q",),
        "Everything is saved already, half-typed forms too.",
        "the program", _HERE, "quit", word="quit", always=True,
    ),
)  # fmt: skip
