"""The statutory lists of the SSDA903 return (children looked after, England) that an episode needs.

Codes are those of the sector's validation rules for the collection year 2025-26, labels those of the Department's
guide as transcribed by the sector. A code without dates has been listed for as long as this program reads returns.
"""

from __future__ import annotations

from datetime import date

from placement_tui.domain.codes import Code, CodeSet

SOURCE = "Department for Education, SSDA903 collection 2025-26"
_LAST_2024_25 = date(2025, 3, 31)
_FIRST_2024_25 = date(2024, 4, 1)
_FIRST_2025_26 = date(2025, 4, 1)
_SPLIT = "One of the four codes that replace Z1; the Department's label is not known to us"

PLACE = CodeSet(
    "placement type (PLACE)",
    SOURCE,
    (
        Code(
            "A3",
            "Placed for adoption with parental/guardian consent with current foster carer(s)",
            short="adoption, consent, same",
        ),
        Code(
            "A4",
            "Placed for adoption with parental/guardian consent, not with current foster carer(s)",
            short="adoption, consent",
        ),
        Code(
            "A5", "Placed for adoption with placement order with current foster carer(s)", short="adoption, order, same"
        ),
        Code(
            "A6", "Placed for adoption with placement order, not with current foster carer(s)", short="adoption, order"
        ),
        Code("K1", "Secure children's homes", short="secure home"),
        Code("K2", "Children's homes subject to Children's Homes Regulations", short="children's home"),
        Code(
            "K3",
            "Supported accommodation",
            _FIRST_2024_25,
            note="Label inferred from the validation rules (16 and over; takes the place of H5 and P2). First day: the "
            "first collection year whose published lists hold it; registration has been required since 28 October 2023",
            short="supported accommodation",
        ),
        Code("P1", "Placed with own parent(s) or other person(s) with parental responsibility", short="with parents"),
        Code("P3", "Residential employment", short="residential employment"),
        Code("R1", "Residential care home", short="care home"),
        Code(
            "R2", "NHS/health trust or other establishment providing medical or nursing care", short="hospital, nursing"
        ),
        Code("R3", "Family centre or mother and baby unit", short="family centre"),
        Code("R5", "Young offender institution", short="YOI"),
        Code(
            "S1",
            "All residential schools, except where dual-registered as a school and children's home",
            short="residential school",
        ),
        Code("T0", "All types of temporary move", short="temporary move"),
        Code("T1", "Temporary periods in hospital", short="in hospital a while"),
        Code("T2", "Temporary absences of the child on holiday", short="on holiday"),
        Code("T3", "Temporary accommodation whilst normal foster carer(s) is/are on holiday", short="carer on holiday"),
        Code(
            "T4",
            "Temporary accommodation of seven days or less, for any reason not covered by T1 to T3",
            short="up to 7 days elsewhere",
        ),
        Code("U1", "Foster placement with relative(s) or friend(s), long term fostering", short="kinship, long term"),
        Code(
            "U2",
            "Foster placement with relative(s) or friend(s) also approved adopter(s), FFA/concurrent planning",
            short="kinship, FFA",
        ),
        Code(
            "U3",
            "Foster placement with relative(s) or friend(s), not long term or FFA/concurrent planning",
            short="kinship foster",
        ),
        Code("U4", "Foster placement with other foster carer(s), long term fostering", short="foster, long term"),
        Code(
            "U5",
            "Foster placement with other foster carer(s) also approved adopter(s), FFA/concurrent planning",
            short="foster, FFA",
        ),
        Code(
            "U6",
            "Foster placement with other foster carer(s), not long term or FFA/concurrent planning",
            short="foster",
        ),
        Code("Z11", "Other placements (Z11)", _FIRST_2025_26, note=_SPLIT),
        Code(
            "Z12",
            "Other placements (Z12)",
            _FIRST_2025_26,
            note=_SPLIT + "; rule 709 suggests an unregistered setting (inferred)",
        ),
        Code(
            "Z13",
            "Other placements (Z13)",
            _FIRST_2025_26,
            note=_SPLIT + "; rule 709 suggests an unregistered setting (inferred)",
        ),
        Code("Z14", "Other placements (Z14)", _FIRST_2025_26, note=_SPLIT),
        Code(
            "H5",
            "Semi-independent living accommodation not subject to children's homes regulations",
            None,
            _LAST_2024_25,
            "Retired; see K3",
        ),
        Code("P2", "Independent living, with or without formal support", None, _LAST_2024_25, "Retired; see K3"),
        Code("Z1", "Other placements", None, _LAST_2024_25, "Retired; split into Z11 to Z14"),
    ),
)

