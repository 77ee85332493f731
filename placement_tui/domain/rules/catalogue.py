"""Every rule once: its law, its gravest level, where it shows, and how a block of it is mended or set aside."""

from __future__ import annotations

from dataclasses import dataclass

from placement_tui.domain.rules.words import (
    FOSTERING_27,
    POLICY,
    REFERRAL,
    REG_10,
    REG_11_A,
    REG_11_B,
    REG_12,
    REG_23,
    REG_27A,
    REG_27C,
    REG_48,
    S11,
    S22C,
    S22C_7,
    SCHEDULE_7,
    SUPPORTED_2023,
)

# How a block of a rule ends. `law`: only with a named legal ground besides the manager's reason. `policy`: the council's
# own rule, by a manager with a reason. `approval`: by the approval it asks for. `record`: by mending what is recorded.
SORTS = ("law", "policy", "approval", "record", "warning", "clock")
PLACES = ("search", "offer", "confirm", "placement", "due")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `level` is the gravest it can be; `approval` the kind of sign-off that answers it; `mend` what to do.

    `grounds` are the legal grounds on which a block of law may be set aside.
    """

    id: str
    title: str
    law: str
    level: str
    where: tuple[str, ...]
    sort: str
    mend: str = ""
    approval: str | None = None
    grounds: tuple[str, ...] = ()

    @property
    def may_be_set_aside(self) -> bool:
        """True where a manager may set a block of it aside."""
        return self.level == "block" and self.sort in ("law", "policy")


_ALL = ("search", "offer", "confirm", "placement")
_DECIDED = ("confirm",)
_SEEN = ("search", "offer", "confirm")
_GOES_ON = ("confirm", "placement")
_ASIDE = "a manager may set it aside, with a reason"

_ROWS = (
    Rule("L1", "Family and friends are looked at first", S22C, "warn", _DECIDED, "warning",
         "say on the referral whether kin were explored"),
    Rule("L2", "Near home, schooling, siblings, disability and area are considered", S22C_7, "warn", _DECIDED,
         "warning", "tick what was considered"),
    Rule("L3", "Out of the area: the nominated officer approves before it takes effect", REG_11_A, "block", _SEEN,
         "approval", "ask the nominated officer for sign-off (out of area)", "out_of_area"),
    Rule("L4", "At a distance: the Director approves, the area authority is consulted", REG_11_B, "block", _SEEN,
         "approval", "ask the Director for sign-off (at a distance); the area authority is consulted", "at_distance"),
    Rule("L5", "Outside England and Wales", REG_12, "block", _SEEN, "law",
         "the court approves it first; then a manager sets it aside on that ground", None, ("court", "high_court")),
    Rule("L6", "Written notice to those listed, before or within 5 working days", "Reg 13 CPPCR 2010", "task",
         ("due",), "clock"),
    Rule("L7", "A placement ends after a review; late notice within 10 working days", "Reg 14 CPPCR 2010", "task",
         ("due",), "clock"),
    Rule("L8", "The placement plan, before or within 5 working days", "Reg 9 CPPCR 2010", "task", ("due",), "clock"),
    Rule("L9", "Schooling of the fourth key stage is not disrupted unapproved", REG_10, "warn", _DECIDED, "warning",
         "ask the nominated officer for sign-off (schooling)", "education"),
    Rule("L10", "Placing with parents: assessment and approval", "Regs 17-19 CPPCR 2010", "task", ("due",), "clock"),
    Rule("L11", "An emergency outside a carer's terms ends after 6 working days", REG_23, "task", ("due",), "clock"),
    Rule("L12", "A connected person's temporary approval, 16 weeks and 8 more", "Regs 24-25 CPPCR 2010", "block",
         ("placement", "due"), "record", "approve them, extend it once (to 24 weeks), or find another home"),
    Rule("L13", "Three foster children, brothers and sisters, or an exemption", SCHEDULE_7, "block", _ALL, "law",
         "record the exemption that names the children, or place fewer", None, ("exemption", "high_court")),
    Rule("L14", "The limit is read for each household or each carer", SCHEDULE_7, "warn", _ALL, "warning",
         "count the children of each carer"),
    Rule("L15", "Under 16 only in the other arrangements that are listed", REG_27A, "block", _ALL, "law",
         "find another home", None, ("listed", "high_court")),
    Rule("L16", "At 16 and 17 only in registered supported accommodation", REG_27C, "block", _ALL, "law",
         "find a registered one", None, ("registered_now", "transitional", "excepted", "high_court")),
    Rule("L17", "Supported accommodation: four categories, three outcomes of its own", SUPPORTED_2023, "warn", _ALL,
         "warning", "correct the home's grade or its registered type"),
    Rule("L18", "A home is registered", S11, "block", _ALL, "law", "find a registered one", None,
         ("registered_now", "high_court")),
    Rule("L19", "Deprivation of liberty: order, review, Ofsted told", "High Court, inherent jurisdiction", "task",
         ("due",), "clock"),
    Rule("L20", "A deprivation of liberty goes with few placement types", "SSDA903 rules 709, 710", "warn", _GOES_ON,
         "warning", "check the order and the placement type (PLACE)"),
    Rule("L21", "The grades that the council accepts", POLICY, "block", _ALL, "policy", _ASIDE, "grade"),
    Rule("L22", "Short breaks: 17 days each, 75 days in 12 months", REG_48, "warn", _GOES_ON, "warning",
         "past that the Regulations apply in full: plan, notices, reviews"),
    Rule("L23", "Age floors and longest times of placement types", "SSDA903 rules 361, 371-379", "warn", _GOES_ON,
         "warning", "check the placement type (PLACE) and the dates"),
    Rule("L24", "Secure accommodation without a court's order, 72 hours", "s25 Children Act 1989", "task", ("due",),
         "clock"),
    Rule("L25", "Who approved an emergency placement is named", POLICY, "block", ("confirm",), "record",
         "name the duty or on-call manager who agreed", "emergency"),
    Rule("approval", "A foster household is approved now", FOSTERING_27, "block", _ALL, "law",
         "ask its fostering service", None, ("reg_24", "registered_now", "high_court")),
    Rule("age", "The age is within the registration or the terms", "registration, or terms of approval", "block",
         _SEEN, "law", "ask whether it can be varied", None, ("variation", "reg_23", "high_court")),
    Rule("sex", "A home for one sex", "registration, or terms of approval", "block", _SEEN, "law",
         "ask whether it can be varied", None, ("variation", "reg_23", "high_court")),
    Rule("places", "Places enough for those who come together", "registration, or terms of approval", "block", _SEEN,
         "law", "end a placement there, release a hold, or correct its places", None, ("variation", "reg_23")),
    Rule("suspended", "The council does not use the home for now", POLICY, "block", _ALL, "policy", _ASIDE),
    Rule("ofsted", "Registration, grade or conditions of a home changed while a child lives there", S11, "task", ("due",),
         "clock", "look today at whether it is still the right home, and say what was decided"),
    Rule("avoid", "The referral says to avoid the home", REFERRAL, "block", _SEEN, "policy", _ASIDE),
    Rule("asked", "A home is asked once", REFERRAL, "block", ("search",), "record",
         "it is on the call list: log what it says there"),
    Rule("type", "The kind of provision that is wanted", REFERRAL, "block", ("search",), "record",
         "add the kind to what the referral wants"),
)  # fmt: skip

RULES: dict[str, Rule] = {rule.id: rule for rule in _ROWS}
