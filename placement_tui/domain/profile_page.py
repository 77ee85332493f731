"""A profile as a page that leaves: without what names the child, or in full where that is asked for and said on its face."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from placement_tui.domain.codes.provision import KINDS
from placement_tui.domain.pages import Fact, Page, Section
from placement_tui.domain.profiles import RISKS, Profile, Prompt, RiskRow, whole_template
from placement_tui.domain.referrals import ChildRow, ReferralRow
from placement_tui.domain.typed_dates import MONTHS

ANONYMISED = "ANONYMISED. Sent so that you can say whether you may be the home; not to be passed on."
FULL = "FULL: it names the child. For the one who needs it to care for them; to be kept under lock."
_SEXES = {"M": "boy", "F": "girl"}


def page_of(
    child: ChildRow, profile: Profile, referral: ReferralRow, template: Sequence[Prompt], today: date,
    *, code: str = "", full: bool = False,
) -> Page:  # fmt: skip
    """The page. Anonymised it says age, sex, the district and what is wanted, and nothing else that is not written."""
    who = "young person" if (child.age or 0) >= 11 else "child"
    about = [
        Fact("Age", "" if child.age is None else str(child.age)),
        Fact("Is a", _SEXES.get(child.sex, "")),
        Fact("Home is in", child.home_postcode.split(" ")[0] if child.home_postcode else ""),
        Fact("Wanted", "; ".join(KINDS.label(code) for code in referral.wanted)),
        Fact("Brothers and sisters", _together(referral)),
    ]
    if full:
        about = [
            Fact("Name", child.name or child.initials), Fact("Number", child.identifier), Fact("Reference", referral.reference),
            Fact("Born", f"{child.born_on:%d/%m/%Y}" if child.born_on else ""), *about,
            Fact("Home postcode", child.home_postcode or ""),
            Fact("Social worker", f"{referral.social_worker} {referral.social_worker_phone}".strip()),
        ]  # fmt: skip
    sections = [Section(f"The {who}", tuple(about))]
    for prompt in whole_template(template, profile.sections):
        if prompt.key == RISKS:
            if profile.risks:
                sections.append(Section(prompt.title))
                sections += [_risk(risk, today) for risk in profile.risks]
            continue
        text = profile.sections.get(prompt.key, "").strip() or _wish(prompt.key, referral)
        if text:
            sections.append(Section(prompt.title, (text,)))
    title = f"Profile {code}".strip() if not full else f"Profile of {child.name or child.initials}"
    about_line = f"Please quote {code} when you answer." if code else ""
    return Page(title, FULL if full else ANONYMISED, tuple(sections), about_line)


def _together(referral: ReferralRow) -> str:
    more = len(referral.children) - 1
    if not more:
        return ""
    ages = ", ".join("?" if each.age is None else str(each.age) for each in referral.children)
    return f"{more + 1} children, aged {ages}" + (", to live together" if referral.together else "")


def _wish(key: str, referral: ReferralRow) -> str:
    """What the referral says already stands in for what the profile does not."""
    return {"must": referral.must_have, "nice": referral.nice_to_have}.get(key, "").strip()


def _risk(risk: RiskRow, today: date) -> Section:
    seen = risk.seen_on
    when = "" if seen is None else f"{MONTHS[seen.month - 1]} {seen.year}, {_ago(seen, today)}"
    return Section(risk.what, (Fact("Last seen", when), Fact("Context", risk.context), Fact("Trigger", risk.trigger),
                               Fact("What keeps everybody safe", risk.mitigation)), depth=2)  # fmt: skip


def _ago(seen: date, today: date) -> str:
    months = (today.year - seen.year) * 12 + today.month - seen.month
    return (
        "this month"
        if months < 1
        else f"{months} month{'' if months == 1 else 's'} ago"
        if months < 24
        else f"{months // 12} years ago"
    )
