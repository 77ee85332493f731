"""The council's own choices: their names, and the identifier that every store gives the same setting."""

from __future__ import annotations

from uuid import UUID, uuid5

_SPACE = UUID("6f1d4c3e-5a0b-5c1e-9f59-2f6a3b8d7e10")

AUTHORITY = "authority"
AUTHORITY_NAME = "authority_name"
ADJOINING = "adjoining"
GRADES_HOME = "grades_home"
GRADES_AGENCY = "grades_agency"
GRADES_SUPPORTED = "grades_supported"
UNGRADED = "ungraded"  # true where homes that were never inspected are accepted
FOSTERING_LIMIT = "fostering_limit"  # one of domain.capacity.READINGS
TIERS = "tiers"  # the names of the tiers, the first first
WAVE_MINUTES = "wave_minutes"  # that a tier has before the next is asked: now, today, by a date
FRAMEWORK_ONLY = "framework_only"  # true where a home without a contract route is off framework
TARGET_HOURS = "target_hours"  # from the referral to a home
STALE_HOURS = "stale_hours"
PROVIDER_COLUMNS = "provider_columns"
OFSTED_LISTS = "ofsted_lists"  # kind of home -> the day of the latest list for authorities that spoke of that kind
BACKUP_HOURS = "backup_hours"
BACKUP_KEEP = "backup_keep"
DATA_KEY_AT = "data_key_at"
APPROVERS = "approvers"  # office (domain.sign_offs.OFFICES) -> who holds it: an officer's name, or any name
BUDGET_LIMIT = "budget_limit_pence"  # a week; above it the budget holder signs off
PLACEMENTS_BUDGET = "placements_budget_pence"  # of a financial year
OWN_SIGN_OFF = "own_sign_off"  # true where one may decide what one asked for oneself
RETENTION = "retention"  # keep_..._years (domain.retention.SCHEDULES) -> how long the council keeps that kind of record
PROFILE_TEMPLATE = "profile_template"  # the sections of a child's profile, as [key, title, what it asks]
TARGETS = "targets"  # target_CODE -> the number that the council wants of an indicator
SMALL_NUMBER = "small_number"  # the smallest count that is shared
IDLE_MINUTES = "idle_minutes"  # without a key, until the program locks itself


def idle_minutes(value: object) -> int:
    """Minutes without a key until the program locks itself: ten where nobody has chosen, one at least, four hours at most."""
    return min(240, max(1, value)) if isinstance(value, int) and not isinstance(value, bool) else 10


def setting_id(name: str) -> UUID:
    """The identifier of a setting, derived from its name, so that two stores that never met agree on it."""
    return uuid5(_SPACE, name)