PLACE_PROVIDER = CodeSet(
    "placement provider (PLACE_PROVIDER)",
    SOURCE,
    (
        Code(
            "PR0",
            "Parent(s) or other person(s) with parental responsibility",
            short="parents",
            note="Only with P1 (rule 550)",
        ),
        Code(
            "PR1",
            "Own provision (by the local authority), including a regional adoption agency that it hosts",
            short="own",
        ),
        Code(
            "PR2",
            "Other local authority provision, including a regional adoption agency hosted elsewhere",
            short="other council",
        ),
        Code("PR3", "Other public provision (for example the NHS)", short="NHS, other public"),
        Code("PR4", "Private provision", short="private"),
        Code("PR5", "Voluntary/third sector provision", short="voluntary"),
    ),
)

REASON_PLACE_CHANGE = CodeSet(
    "reason for placement change (REASON_PLACE_CHANGE)",
    SOURCE,
    (
        Code(
            "CARPL",
            "Change to/implementation of care plan",
            note="Planned, decided in the care plan before the move",
            short="care plan",
        ),
        Code(
            "CLOSE",
            "Resignation/closure of provision",
            note="The carer resigns or the setting closes; planned, not an emergency",
            short="carer or home closes",
        ),
        Code(
            "ALLEG",
            "Allegation (s47)",
            note="Removed while an allegation is investigated, against the carer or another child",
            short="allegation",
        ),
        Code("STAND", "Standards of care concern", note="A formal process short of s47", short="standards of care"),
        Code(
            "APPRR",
            "Approval removed",
            note="Approval or registration ended for conduct, Ofsted's enforcement included",
            short="approval removed",
        ),
        Code(
            "CREQB",
            "Carer(s) requests placement end due to child's behaviour",
            note="Broken down or disrupted; not planned",
            short="carer asks, behaviour",
        ),
        Code(
            "CREQO",
            "Carer(s) requests placement end other than due to child's behaviour",
            note="Disrupted; not planned",
            short="carer asks, other",
        ),
        Code("CHILD", "Child requests placement end", note="Disrupted; not planned", short="child asks"),
        Code(
            "LAREQ",
            "Responsible/area authority requests placement end",
            note="The authority decides that needs are no longer met, without immediate risk; not planned",
            short="authority asks",
        ),
        Code(
            "PLACE",
            "Change in the status of placement only",
            note="The same carer: a house move, council to agency, another registration",
            short="status only",
        ),
        Code("CUSTOD", "Custody arrangement", note="Admitted to custody; not under 10 (rule 234)", short="custody"),
        Code("OTHER", "Other", note="Exceptional only; say why in the note", short="other"),
    ),
)

RNE = CodeSet(
    "reason for new episode (RNE)",
    SOURCE,
    (
        Code("S", "Started to be looked after", short="started"),
        Code("L", "Change of legal status only", short="legal status"),
        Code("P", "Change of placement and carer(s)", short="placement and carer"),
        Code("T", "Change of placement, same carer(s)", short="placement, same carer"),
        Code("B", "Change of legal status and of placement and carer(s)", short="legal and placement"),
        Code("U", "Change of legal status and of placement, same carer(s)", short="legal, same carer"),
    ),
)

LEGAL_STATUS = CodeSet(
    "legal status (LS)",
    SOURCE,
    (
        Code("C1", "Interim care order", short="ICO"),
        Code("C2", "Full care order", short="full care order"),
        Code("D1", "Freeing order granted", short="freeing order"),
        Code("E1", "Placement order granted", short="placement order"),
        Code("V2", "Single period of accommodation under section 20", short="s20"),
        Code(
            "V3",
            "Accommodated under an agreed series of short-term breaks, individual episodes",
            short="short breaks, each",
        ),
        Code("V4", "Accommodated under an agreed series of short-term breaks, the agreement", short="short breaks"),
        Code("L1", "Under police protection and in local authority accommodation", short="police protection"),
        Code("L2", "Emergency protection order", short="EPO"),
        Code("L3", "Under child assessment order and in local authority accommodation", short="assessment order"),
        Code("J1", "Remanded to local authority accommodation or to youth detention accommodation", short="remand"),
        Code("J2", "Placed in local authority accommodation under PACE", short="PACE"),
        Code(
            "J3",
            "Youth rehabilitation order with residence or intensive fostering requirement",
            short="YRO with residence",
        ),
    ),
)

