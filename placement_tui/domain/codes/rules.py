"""What the rules ask a person: were kin explored, what was considered, and on which legal ground a law gives way."""

from __future__ import annotations

from placement_tui.domain.codes import Code, CodeSet

KIN = CodeSet(
    "kin answer",
    "Words of this program",
    (
        Code("nobody", "Explored: nobody can", short="nobody can"),
        Code("somebody", "Explored: somebody may, it is being looked at", short="somebody may"),
        Code("unsafe", "Explored: it would not be safe", short="not safe"),
        Code("not_yet", "Not explored yet", short="not yet"),
    ),
)

CONSIDERED = CodeSet(
    "consideration",
    "Children Act 1989, section 22C(8) and (9)",
    (
        Code("near", "Near the child's home", short="near home"),
        Code("education", "Education or training is not disrupted", short="schooling"),
        Code("sibling", "With brothers and sisters who are looked after", short="siblings"),
        Code("disability", "Suited to the needs of a disabled child", short="disability"),
        Code("area", "Within the council's area", short="area"),
    ),
)

GROUNDS = CodeSet(
    "legal ground",
    "Assembled for this program from the laws that the rules cite",
    (
        Code("high_court", "An order of the High Court under its inherent jurisdiction authorises it", short="High Court",
             note="Tameside v AM [2021] EWHC 2472 (Fam), Derby v BA [2021] EWHC 2931 (Fam); Ofsted is told at once"),
        Code("court", "The court has approved a home outside England and Wales", short="court approval",
             note="Paragraph 19 of Schedule 2 to the Children Act 1989 (general knowledge)"),
        Code("exemption", "An exemption from the fostering limit names the children", short="exemption",
             note="Paragraph 4 of Schedule 7 to the Children Act 1989: by the authority where the carer lives"),
        Code("listed", "The setting is one that regulation 27A lists", short="listed setting",
             note="A care home, hospital, residential family centre, school, or holiday scheme for disabled children"),
        Code("transitional", "The provider's application to register stands under the transitional rule",
             short="transitional", note="Regulation 44 of the Supported Accommodation (England) Regulations 2023"),
        Code("excepted", "The accommodation is excepted by regulation 27C(2)", short="excepted",
             note="A care home, a further education college, a 16 to 19 academy, a hospital, and the others listed"),
        Code("reg_23", "An emergency with an approved carer outside the terms, six working days at most", short="reg 23",
             note="Regulation 23 CPPCR 2010"),
        Code("reg_24", "A connected person approved for a time, sixteen weeks at most", short="reg 24",
             note="Regulation 24 CPPCR 2010"),
        Code("variation", "The registration or the terms of approval were varied, in writing", short="variation",
             note="The provider has the letter or the panel's minute"),
        Code("registered_now", "The registration is there and the register is behind", short="registered now",
             note="Seen on Ofsted's own page or letter; the next import says so too"),
    ),
)  # fmt: skip
