"""The vocabularies of the Placements North West census, verbatim, each with a code word of our own for the store.

Type of provision, how the placement was sourced (the contract route) and the reason for placing at a distance, as the
sector publishes them for the 2025 census; the reasons of 2022, because they alone name *refused due to need* and *due
to matching*.
"""

from __future__ import annotations

from placement_tui.domain.codes import Code, CodeSet

CENSUS_2025 = "Placements North West census, 2025"
CENSUS_2022 = "Placements North West census, 2022"

TYPES_OF_PROVISION = CodeSet(
    "type of provision (2025)",
    CENSUS_2025,
    (
        Code("foster_mainstream", "Fostering - Mainstream"),
        Code("foster_enhanced", "Fostering - Enhanced"),
        Code("foster_parent_child", "Fostering - Parent and child"),
        Code("foster_short_breaks", "Fostering - Short breaks"),
        Code("res_mainstream", "Residential - Mainstream"),
        Code("res_education", "Residential - With Education"),
        Code("res_parent_child", "Residential - Parent and Child"),
        Code("res_school_38", "Residential - 38 week Residential School/College"),
        Code("res_school_52", "Residential - 52 week Residential School/College"),
        Code("sa_1", "Supported Accommodation - Category 1: Self contained solo accommodation"),
        Code("sa_2", "Supported Accommodation - Category 2: Shared or group living for LAC and care leavers"),
        Code("sa_3", "Supported Accommodation - Category 3: Shared or group living not limited to LAC or care leavers"),
        Code("sa_4", "Supported Accommodation - Category 4: Supported Lodgings"),
        Code("secure_welfare", "Secure Welfare"),
        Code("student", "Student accommodation"),
        Code("unregistered", "Unregistered (where it should be registered)"),
        Code("yoi", "Youth Offending Institution"),
        Code("remand", "Remand"),
        Code("cqc", "CQC"),
    ),
)

ROUTES = CodeSet(
    "how sourced (2025)",
    CENSUS_2025,
    (
        Code("nw_supported", "NW Contract - Supported Accommodation DPS or previous", short="NW supported DPS"),
        Code("nw_residential", "NW Contract - Residential FPS or previous", short="NW residential FPS"),
        Code("nw_fostering", "NW Contract - Fostering FPS or previous", short="NW fostering FPS"),
        Code("nw_send", "NW Contract - SEND FPS", short="NW SEND FPS"),
        Code("lcr_ppa", "Sub Regional Contract - LCR PPA", short="LCR PPA"),
        Code("sub_regional", "Sub Regional Contract - Other", short="sub-regional"),
        Code("direct", "Direct Award / Off Framework", short="direct award"),
        Code("local", "Local Contract or Framework", short="local contract"),
        Code("block_local", "Block Contract - Local", short="block, local"),
        Code("block_collaborative", "Block Contract - Collaborative", short="block, together"),
        Code("gm_flexi", "GM RCC Flexi Block", short="GM flexi block"),
        Code("remand", "Remand", short="remand"),
        Code("secure_hub", "Secure Welfare Hub", short="secure hub"),
    ),
)

DISTANCE_REASONS = CodeSet(
    "placing at distance reason (2025)",
    CENSUS_2025,
    (
        Code("preference", "CYP/Parental preference"),
        Code("safeguarding", "Safeguarding requirement"),
        Code("not_available", "Provision within distance exists but is not available"),
        Code("does_not_exist", "Provision within distance does not exist"),
        Code("carer_moving", "Carer moving out of area"),
        Code("legal", "Legal reasons"),
        Code("not_applicable", "Not applicable"),
    ),
)

DISTANCE_REASONS_2022 = CodeSet(
    "placing at distance reason (2022)",
    CENSUS_2022,
    (
        Code("refused_need", "Placement available locally but provider refused due to need"),
        Code("refused_matching", "Placement available locally but provider refused due to matching"),
        Code("dols", "Requirement for DOLS or LPS placement"),
        Code("send", "Requirement for specialist SEND provision"),
        Code("specialist", "Requirement for other specialist provision"),
        Code("quickly", "Requirement to place quickly"),
        Code(
            "at_distance",
            "Requirement to place at distance (eg CSE/CCE/Parental choice/move to near family or support)",
        ),
        Code("none_locally", "No placement available locally"),
        Code("other", "Other (please specify)"),
        Code("unknown", "Unknown"),
        Code("not_applicable", "Not applicable"),
    ),
)

ANY_DISTANCE_REASON = CodeSet(
    "placing at distance reason",
    f"{CENSUS_2025}; what only that of 2022 names",
    DISTANCE_REASONS.codes + tuple(code for code in DISTANCE_REASONS_2022 if code.code not in DISTANCE_REASONS),
)
"""What may be logged: the reasons of 2025, and those of 2022, which alone say that local homes refused."""

LOOKED_AFTER = CodeSet(
    "looked after child? (2025)",
    CENSUS_2025,
    (
        Code("under_18", "Looked after child (under 18)"),
        Code("post_18", "Post 18 (CSC placement)"),
    ),
)

