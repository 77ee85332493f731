"""What the councils' strategies ask for besides the indicators: where it is answered, or why nothing here can answer it."""

from __future__ import annotations

# (what is asked for, and by whom; the view of insight or the place that answers it)
ELSEWHERE: tuple[tuple[str, str], ...] = (
    ("Hours between the stages of a search, and offers lost while a sign-off waits (Wirral 2019; Sefton 2023)", "insight delay"),
    ("Refusals by reason, need, age and provider; what would change them; who says so (Wirral 2019)", "insight refusals"),
    ("Offers per approach by provider, age band, score and with a support package (Wirral 2019)", "insight offers"),
    ("Providers approached for a referral (Wirral 2019)", "insight offers"),
    ("Endings by factor, by provider and by reason; lessons (Wirral 2019; Sefton 2023)", "insight endings, factors, lessons"),
    ("Warnings seen before an ending (Walsall 2023-26)", "insight warnings"),
    ("Other authorities' children in local beds; local vacancies not asked (Wirral 2019; Sefton 2023)", "insight market"),
    ("Referrals for each vacancy (Wirral 2019)", "insight market"),
    ("Fees by type, route and provider; premium; commitment to year end; joint funding; block voids; children who move much "
     "at high cost (Worcestershire 2015; Sefton 2023; Walsall 2023-26)", "insight spending"),
    ("Permanence plans, plans that placements do not match, Regulation 24, emergency placements past their plan, step-down "
     "reviews (Wirral 2022-25; Sefton 2023; Worcestershire 2015)", "insight trackers"),
    ("Beds occupied and registered; places that foster carers do not use (Sefton 2023; Walsall 2023-26)", "the bed board, placement beds"),
    ("What the social worker still owes, and the quality of a profile (Wirral 2019)", "the child's profile"),
    ("Decisions against the accepted grades, overridden by name (Sefton 2023)", "placement overrides"),
)  # fmt: skip

# (what is asked for, and by whom; why no figure is given)
UNANSWERED: tuple[tuple[str, str], ...] = (
    ("Two or more school moves in the previous two years (Wirral 2022-25)",
     "the schools that a child went to are in no record here; F-12 counts placements that changed the school"),
    ("Independent visitors' judgements under Regulation 44 (Wirral 2022-25)",
     "the monthly visit gives no grade; grades are Ofsted's, and each home has its own"),
    ("Adoption within six months of the decision (Sefton 2023)", "the day of the decision is in no return and no record here"),
    ("Children placed in the Liverpool City Region (Wirral 2019)", "a home has an authority and a region; L-6 and I-4c say how near they are"),
    ("Providers verified in the last 30 and 90 days (Wirral 2019)", "a check of a provider is a note, not a date; M-5 and M-6 say how fresh vacancies are"),
    ("Quality-assurance visits that are overdue (Sefton 2023)", "no schedule of visits is kept"),
    ("Referrals with the child's own views (Wirral 2019)", "a profile's sections are the council's own, and which of them holds views is not fixed"),
    ("Vacancies matched to open referrals, and the hours until the first approach (Sefton 2023)",
     "which approach followed from which word of a vacancy is not recorded"),
    ("Homeless young people of 16 and 17 who come into care (Worcestershire 2015)", "the return has no code of need for it"),
    ("Discharge from hospital as a reason to search (Walsall 2023-26)", "why a home is needed now is written in words"),
    ("Children matched by culture or ethnic background where it was wanted (Walsall 2023-26)", "what was wanted is written in words"),
    ("Decisions with all of right child, plan, place, time and cost (Worcestershire 2015)", "considerations are ticked at confirmation, and no line is obligatory"),
    ("Links between foster carers and children in local homes (Sefton 2023)", "no such link is recorded"),
)  # fmt: skip
