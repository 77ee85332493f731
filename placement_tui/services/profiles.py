"""Profiles: writing what a provider is told of a child, checking it, and letting it leave without what names the child."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from placement_tui.db.changes import profiles as changes
from placement_tui.db.engine import Session
from placement_tui.db.reads import children, referrals
from placement_tui.db.reads import profiles as reads
from placement_tui.domain import settings as names
from placement_tui.domain.approaches import Saved
from placement_tui.domain.identifiers import new_id
from placement_tui.domain.leaks import Known, Leak, find, find_in_name
from placement_tui.domain.pages import Page
from placement_tui.domain.pages_markdown import as_markdown
from placement_tui.domain.pages_text import as_text
from placement_tui.domain.profile_page import page_of
from placement_tui.domain.profile_quality import Quality, quality
from placement_tui.domain.profiles import (
    CLIPBOARD,
    PRINTED,
    RISKS,
    Profile,
    Prompt,
    RiskRow,
    ScoreBand,
    SentRow,
    Subject,
    code_of,
    template_of,
    whole_template,
)
from placement_tui.domain.profiles_text import as_edited, checked, read_edited
from placement_tui.domain.referrals import ChildRow, ReferralRow
from placement_tui.domain.typed_text import long_text, shown
from placement_tui.errors import Conflict, Invalid, NotFound, Refused, WrongUse
from placement_tui.exchange.pages import as_pdf, write_private
from placement_tui.exchange.pages_docx import as_docx
from placement_tui.services.desk import Desk

FORMS = {".txt": "text for an e-mail", ".md": "Markdown", ".docx": "Word", ".pdf": "PDF"}
WHY_LIMIT = 2_000
MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Prepared:
    """A profile as it would leave: the page, its text as it is checked, what gives the child away, the ten checks."""

    subject: Subject
    referral: ReferralRow
    template: tuple[Prompt, ...]
    page: Page
    text: str
    leaks: tuple[Leak, ...]
    quality: Quality
    unknown: tuple[str, ...] = ()  # what cannot be looked for, because the store does not hold it


@dataclass(frozen=True, slots=True)
class Left:
    """What left the program: in words, its code, and its text where it went to a clipboard or a terminal."""

    words: str
    code: str
    text: str
    path: Path | None = None


class Profiles:
    """What an officer does with a child's profile."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def template(self) -> tuple[Prompt, ...]:
        """The council's headings and prompts."""
        return template_of(self._desk.setting(names.PROFILE_TEMPLATE))

    def of_referral(self, referral_id: UUID) -> tuple[Subject, ...]:
        """The children of a referral, each with what is written of them. Raises NotFound."""
        with self._desk.read() as session:
            row = self._referral(session, referral_id)
            return tuple(Subject(child, reads.of_child(session, child.id)) for child in row.children)

    def get(self, child_id: UUID) -> Profile:
        """What is written of a child; an empty profile where nothing is."""
        with self._desk.read() as session:
            return reads.of_child(session, child_id)

    def edited(self, child_id: UUID) -> str:
        """A child's profile as a text to edit."""
        return as_edited(self.template, self.get(child_id), self._desk.today)

    def check_text(self, child_id: UUID, text: str) -> Quality:
        """The ten checks of a text that is being edited. Raises Invalid where it cannot be read."""
        profile = self.get(child_id)
        said = read_edited(text, self.template, profile, self._desk.today)
        return quality(self._with(profile, said.sections, said.risks, said.confirmed), self.template, self._desk.today)

    def take(self, child_id: UUID, text: str, before: Profile | None = None) -> Saved:
        """Save an edited text. `before` is the profile that was edited. Raises Invalid, Conflict."""
        before = before or self.get(child_id)
        said = read_edited(text, self.template, before, self._desk.today)
        return self.save(child_id, said.sections, said.risks, said.confirmed, before)

    def save(
        self, child_id: UUID, sections: Mapping[str, str], risks: Sequence[RiskRow] | None = None,
        confirmed: Collection[str] = (), before: Profile | None = None,
    ) -> Saved:  # fmt: skip
        """Save sections, and risks where they are given. What is changed or confirmed was said to be true today.

        Raises Conflict where a colleague changed one of these sections since `before` was read, Invalid, NotFound.
        """
        for key, text in sections.items():
            checked(key, text)
        with self._desk.write("write profile") as session:
            child = children.get(session, child_id, self._desk.today)
            if child is None:
                raise NotFound("There is no such child", mend="it may have been undone")
            held = reads.of_child(session, child_id)
            was = before or held
            new = {key: text.strip() for key, text in sections.items()}
            titles = {prompt.key: prompt.title for prompt in whole_template(self.template, held.sections)}
            touched = {key for key, text in new.items() if text != was.sections.get(key, "")}
            theirs = [titles.get(key, key) for key in sorted(touched)
                      if held.sections.get(key, "") not in (was.sections.get(key, ""), new[key])]  # fmt: skip
            risky = risks is not None and tuple(risks) != was.risks
            if risky and held.risks not in (was.risks, tuple(risks or ())):
                theirs.append(titles.get(RISKS, "Risks"))
            if theirs:
                raise Conflict(f"{held.by or 'A colleague'} changed {', '.join(theirs)} meanwhile",
                               "nothing of yours was saved", "look at theirs, then save yours again")  # fmt: skip
            if not touched and not risky and not confirmed:
                return Saved(f"Nothing was changed in the profile of {child.words}", (child_id,))
            merged = {**held.sections, **{key: new[key] for key in touched}}
            said_on = {
                **held.said_on,
                **dict.fromkeys({*touched, *confirmed, *((RISKS,) if risky else ())}, self._desk.today),
            }
            merged = {key: text for key, text in merged.items() if text}
            said_on = {key: day for key, day in said_on.items() if key in merged or key == RISKS}
            changes.put(session, child_id, merged, said_on, self._desk.now, self._desk.officer.id)
            if risky:
                changes.put_risks(session, child_id, risks or (), self._desk.now)
            session.flush()
            after = quality(reads.of_child(session, child_id), self.template, self._desk.today)
        return Saved(f"Profile of {child.words}: {after.words}", (child_id,))

    def typed(
        self, made: Prepared, sections: Mapping[str, str], risks: Sequence[RiskRow]
    ) -> tuple[Quality, tuple[Leak, ...]]:
        """The ten checks of what is being typed over a prepared profile, and what of it gives the child away."""
        today = self._desk.today
        profile = self._with(made.subject.profile, sections, tuple(risks), ())
        page = page_of(made.subject.child, profile, made.referral, made.template, today)
        with self._desk.read() as session:
            known = reads.known(session, made.referral.id, made.subject.child.id)
        leaks = find(as_markdown(page), known)
        return quality(profile, made.template, today, leaks), leaks

    def prepare(self, referral_id: UUID, child_id: UUID, *, full: bool = False) -> Prepared:
        """A profile as it would leave, with everything that gives the child away. Raises NotFound."""
        with self._desk.read() as session:
            return self._prepared(session, referral_id, child_id, full)

    def send(
        self, referral_id: UUID, child_id: UUID, to: Path | str, *, full: bool = False,
        passing: Collection[str] = (), why: str = "",
    ) -> Left:  # fmt: skip
        """Let a profile leave: to a new file, or as text for `CLIPBOARD` or `PRINTED`. Kept with who, when, which score.

        `passing` are findings of the leak check that may leave all the same, as they were shown: a manager's, with a
        reason. Raises Refused where something gives the child away or nothing is written, WrongUse, Invalid.
        """
        reason = long_text("why", why, WHY_LIMIT)
        with self._desk.read() as session:
            made = self._prepared(session, referral_id, child_id, full)
            known = reads.known(session, referral_id, child_id)
        if made.subject.profile.empty:
            raise Refused("Nothing is written yet", f"of {made.subject.child.words}", "write the profile first")
        passed = self._passed(made.leaks, passing, reason)
        key = new_id()
        code = code_of(key)
        page = page_of(made.subject.child, made.subject.profile, made.referral, made.template, self._desk.today,
                       code=code, full=full)  # fmt: skip
        form, data = self._form(page, to, known)
        with self._desk.write("send profile") as session:
            changes.add_sent(session, key, {
                "referral_id": referral_id, "sent_at": self._desk.now, "officer_id": self._desk.officer.id, "form": form,
                "anonymised": not full, "score": made.quality.score, "passed": passed, "passed_why": reason if passed else "",
            })  # fmt: skip
            if isinstance(to, Path):
                write_private(to, data)
        what = "FULL" if full else "anonymised"
        low = f"; {made.quality.score} of 20"
        blind = (
            f". Not looked for, since it is not kept here: {', '.join(made.unknown)}"
            if made.unknown and not full
            else ""
        )
        text = data.decode() if not isinstance(to, Path) else ""
        where = str(to) if isinstance(to, Path) else f"{len(text):,} characters for {to}"
        return Left(f"Profile {code}, {what}: {where}{low}{blind}", code, text, to if isinstance(to, Path) else None)

    def sent(self, referral_id: UUID) -> list[SentRow]:
        """Each time that a profile of a referral left, the latest first."""
        with self._desk.read() as session:
            return reads.sent_of(session, referral_id)

    def by_score(self) -> list[ScoreBand]:
        """How often approaches became offers, by the score of the profile at the time of the wave."""
        with self._desk.read() as session:
            return reads.by_score(session)

    def _prepared(self, session: Session, referral_id: UUID, child_id: UUID, full: bool) -> Prepared:
        row = self._referral(session, referral_id)
        child = next((each for each in row.children if each.id == child_id), None)
        if child is None:
            raise NotFound("That child is not of this referral", mend="name one of its children")
        template, today = self.template, self._desk.today
        profile = reads.of_child(session, child_id)
        page = page_of(child, profile, row, template, today, full=full)
        text = as_markdown(page)
        leaks = () if full else find(text, reads.known(session, referral_id, child_id))
        judged = quality(profile, template, today, leaks)
        return Prepared(Subject(child, profile), row, template, page, text, leaks, judged, unknown(child, row))

    def _referral(self, session: Session, referral_id: UUID) -> ReferralRow:
        row = referrals.get(session, referral_id, self._desk.today)
        if row is None:
            raise NotFound("There is no such referral", mend="it may have been undone")
        return row

    def _passed(self, leaks: Sequence[Leak], passing: Collection[str], why: str) -> list[str]:
        """What a manager lets pass. Raises Refused for anything else that gives the child away."""
        named = {" ".join(each.casefold().split()) for each in passing}
        stops = [leak for leak in leaks if leak.found.casefold() not in named]
        if stops:
            more = f", and {len(stops) - MOST_SHOWN} more" if len(stops) > MOST_SHOWN else ""
            words = "; ".join(leak.words for leak in stops[:MOST_SHOWN]) + more
            number = f"{len(stops)} place{'' if len(stops) == 1 else 's'}"
            raise Refused(
                f"It gives the child away in {number}",
                words,
                "write it without; a manager may let it pass with a reason",
            )
        let = [leak.words for leak in leaks]
        if let:
            self._desk.require("override")
            if not why:
                raise Invalid("why", "What passes the check wants a reason", mend="say in a few words why it may leave")
        return let

    def _form(self, page: Page, to: Path | str, known: Known) -> tuple[str, bytes]:
        if not isinstance(to, Path):
            if to not in (CLIPBOARD, PRINTED):
                raise WrongUse(f"{to!r} is nowhere to send it")
            return to, as_text(page).encode()
        named = find_in_name(to.name, known)
        if named:
            raise Refused(
                f"The file's name gives the child away: {shown(named[0].found)}", named[0].what, "name it otherwise"
            )
        ending = to.suffix.casefold()
        if ending not in FORMS:
            raise WrongUse(f"{to.name!r} says no kind of file", "by its ending", f"end it in {', '.join(FORMS)}")
        if to.exists():
            raise Refused("There is a file already", str(to), "name another, or remove that one")
        data = (
            as_docx(page) if ending == ".docx" else as_pdf(page, dated=False) if ending == ".pdf"
            else (as_markdown(page) if ending == ".md" else as_text(page)).encode()
        )  # fmt: skip
        return FORMS[ending], data

    def _with(
        self, profile: Profile, sections: Mapping[str, str], risks: tuple[RiskRow, ...], confirmed: Collection[str]
    ) -> Profile:
        today = self._desk.today
        touched = {key for key, text in sections.items() if text.strip() != profile.sections.get(key, "")}
        said = {
            **profile.said_on,
            **dict.fromkeys({*touched, *confirmed, *((RISKS,) if risks != profile.risks else ())}, today),
        }
        return Profile(profile.child_id, {**profile.sections, **sections}, said, risks)


def unknown(child: ChildRow, row: ReferralRow) -> tuple[str, ...]:
    """What the leak check cannot look for, because nobody wrote it down: said, so that an officer looks themselves."""
    values = (("the name", child.name), ("the date of birth", child.born_on), ("the postcode", child.home_postcode),
              ("the social worker", row.social_worker))  # fmt: skip
    return tuple(words for words, value in values if not value)


def score_of(session: Session, desk: Desk, child_ids: Sequence[UUID]) -> int | None:
    """The score of a referral's profiles now, the lowest of several children's; None where nothing is written of any."""
    template = template_of(desk.setting(names.PROFILE_TEMPLATE))
    profiles = [reads.of_child(session, key) for key in child_ids]
    if all(profile.empty for profile in profiles):
        return None
    return min(quality(profile, template, desk.today).score for profile in profiles)
