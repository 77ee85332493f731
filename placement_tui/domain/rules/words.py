"""The words that every rule shares: the laws by their short names, and a finding of each level."""

from __future__ import annotations

from placement_tui.domain.homes import Finding

TEXT_LIMIT = 60  # cells of one finding in a list
ASKS_A_MANAGER = " (manager)"  # ends the text of a policy while nobody set it aside

CPPCR = "CPPCR 2010"  # Care Planning, Placement and Case Review (England) Regulations 2010
S22C = "s22C Children Act 1989"
S22C_7 = "s22C(7)-(9) Children Act 1989"
REG_10 = f"Reg 10 {CPPCR}"
REG_11_A = f"Reg 11(1)(a) {CPPCR}"
REG_11_B = f"Reg 11(1)(b) {CPPCR}"
REG_12 = f"Reg 12 {CPPCR}"
REG_23 = f"Reg 23 {CPPCR}"
REG_25 = f"Reg 25(6) {CPPCR}"
REG_27A = f"Reg 27A {CPPCR}"
REG_27C = f"Reg 27C {CPPCR}"
REG_48 = f"Reg 48 {CPPCR}"
SCHEDULE_7 = "Sch 7 Children Act 1989"
S11 = "s11 Care Standards Act 2000"
S46 = "s46 Children Act 1989"
FOSTERING_27 = "Reg 27 Fostering Services 2011"
SUPPORTED_2023 = "Supported Accommodation Regs 2023"
POLICY = "council policy"
REFERRAL = "the referral"
SOURCE_903 = "SSDA903 rule"  # followed by its number


def block(rule: str, law: str, text: str, about: str) -> Finding:
    """What must not be done unless somebody with the right sets the rule aside."""
    return Finding("block", law, cut(text), about, rule)


def warn(rule: str, law: str, text: str, about: str) -> Finding:
    """What is to be weighed; it stops nothing."""
    return Finding("warn", law, cut(text), about, rule)


def cut(text: str) -> str:
    """The text as one line of a list takes it."""
    return text if len(text) <= TEXT_LIMIT else text[: TEXT_LIMIT - 1] + "…"


def listed(words: list[str]) -> str:
    """`near home`, `near home and schooling`, `near home, schooling and siblings`."""
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + f" and {words[-1]}" if words else ""
