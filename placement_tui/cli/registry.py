"""Every command once: the words that call it, the module it lives in, and what it is for, in the order of the day."""

from __future__ import annotations

from typing import NamedTuple

PROGRAM = "placement"


class Entry(NamedTuple):
    """A command as `placement --help` shows it; `module` is under `placement_tui.cli`."""

    words: str
    module: str
    help: str


GROUPS: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        "Begin",
        (
            Entry("demo", "demo", "a fictional team on real geography, thrown away unless --dir"),
            Entry("init", "stores", "make an encrypted store with its first officer"),
            Entry("officers", "officers", "who works with the store, and who tried to open it"),
            Entry("officers add", "officers", "a new officer with a first passphrase"),
            Entry("officers disable", "officers", "end an officer's access"),
            Entry("officers enable", "officers", "let an officer in again"),
            Entry("officers reset", "officers", "a new passphrase in place of one that is lost or known"),
            Entry("officers role", "officers", "make somebody officer, manager, viewer or administrator"),
            Entry("passwd", "officers", "change your own passphrase, or let this laptop remember you"),
            Entry("lock", "officers", "lock your own sessions at once"),
            Entry("rotate", "officers", "give the store a new data key while everybody works"),
            Entry("recovery", "officers", "a new recovery code to print and seal"),
            Entry("settings", "settings", "the council's own choices: grades, adjoining areas, approvers, limits"),
            Entry("import ofsted", "imports", "the public register, or the restricted lists that authorities receive"),
            Entry("import providers", "imports", "the team's own spreadsheet of agencies, homes and foster carers"),
            Entry("import ssda903", "imports_ssda903", "the statutory returns of any years: the team's history"),
            Entry("import la", "imports", "authorities, districts, constituencies and neighbours"),
            Entry("import boundaries", "imports", "borders of authorities, for the map"),
            Entry("import dfe", "imports", "the Department's published figures, to stand beside the team's own"),
            Entry("import postcodes", "imports", "a newer postcode file"),
        ),
    ),
    (
        "Referrals",
        (
            Entry("referrals", "referrals", "the duty board, most urgent first"),
            Entry("referral add", "referrals", "log a referral (also: log referral)"),
            Entry("referral change", "referrals", "change or complete a referral"),
            Entry("referral close", "referrals", "close a referral that no longer wants a home"),
            Entry("siblings", "siblings", "linked referrals; homes with room for all, or the least bad split"),
            Entry("siblings link", "siblings", "two referrals are of brothers and sisters"),
            Entry("siblings unlink", "siblings", "take a referral out of its group"),
            Entry("siblings part", "siblings", "why they are parted, or that they are together again"),
            Entry(
                "profile",
                "profiles",
                "a child's profile: write it, check it, let it leave without what names the child",
            ),
            Entry("show", "showing", "a referral, a home or a placement whole"),
        ),
    ),
    (
        "Laptops",
        (
            Entry("laptops", "laptops", "every device that writes: its letter, how far it is known here"),
            Entry("laptop add", "laptops", "a file from which a laptop's store is made"),
            Entry("sync", "laptops", "meet the team's server over ssh: changes go and come"),
            Entry("bundle", "laptops", "half a meeting in a sealed file, where there is no line"),
            Entry("doubles", "doubles", "what was made twice on two machines, and how each is mended"),
            Entry("merge children", "doubles", "a child that is there twice becomes one"),
            Entry("meet", "laptops", "the other end of `placement sync`; not typed by people"),
        ),
    ),
    (
        "Homes",
        (
            Entry("homes", "homes", "the register of homes"),
            Entry("find", "homes", "search the homes, for a referral or for anyone"),
            Entry("vacancies", "vacancies", "beds said to be free, old words first; whom they fit"),
            Entry("log vacancy", "vacancies", "a home says how many beds are free, for whom, from when"),
            Entry("beds", "beds", "the bed board: places, ours, others', held, free; block beds paid and unused"),
            Entry("log block", "beds", "beds that are paid for whether they are used or not"),
            Entry("providers", "providers", "who runs homes: asked, answered, what waits for somebody"),
            Entry("provider", "providers", "one provider: answers, contacts, visits, concerns, what children said"),
            Entry("log contact", "providers_log", "somebody to ring at a provider"),
            Entry("log visit", "providers_log", "a visit to a home that is due, or was made"),
            Entry("log concern", "providers_log", "a concern about a home, or how it was settled"),
            Entry("log voice", "providers_log", "what a child said about living in a home"),
            Entry("log suspension", "providers_log", "homes are not to be used, or may be again, and why"),
            Entry("merge providers", "providers_log", "a provider that is there twice becomes one"),
            Entry("places", "capacity", "places of homes: ours, others', held, free"),
            Entry("holds", "capacity", "beds that homes keep for us; exemptions from the fostering limit"),
            Entry("log hold", "capacity", "a home keeps beds until a time"),
            Entry("log release", "capacity", "they need not keep them any more"),
            Entry("log others", "capacity", "how many children of other authorities live in a home"),
            Entry("log terms", "capacity", "whom a home takes: ages, number, sex"),
            Entry("log exemption", "capacity", "leave to foster a named child over the usual limit"),
        ),
    ),
    (
        "Calls",
        (
            Entry("ask", "approaches", "send a wave: ask homes for a referral"),
            Entry("ask again", "difference", "ask a home again that said no: something has changed"),
            Entry("calls", "approaches", "a referral's call list"),
            Entry("log refusal", "approaches", "they said no, and why"),
            Entry("log no-reply", "approaches", "nobody answered"),
            Entry("log call-back", "approaches", "they are to be called back at a time"),
            Entry("log withdraw", "approaches", "stop asking them"),
        ),
    ),
    (
        "Offers and placements",
        (
            Entry("log offer", "offers", "they said yes, and the weekly fee"),
            Entry("offers", "offers", "a referral's offers side by side"),
            Entry("accept", "offers", "accept an offer"),
            Entry("decline", "offers", "decline an offer, and why"),
            Entry("sign-off ask", "sign_offs", "ask for sign-off of an offer, of whoever approves it"),
            Entry(
                "sign-off again", "sign_offs", "ask again: what it was returned for is mended, or the home offers anew"
            ),
            Entry("sign-off approve", "sign_offs", "approve, or log what the approver said on the phone"),
            Entry("sign-off refuse", "sign_offs", "refuse it, and why"),
            Entry("sign-off return", "sign_offs", "send it back for something that is missing"),
            Entry("sign-off withdraw", "sign_offs", "take the request back"),
            Entry("sign-offs", "sign_offs", "what waits for sign-off, the soonest to lapse first"),
            Entry("override", "overrides", "set a rule aside for one home: by a manager, with a reason"),
            Entry("overrides", "overrides", "what was set aside, by whom and why, and how often"),
            Entry("place", "placements", "start the placement of an offer; says whom to tell"),
            Entry("placements", "placements", "where children live now"),
            Entry("log told", "placements", "somebody on the list was told"),
            Entry("tasks", "tasks", "what is due, late ones first: notices, plans, calls, offers that lapse"),
            Entry("log done", "tasks", "a task was done"),
            Entry("log move", "tasks", "a task is moved to another day, and why"),
            Entry("log hand", "tasks", "a task goes to somebody else, or to you"),
            Entry("log not-needed", "tasks", "a task need not be done, and why"),
            Entry("log ending", "endings", "a placement ended: why, and what the next home should know"),
            Entry("lessons", "endings", "what earlier placements taught, found by words"),
            Entry("log warning", "warnings", "a sign that a placement may not last; closed, corrected"),
            Entry("warnings", "warnings", "signs that placements may not last, the oldest first"),
        ),
    ),
    (
        "Time in care",
        (
            Entry(
                "care", "care", "time in care: periods, legal statuses, missing, reviews; what the return would miss"
            ),
            Entry("log care", "care", "care began or ceased"),
            Entry("log status", "care", "another legal status from a day on"),
            Entry("log missing", "care", "a child went missing, or is back"),
            Entry("log review", "care", "a review, and how the child took part"),
            Entry("log particulars", "care", "ethnicity, pupil number, motherhood, asylum"),
            Entry("story", "story", "a child's story in the order of its days: to read, or to print"),
        ),
    ),
    (
        "Registers",
        (
            Entry("registers", "registers", "DoL, unregistered, 16-17, kinship: who, and what is missing"),
            Entry("log dol", "registers", "an order that deprives a child of liberty"),
            Entry("log unregistered", "registers", "a child in an unregistered home: why, agreed by whom, how it ends"),
            Entry("log 16-17", "registers", "supported accommodation: its category, what was checked"),
            Entry("log kinship", "registers", "a connected person's temporary approval, and its extension"),
        ),
    ),
    (
        "Permanence",
        (
            Entry("permanence", "permanence", "plans for where children grow up: steps, dates, what holds them up"),
            Entry("permanence add", "permanence", "a child's plan"),
            Entry("permanence change", "permanence", "correct a plan, or say what holds it up"),
            Entry("permanence step", "permanence", "a step of a plan: added, done, taken out"),
            Entry("permanence close", "permanence", "a plan is reached, or is the plan no more"),
            Entry("step-downs", "step_downs", "who is to move on to a family or to less support; drift past the plan"),
            Entry("step-downs add", "step_downs", "a child is to move on from a placement"),
            Entry("step-downs change", "step_downs", "correct it; reviewed, and when again"),
            Entry("step-downs close", "step_downs", "it came about, or will not"),
            Entry(
                "emergencies", "step_downs", "placements made in an emergency that go on, those past their plan first"
            ),
        ),
    ),
    (
        "Day and night",
        (
            Entry("handover", "handovers", "the sheet for the night team; in the morning, what the night brought"),
            Entry("import night", "handovers", "the night team's form, filled"),
            Entry("rota", "handovers", "who is on call, night by night"),
            Entry("rota add", "handovers", "put somebody on call for a night"),
            Entry("rota off", "handovers", "take somebody off the rota"),
            Entry("rota home", "handovers", "a home or carer that the night team rings first"),
        ),
    ),
    (
        "Insight",
        (
            Entry("insight", "insight", "the team's figures by view: refusals, offers... and the records behind them"),
            Entry(
                "insight difference", "difference", "refusals by what would change them; who could be asked again now"
            ),
            Entry("insight delay", "insight", "where the time goes, and the beds lost while waiting for sign-off"),
            Entry("insight profiles", "profiles", "how often those who were asked offered, by the profile's score"),
            Entry("report board", "report", "the board pack: every view in a workbook or a page, no child in it"),
        ),
    ),
    (
        "Returns",
        (
            Entry("check ssda903", "returns", "what to mend before the return of a year is sent"),
            Entry(
                "log returned", "returns", "what the return says of a placement, where that is not what its home says"
            ),
            Entry("export ssda903", "returns", "the return of a year as the Department wants it, addresses included"),
            Entry("check census", "census", "what open placements still lack for the regional census"),
            Entry("export census", "census", "the Placements North West census of a day, in its own words"),
            Entry("log census", "census", "what the census asks of a placement: route, provision, package, solo"),
        ),
    ),
    (
        "What was done",
        (
            Entry("undo", "history", "take back the last thing you did"),
            Entry("redo", "history", "put back what was undone"),
            Entry("history", "history", "who changed what, and when"),
            Entry("audit", "audit", "who saw and changed what, with the values before and after"),
            Entry("verify", "history", "walk the journal's chains"),
            Entry("conflicts", "conflicts", "fields that two officers changed at once, with both values"),
            Entry("settle", "conflicts", "say which of two values stands"),
            Entry("sql", "sql", "one SELECT over the store, reading only"),
        ),
    ),
    (
        "Safe keeping",
        (
            Entry("backup", "backups", "a verified, encrypted copy of the store"),
            Entry("restore", "backups", "compare a backup with the store, or make a new store of it"),
            Entry("move", "backups", "carry the store to a server, or from one into a file"),
            Entry("retention", "retention", "what is over its time, by kind of record, and taking it out"),
            Entry("erase", "retention", "erase one child's records for good, or make them anonymous"),
            Entry("export child", "retention", "everything held about one child, for a request of access"),
            Entry("doctor", "doctor", "what is wrong with the store, the machine, the terminal, and what to do"),
        ),
    ),
    (
        "Reference",
        (
            Entry("rules", "rules", "every rule with its law, its level and where it shows"),
            Entry("codes", "codes", "the code sets: refusals, needs, endings, factors and more"),
            Entry("keys", "reference", "every key of the terminal program"),
            Entry("paths", "reference", "where the store, its keys and the log lie"),
            Entry("completion", "completion", "completion for bash, zsh or fish"),
        ),
    ),
)

ALIASES = {"log referral": "referral add"}

ENTRIES: dict[str, Entry] = {entry.words: entry for _, entries in GROUPS for entry in entries}


def words_of(typed: list[str]) -> tuple[str, int]:
    """The command that the first words call, and how many words that takes; ("", 0) where they call none."""
    for count in (2, 1):
        words = " ".join(typed[:count])
        words = ALIASES.get(words, words)
        if words in ENTRIES and len(typed) >= count:
            return words, count
    return "", 0


def under(word: str) -> list[str]:
    """The second words that go with a first one: `log` -> refusal, offer..."""
    both = [*ENTRIES, *ALIASES]
    return sorted(words.split(" ", 1)[1] for words in both if words.startswith(word + " "))
