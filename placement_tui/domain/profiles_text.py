"""A profile as the text that is edited: Markdown with a heading for each section, and back.

Prompts stand as quoted lines and are dropped when the text is read, and so is the question whether an old section is
still true: a cross in its box says yes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from placement_tui.domain.folding import fold
from placement_tui.domain.profiles import RISKS, SECTION_LIMIT, Profile, Prompt, RiskRow, whole_template
from placement_tui.domain.typed import day
from placement_tui.domain.typed_text import clean
from placement_tui.errors import Invalid

_HEADING = re.compile(r" {0,3}##\s+(.*?)\s*#*\s*$")
_RISK = re.compile(r" {0,3}###\s+(.*?)\s*#*\s*$")
_FACT = re.compile(
    r"\s*[-*]?\s*(date|context|trigger|mitigation|what keeps everybody safe|safe)\s*:\s*(.*)$", re.IGNORECASE
)
_BOX = re.compile(r"\s*> ?Last said to be true on .*\[\s*(\S?)\s*\]\s*$")
_FIELDS = {"mitigation": "mitigation", "safe": "mitigation", "what keeps everybody safe": "mitigation",
           "context": "context", "trigger": "trigger"}  # fmt: skip
_TOP = "# Profile. The prompts, which begin with >, are not kept. Leave a section empty to leave it out."
_ASK = "> Last said to be true on {day:%d/%m/%Y}. Still true? Put an x between: [ ]"


@dataclass(frozen=True, slots=True)
class Written:
    """What a text says: sections by key, risks, and the sections that somebody said are still true."""

    sections: dict[str, str]
    risks: tuple[RiskRow, ...]
    confirmed: frozenset[str] = frozenset()


def as_edited(template: Sequence[Prompt], profile: Profile, today: date) -> str:
    """The profile as a text to edit: every section of the template with its prompt, those that are old asked about."""
    stale = set(profile.stale(today)) | ({RISKS} if profile.stale_risks(today) else set())
    parts = [_TOP, ""]
    for prompt in whole_template(template, profile.sections):
        parts.append(f"## {prompt.title}")
        if prompt.asks:
            parts.append(f"> {prompt.asks}.")
        if prompt.key in stale:
            said = profile.said_on.get(prompt.key) or min(risk.seen_on for risk in profile.risks if risk.seen_on)
            parts.append(_ASK.format(day=said))
        text = risks_text(profile.risks) if prompt.key == RISKS else _guarded(profile.sections.get(prompt.key, ""))
        parts += [text, ""] if text else [""]
    return "\n".join(parts)


def risks_text(risks: Sequence[RiskRow]) -> str:
    """Risks as they are typed: a heading of three signs each, then date, context, trigger and what keeps all safe."""
    blocks = []
    for risk in risks:
        seen = f"{risk.seen_on.day}/{risk.seen_on.month}/{risk.seen_on.year}" if risk.seen_on else ""
        blocks.append("\n".join((f"### {risk.what}", f"- Date: {seen}".rstrip(), f"- Context: {risk.context}".rstrip(),
                                 f"- Trigger: {risk.trigger}".rstrip(), f"- Mitigation: {risk.mitigation}".rstrip())))  # fmt: skip
    return "\n\n".join(blocks)


def read_risks(text: str, today: date) -> tuple[RiskRow, ...]:
    """Risks as typed. A line that belongs to no fact goes on with the one before. Raises Invalid for a date that is none."""
    made: list[RiskRow] = []
    last = ""
    for quoted in clean(text, lines=True).split("\n"):
        line = re.sub(r"^\s*>[\s>]*", "", quoted)
        heading, fact = _RISK.match(line), _FACT.match(line)
        if heading:
            if heading[1].strip():
                made.append(RiskRow(clean(heading[1])[:200]))
            last = ""
        elif not line.strip():
            continue
        elif fact and made:
            name, value = fact[1].casefold(), clean(fact[2])
            if name == "date":
                last = ""
                if value:
                    made[-1] = replace(made[-1], seen_on=_day(value, today))
            else:
                last = _FIELDS[name]
                made[-1] = _with(made[-1], last, value)
        elif made and last:
            made[-1] = _with(made[-1], last, clean(line))
        elif made:
            made[-1] = _with(made[-1], "context", clean(line))
        else:
            made.append(RiskRow(clean(line.lstrip("-* "))[:200]))
    return tuple(made)


def read_edited(text: str, template: Sequence[Prompt], profile: Profile, today: date) -> Written:
    """What an edited text says. Raises Invalid for a heading twice, a section that is too long, a date that is none."""
    prompts = whole_template(template, profile.sections)
    keys = {fold(prompt.title): prompt.key for prompt in prompts}
    asked = {f"> {prompt.asks}." for prompt in prompts if prompt.asks}
    found: dict[str, list[str]] = {}
    confirmed: set[str] = set()
    key = ""
    before: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        heading = _HEADING.match(line)
        if heading and not line.lstrip().startswith("###"):
            known = keys.get(fold(heading[1]))
            if known is not None:
                if known in found:
                    raise Invalid(
                        "profile", f"The heading {heading[1]!r} stands there twice", mend="put both under one"
                    )
                key = known
                found[key] = []
                continue
        box = _BOX.match(line)
        if box or line.strip() in asked:  # and what else begins so is somebody's words: a mail that was pasted
            if box and box[1] and key:
                confirmed.add(key)
            continue
        if key:
            found[key].append(line)
        elif line.strip() and not line.lstrip().startswith("# "):
            before.append(line)
    if before:
        raise Invalid("profile", f"{before[0].strip()[:40]!r} stands under no heading",
                      f"headings are {', '.join(prompt.title for prompt in prompts[:4])} and so on",
                      "put it under one of them")  # fmt: skip
    sections = {}
    for name, lines in found.items():
        if name == RISKS:
            continue
        sections[name] = checked(name, _unguarded(clean("\n".join(lines), lines=True)))
    risks = read_risks("\n".join(found.get(RISKS, ())), today)
    return Written(sections, risks, frozenset(confirmed))


def checked(name: str, text: str) -> str:
    """A section's text that can be kept. Raises Invalid where it is too long."""
    if len(text) > SECTION_LIMIT:
        raise Invalid(name, f"The section {name.replace('_', ' ')} has {len(text):,} characters",
                      f"at most {SECTION_LIMIT:,} are kept: an e-mail chain is no profile", "keep what describes the child")  # fmt: skip
    return text


def _guarded(text: str) -> str:
    """Lines of a section that would read as a heading or a prompt, kept as text."""
    return "\n".join("\\" + line if re.match(r" {0,3}(##|>|\\)", line) else line for line in text.split("\n"))


def _unguarded(text: str) -> str:
    return "\n".join(line[1:] if line.startswith("\\") else line for line in text.split("\n"))


def _with(risk: RiskRow, name: str, more: str) -> RiskRow:
    whole = f"{getattr(risk, name)} {more}".strip()
    fields: dict[str, Any] = {name: unicodedata.normalize("NFC", whole)[:5000]}
    return replace(risk, **fields)


def _day(value: str, today: date) -> date:
    return day(value, today, past=True, field="date")