GENDERS = CodeSet(
    "gender (census)",
    CENSUS_2025,
    (
        Code("M", "Male (including trans male)"),
        Code("F", "Female (including trans female)"),
        Code("non_binary", "Non-binary"),
        Code("other", "Other"),
    ),
)

ETHNIC_GROUPS = CodeSet(
    "ethnic group (census)",
    CENSUS_2025,
    (
        Code("AIND", "Indian (Asian or Asian British)"),
        Code("APKN", "Pakistani (Asian or Asian British)"),
        Code("ABAN", "Bangladeshi (Asian or Asian British)"),
        Code("CHNE", "Chinese (Asian or Asian British)"),
        Code("AOTH", "Any other Asian background (Asian or Asian British)"),
        Code("BCRB", "Caribbean (Black, Black British, Caribbean or African)"),
        Code("BAFR", "African (Black, Black British, Caribbean or African)"),
        Code(
            "BOTH",
            "Any other Black, Black British, African or Caribbean background (Black, Black British, Caribbean or African)",
        ),
        Code("MWBC", "White and Black Caribbean (Mixed or multiple ethnic groups)"),
        Code("MWBA", "White and Black African (Mixed or multiple ethnic groups)"),
        Code("MWAS", "White and Asian (Mixed or multiple ethnic groups)"),
        Code("MOTH", "Any other Mixed or multiple ethnic background (Mixed or multiple ethnic groups)"),
        Code("WBRI", "English, Welsh, Scottish, Northern Irish or British (White)"),
        Code("WIRI", "Irish (White)"),
        Code("WIRT", "Gypsy or Irish Traveller (White)"),
        Code("roma", "Roma (White)"),
        Code("WOTH", "Any other White background (White)"),
        Code("arab", "Arab (Other ethnic group)"),
        Code("OOTH", "Any other ethnic group (Other ethnic group)"),
        Code("unknown", "Unknown"),
    ),
)

REGISTRATIONS = CodeSet(
    "primary registration type (2025)",
    CENSUS_2025,
    (
        Code("ofsted", "Ofsted"),
        Code("cqc", "CQC only"),
        Code("unregistered", "Unregistered"),
        Code("scotland", "Care Inspectorate Scotland"),
        Code("wales", "Care Inspectorate Wales"),
    ),
)

REGISTRATIONS_2022 = CodeSet(
    "registration type (2022)",
    CENSUS_2022,
    (
        Code("ofsted", "Ofsted"),
        Code("cqc", "CQC"),
        Code("unregistered", "Unregistered"),
        Code("scotland", "Care Inspectorate Scotland"),
        Code("wales", "Care Inspectorate Wales"),
        Code("unknown", "Unknown"),
    ),
)

LIBERTY = CodeSet(
    "deprivation of liberty (2025)",
    CENSUS_2025,
    (
        Code("current", "DoLS (current)"),
        Code("previous", "DoLS (previous)"),
        Code("no", "No"),
    ),
)

SOLO = CodeSet(
    "solo placement (2025)",
    CENSUS_2025,
    (
        Code("yes_yes", "Yes, and is in a solo placement"),
        Code("yes_no", "Yes, but is not in a solo placement"),
        Code("no_yes", "No, but is in a solo placement"),
        Code("no_no", "No, and is not in a solo placement"),
    ),
)

YES_NO = CodeSet("yes or no (census)", CENSUS_2025, (Code("yes", "Yes"), Code("no", "No")))

UASC = CodeSet(
    "UASC (census)",
    CENSUS_2025,
    (
        Code("yes", "Yes"),
        Code("no", "No"),
        Code("not_yet", "Not yet established"),
        Code("unknown", "Unknown"),
    ),
)

ROUTES_2022 = CodeSet(
    "how sourced (2022)",
    CENSUS_2022,
    (
        Code("nw_supported", "NW Contract - SaILS DPS or previous"),
        Code("nw_residential", "NW Contract - Residential FPS or previous"),
        Code("nw_fostering", "NW Contract - Fostering FPS or previous"),
        Code("nw_send", "NW Contract - SEND FPS"),
        Code("lcr_ppa", "Sub Regional Contract - LCR PPA"),
        Code("sub_regional", "Sub Regional Contract - Other"),
        Code("direct", "Direct Award / Spot Purchase"),
        Code("local", "Local Contract or Framework"),
        Code("block_local", "Block Contract - Local"),
        Code("block_collaborative", "Block Contract - Collaborative"),
        Code("gm_flexi", "GM RCC Flexi Block"),
    ),
)

# Of the types of 2022 those that mean the same as one of 2025; the others were cut differently, and only a person can say.
TYPES_2022 = CodeSet(
    "type of provision (2022)",
    CENSUS_2022,
    (
        Code("foster_parent_child", "Fostering - Parent and Child"),
        Code("res_education", "Residential - With Education"),
        Code("res_parent_child", "Residential - Parent and Child"),
        Code("res_school_52", "Residential - 52 week Residential School"),
        Code("secure_welfare", "Residential - Secure Welfare"),
        Code("student", "Student accommodation"),
        Code("unregistered", "Unregistered"),
        Code("yoi", "Youth Offending Institution"),
        Code("cqc", "Other - CQC"),
        Code("sa_4", "Supported Lodgings"),
    ),
)
