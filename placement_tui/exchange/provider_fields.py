"""The columns of a team's list of agencies, homes and foster carers, and the headers that mean them.

Among them are those of Ofsted's restricted lists for authorities (children's homes, social care providers), so that
these can be read like any other list.
"""

from __future__ import annotations

from placement_tui.exchange.spreadsheets import Field


def _field(name: str, label: str, words: str, many: bool = False) -> Field:
    return Field(name, label, tuple(words.split("|")), many)


# The order matters: a header that could be two things is the first of them that has no column yet.
FIELDS = (
    _field(
        "name",
        "the name",
        "home name|name of home|setting name|home|carer name|carer names|carers names|name of carer|name of carers"
        "|foster carer name|foster carers|foster carer|carers|carer|main carer|household name|household|name|full name"
        "|childrens home|childrens home name|placement name|property name|project name|project|scheme|scheme name"
        "|service name|service|establishment|establishment name|unit|provider name|name of provider",
    ),
    _field(
        "provider",
        "the agency or organisation",
        "provider|agency|agency name|fostering agency|ifa|ifa name|organisation|organisation name|owner|owner name"
        "|company|company name|parent organisation|parent company|registered provider|name of organisation"
        "|provider organisation|organisation which owns the provider|provider name|name of provider|group|supplier"
        "|supplier name",
    ),
    _field(
        "kind",
        "the kind",
        "kind|type|home type|type of home|provider type|type of provider|provision type|type of provision|carer type"
        "|type of carer|placement type|category|provision|service type|type of service|setting type",
    ),
    _field(
        "sector",
        "the sector",
        "sector|owner type|private voluntary",
    ),
    _field(
        "urn",
        "the URN",
        "urn|ofsted urn|setting urn|provider urn|urn number|urn no|ofsted urn number|ofsted number|ofsted reg no"
        "|ofsted registration number|ofsted reference|sc number|unique reference number",
    ),
    _field(
        "address",
        "the address",
        "address|full address|home address|address 1|address line 1|address1|address line 2|address 2|address2"
        "|address line 3|address 3|address3|street|house and street|setting address line 1|setting address line 2"
        "|setting address line 3|provider address line 1|provider address line 2|office address",
        many=True,
    ),
    _field(
        "town",
        "the town",
        "town|city|town city|town or city|post town|setting address town|setting town|provider town|location|village",
    ),
    _field(
        "postcode",
        "the postcode",
        "postcode|post code|setting address postcode|setting postcode|provider postcode|home postcode|pc|p code|zip",
    ),
    _field(
        "area",
        "the local authority",
        "local authority|setting local authority|la|authority|council|area|borough|provider local authority|la area",
    ),
    _field(
        "phone",
        "the telephone number",
        "phone|telephone|tel|tel no|telephone no|telephone number|phone number|phone no|contact number|contact no"
        "|contact telephone|contact phone|office phone|office number|office telephone|office tel|main number|landline"
        "|referral phone|referrals phone|referral line|referral number|setting telephone number"
        "|provider telephone number|home phone|home telephone|daytime phone|mobile|mobile number|mobile phone|mob",
    ),
    _field(
        "out_of_hours_phone",
        "the number out of hours",
        "out of hours|out of hours phone|out of hours number|out of hours telephone|out of hours tel|out of hours contact"
        "|ooh|ooh phone|ooh number|ooh tel|ooh contact|emergency number|emergency phone|emergency contact|emergency tel"
        "|edt number|on call|on call number|on call phone|duty phone|duty number|after hours|evening and weekend number",
    ),
    _field(
        "email",
        "the e-mail address",
        "email|e mail|email address|e mail address|referral email|referrals email|email for referrals|contact email"
        "|setting email address|provider email address|referrals inbox|mail",
    ),
    _field(
        "places",
        "how many places",
        "places|number of places|no of places|registered places|number of registered places|approved places|beds"
        "|number of beds|no of beds|bed|capacity|max users|maximum users|maximum fostering places|approved number"
        "|approved for number|number approved|number approved for|number of children|no of children|max children"
        "|maximum number of children|max placements",
    ),
    _field(
        "ages",
        "the approved ages",
        "ages|approved ages|approved age range|approval age range|age range|age|ages approved|age approved|age group"
        "|ages accepted|ages taken|registered age range|registered ages|age range approved|approved age|approval ages",
    ),
    _field(
        "age_min",
        "the lowest age",
        "age min|min age|minimum age|age minimum|age from|from age|lower age|lowest age|youngest|ages min|ages from"
        "|approved ages min|approved ages from|age range min|age range from|approved age from|approved from age"
        "|ages minimum|youngest age",
    ),
    _field(
        "age_max",
        "the highest age",
        "age max|max age|maximum age|age maximum|age to|to age|upper age|highest age|oldest|ages max|ages to"
        "|approved ages max|approved ages to|age range max|age range to|approved age to|approved to age|ages maximum"
        "|oldest age",
    ),
    _field(
        "sexes",
        "boys, girls or any",
        "sex|sexes|gender|genders|gender accepted|genders accepted|sex accepted|approved gender|approved sex"
        "|approved genders|gender approved|boys girls|boys or girls|male female|m f|gender preference",
    ),
    _field("tier", "the framework tier", "tier|framework tier|tier number|contract tier|tier no|call off tier"),
    _field(
        "route",
        "the contract route",
        "route|contract route|contract|framework|framework name|contract type|procurement route|contracting route"
        "|how commissioned|how sourced|sourced by|purchase route|commissioning route|dps",
    ),
    _field(
        "fee",
        "the weekly fee",
        "weekly fee|fee|fees|weekly cost|weekly price|weekly rate|weekly charge|cost per week|price per week"
        "|fee per week|rate per week|cost|price|rate|standard weekly fee|core weekly fee|base fee|weekly fee gbp"
        "|weekly allowance|weekly fee from|framework price|core fee",
    ),
    _field(
        "grade",
        "the grade",
        "grade|ofsted grade|ofsted rating|ofsted judgement|ofsted judgment|ofsted outcome|ofsted|overall effectiveness"
        "|latest overall effectiveness grade from last full inspection|latest overall effectiveness|inspection grade"
        "|overall grade|rating|judgement|last ofsted grade|current ofsted grade",
    ),
    _field(
        "graded_on",
        "the date of the inspection",
        "inspection date|date of inspection|date of last full inspection|last inspection|last inspection date"
        "|date of last inspection|last inspected|full inspection start date|ofsted date|ofsted inspection date"
        "|graded on",
    ),
    _field(
        "note",
        "notes",
        "note|notes|comment|comments|remark|remarks|other information|further information|additional information"
        "|matching notes|matching considerations|approval notes|conditions|conditions of approval|terms of approval"
        "|approval terms|registration conditions|information|info|specialism|specialisms",
        many=True,
    ),
    _field(
        "suspended",
        "why it is not used",
        "suspended|suspension|on hold|hold|do not use|not in use|embargo|embargoed|reason suspended|reason on hold"
        "|status|current status|carer status|home status|registration status|provider status|setting status"
        "|approval status|placement status|not used because",
    ),
    _field(
        "reference",
        "the reference",
        "reference|ref|ref no|reference number|carer ref|carer reference|carer id|carer number|household id"
        "|household reference|provider ref|provider reference|provider id|home id|home ref|home reference|our reference"
        "|our ref|record id|system id|ics id|ics number|liquidlogic id|mosaic id|eclipse id|id",
    ),
)
NEEDED = ("name", "kind")
ANCHORS = ("name", "provider")  # a list of agencies may have only the latter
LABELS = {field.name: field.label for field in FIELDS}