CIN = CodeSet(
    "category of need (CIN)",
    SOURCE,
    (
        Code("N1", "Abuse or neglect", note="The category stays the same for the whole period of care (rule 504)"),
        Code("N2", "Child's disability"),
        Code("N3", "Parental illness or disability"),
        Code("N4", "Family in acute stress"),
        Code("N5", "Family dysfunction"),
        Code("N6", "Socially unacceptable behaviour"),
        Code("N7", "Low income"),
        Code("N8", "Absent parenting"),
    ),
)

REC = CodeSet(
    "reason episode ceased (REC)",
    SOURCE,
    (
        Code("X1", "Episode ends, and a new episode begins on the same day"),
        Code("E11", "Adopted, application unopposed"),
        Code("E12", "Adopted, consent dispensed with by the court"),
        Code("E2", "Died"),
        Code("E3", "Care taken over by another local authority in the UK"),
        Code("E4A", "Returned home, planned"),
        Code("E4B", "Returned home, unplanned"),
        Code("E13", "Left care to live with parent(s), relative(s) or other person(s) without parental responsibility"),
        Code("E41", "Residence order or child arrangements order granted"),
        Code("E45", "Special guardianship order to former foster carer(s), relative(s) or friend(s)"),
        Code("E46", "Special guardianship order to former foster carer(s), not relative(s) or friend(s)"),
        Code("E47", "Special guardianship order to carer(s) not former foster carer(s), relative(s) or friend(s)"),
        Code(
            "E48", "Special guardianship order to carer(s) neither former foster carer(s) nor relative(s) or friend(s)"
        ),
        Code("E5", "Moved into independent living, supportive accommodation"),
        Code("E6", "Moved into independent living, no formal support"),
        Code("E7", "Transferred to residential care funded by adult social care"),
        Code("E8", "Ceased for any other reason"),
        Code("E9", "Sentenced to custody"),
        Code("E14", "Accommodation on remand ended"),
        Code("E15", "Age assessment determined 18 or over"),
        Code("E16", "Child moved abroad"),
        Code("E17", "Aged 18 or over and stayed with current carers"),
    ),
)

ETHNICITY = CodeSet(
    "ethnicity (ETHNIC)",
    SOURCE,
    (
        Code("WBRI", "White British"),
        Code("WIRI", "White Irish"),
        Code("WIRT", "Traveller of Irish heritage"),
        Code("WROM", "Gypsy/Roma"),
        Code("WOTH", "Any other White background"),
        Code("MWBC", "White and Black Caribbean"),
        Code("MWBA", "White and Black African"),
        Code("MWAS", "White and Asian"),
        Code("MOTH", "Any other Mixed background"),
        Code("AIND", "Indian"),
        Code("APKN", "Pakistani"),
        Code("ABAN", "Bangladeshi"),
        Code("AOTH", "Any other Asian background"),
        Code("BCRB", "Caribbean"),
        Code("BAFR", "African"),
        Code("BOTH", "Any other Black background"),
        Code("CHNE", "Chinese"),
        Code("OOTH", "Any other ethnic group"),
        Code("REFU", "Refused"),
        Code("NOBT", "Information not yet obtained"),
    ),
)

_OLD_SEX = "Returned up to 2023-24"
SEX = CodeSet(
    "sex (SEX)",
    SOURCE,
    (
        Code("M", "Male", _FIRST_2024_25, short="boy"),
        Code("F", "Female", _FIRST_2024_25, short="girl"),
        Code("U", "Not known", _FIRST_2024_25, note="The return asks for a check (rule 232)", short="not known"),
        Code("1", "Male (until 2024)", None, date(2024, 3, 31), _OLD_SEX),
        Code("2", "Female (until 2024)", None, date(2024, 3, 31), _OLD_SEX),
    ),
)
