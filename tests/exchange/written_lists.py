"""Small fictional lists in the layouts that Ofsted sends to authorities, written as workbooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tests.exchange.written_files import REAL, write_xlsx

FAKES = REAL / "ssda903/scp_ch_lists_fake"
_NEEDS = [
    "Emotional and behavioural difficulties", "Mental disorders", "Sensory impairment", "Present alcohol problems",
    "Present drug problems", "Learning difficulty", "Physical disabilities",
]  # fmt: skip
_OWNER = [
    "Owner type", "Owner ID", "Owner name", "Owner address line 1", "Owner address line 2", "Owner town", "Owner county",
    "Owner postcode",
]  # fmt: skip
PROVIDERS_2025 = [
    "Local authority", "URN", "Provider type", "Provider subtype", "Sector", "Provider name", "Registration date",
    "Registration status", "Deregistration date", "Placement code", "Provider address line 1", "Provider address line 2",
    "Provider town", "Provider county", "Provider postcode", "Provider telephone number", "Provider email address",
    *_OWNER, "top_company", "Region", "Placement provider code", "Date of last full inspection", "Overall effectiveness",
    "CYP safety", "Leadership and management", "CYP outcomes", "Interim inspection start date",
    "Interim inspection overall effectiveness", "Assurance visit start date", "Link to Ofsted report",
    "Number of registered places", *_NEEDS, "Multi building CH", "Conditions", "Linked school URN", "Linked school name",
    "Linked school type", "Linked school latest inspection date",
]  # fmt: skip
SETTINGS_2025 = [
    "Provider local authority", "Setting Local Authority", "URN", "Provider type", "Sector", "Provider name",
    "Registration date", "Registration status", "Closed date", "Placement code", "Setting status", "Setting status date",
    "Setting category", "Capacity", "Setting address line 1", "Setting address line 2", "Setting address line 3",
    "Setting address town", "Setting address county", "Setting address postcode", "Provider telephone number",
    "Provider email address", *_OWNER, "Conditions",
]  # fmt: skip
INFORMATION = [
    "Local Authority", "URN", "Provider Type", "Provider Subtype", "Sector", "Setting Name", "Postcode Area",
    "Registration Date", "Provider Status", "Closed Date", "Provider Code", "Provider Placement Code",
    *(need.title().replace(" And ", " and ") for need in _NEEDS), "Max Users", "Full Inspection Start Date",
    "Overall Effectiveness", "CYP Safety", "Leadership and Management", "CYP Outcomes", "Interim Inspection Start Date",
    "Interim Inspection Overall Effectiveness", "Assurance Visit Start Date", "Setting Address Line 1",
    "Setting Address Line 2", "Setting Address Town", "Setting Address County", "Setting Address Postcode",
    "Setting Telephone Number", "Setting Email Address", "Owner Type", "Owner ID", "Owner Name", "Owner Address Line 1",
    "Owner Address Line 2", "Owner Town", "Owner County", "Owner Postcode", "Multi Building CH",
]  # fmt: skip
CONDITIONS = ["Local Authority", "URN", "Setting Name", "Postcode Area", "Conditions", "Multi Building CH"]
_ADDRESS_START = INFORMATION.index("Setting Address Line 1")
SETTINGS_AND_INSPECTION = [*INFORMATION[:_ADDRESS_START], "Owner Name"]
ADDRESS_DETAILS = ["URN", "Setting Name", *INFORMATION[_ADDRESS_START : _ADDRESS_START + 5]]
CURRENT = [
    "URN", "Provision type", "Setting name", "Registration status", "Setting address line 1", "Setting address line 2",
    "Setting town", "Setting county", "Setting postcode", "Organisation name", "Local authority", "Region", "Sector",
    "Placement code", "Placement provider code", "Date of last full inspection",
    "Latest overall Effectiveness grade from last full inspection", "Maximum fostering places",
    "Top company (as listed on Companies' House)",
]  # fmt: skip
CLOSED = [*CURRENT[:13], "Deregistration date", *CURRENT[13:]]
# What each layout calls the same thing.
_CALLED: dict[str, tuple[str, ...]] = {
    "urn": ("URN",), "type": ("Provider type", "Provider Type", "Provision type"), "subtype": ("Provider subtype", "Provider Subtype"),
    "name": ("Provider name", "Setting Name", "Setting name"), "authority": ("Setting Local Authority", "Local authority", "Local Authority"),
    "status": ("Registration status", "Provider Status"), "closed_on": ("Deregistration date", "Closed date", "Closed Date"),
    "place": ("Placement code", "Provider Placement Code"), "provider": ("Placement provider code", "Provider Code"),
    "street": ("Provider address line 1", "Setting address line 1", "Setting Address Line 1"),
    "town": ("Provider town", "Setting address town", "Setting Address Town", "Setting town"),
    "postcode": ("Provider postcode", "Setting address postcode", "Setting Address Postcode", "Setting postcode"),
    "phone": ("Provider telephone number", "Setting Telephone Number"), "email": ("Provider email address", "Setting Email Address"),
    "owner": ("Owner name", "Owner Name", "Organisation name"), "sector": ("Sector",),
    "places": ("Number of registered places", "Max Users", "Maximum fostering places", "Capacity"),
    "on": ("Date of last full inspection", "Full Inspection Start Date"),
    "grade": ("Overall effectiveness", "Overall Effectiveness", "Latest overall Effectiveness grade from last full inspection"),
    "helped": ("CYP safety", "CYP Safety"), "conditions": ("Conditions",), "category": ("Setting category",),
    "setting_status": ("Setting status",), "ebd": (_NEEDS[0], "Emotional and Behavioural Difficulties"),
    "alcohol": ("Present alcohol problems", "Present Alcohol Problems", "Present impairment"),
    "learning": ("Learning difficulty", "Learning Difficulty"), "registered_on": ("Registration date", "Registration Date"),
}  # fmt: skip
HOME: Mapping[str, Any] = {
    "urn": "SC900101", "type": "Children's Home", "subtype": "Children's home", "name": "Larch House", "authority": "Wirral",
    "status": "Active", "place": "K2", "provider": "PR4", "street": "12 Marker Street", "town": "Markerton",
    "postcode": "CH41 5AL", "phone": "0151 496 0199", "email": "larch@example.org", "owner": "Larch Care Ltd",
    "sector": "Private", "places": 4, "on": date(2025, 3, 4), "grade": "Good", "conditions": "No more than four children",
    "registered_on": date(2019, 5, 6), "ebd": "Yes", "alcohol": "-", "learning": 1,
}  # fmt: skip


def row(header: Sequence[str], **said: Any) -> list[Any]:
    """A row under that header. What it says is named alike in every layout; nothing else is filled."""
    values = {title: value for name, value in said.items() for title in _CALLED[name]}
    return [
        values.get(title, "-" if title.casefold() in ("deregistration date", "closed date") else "") for title in header
    ]


def home(header: Sequence[str] = PROVIDERS_2025, **said: Any) -> list[Any]:
    """Larch House, with other values where they are given."""
    return row(header, **(HOME | said))


def combined(folder: Path, *rows: Sequence[Any], settings: Sequence[Sequence[Any]] = (), name: str = "") -> Path:
    """A list of 2025: `Providers` and `SA Providers`."""
    sheets = {"Providers": [PROVIDERS_2025, *rows], "SA Providers": [SETTINGS_2025, *settings]}
    return write_xlsx(folder / (name or "SCP and CH list 31 October 2025.xlsx"), sheets)
