"""What people type into a field, parsed strictly: a value, or errors.Invalid with why not and with what works.

One door to its parts: typed_text (text, names, postcode, phone, sex), typed_numbers (money, miles, counts), typed_ages,
typed_dates (days) and typed_times (moments, urgency). No function reads a clock; each is given `today` or `now`.
"""

from __future__ import annotations

from placement_tui.domain.typed_ages import AgeOrBirth, age_on, age_or_birth, check_age
from placement_tui.domain.typed_dates import day, day_words
from placement_tui.domain.typed_numbers import FeeSplit, count, fee_split, fee_words, miles, money, money_words
from placement_tui.domain.typed_text import clean, initials, long_text, phone, postcode, sex, short_text, shown
from placement_tui.domain.typed_times import Needed, Urgency, age_words, london, needed, urgency, when

__all__ = [
    "AgeOrBirth",
    "FeeSplit",
    "Needed",
    "Urgency",
    "age_on",
    "age_or_birth",
    "age_words",
    "check_age",
    "clean",
    "count",
    "day",
    "day_words",
    "fee_split",
    "fee_words",
    "initials",
    "london",
    "long_text",
    "miles",
    "money",
    "money_words",
    "needed",
    "phone",
    "postcode",
    "sex",
    "short_text",
    "shown",
    "urgency",
    "when",
]
