"""What was learned from endings, in the words of those who were there; every line is made up.

Each lesson names the needs (domain/codes/needs.py) that it speaks to, so that it stands by the children it may help.
"""

from __future__ import annotations

_LESSONS = """
10A | Goes to his brother's when frightened; ring there first, then the police.
10A | Comes back by himself if somebody leaves the porch light on and does not ask until morning.
10A | Missing follows contact: be at the door on Fridays with the car, not with questions.
10A,24A | Answers texts when missing, never calls; agree a word that means fetch me.
10A | The home needs to know of missing episodes before the first night, not after the third.
10A,11A | Two phones: the old one is for family, and taking it away ended the trust.
10A | Walks to the sea wall at New Brighton; it is where to look first.
10A | A return interview on the same sofa the same evening worked better than any on the next day.
VIOLENCE | Warns before he breaks anything: goes quiet and cleans. Walk with him then.
VIOLENCE | Needs one adult to talk and the other to leave the room; two made it worse each time.
VIOLENCE,DAMAGE | Doors were the target, never people, after he was told nobody would stand in the doorway.
VIOLENCE | Restraint made every week longer; space and a set time to come back cut incidents by half.
VIOLENCE,NOKIDS | With younger children he copies the youngest; as the only child he was gentle.
VIOLENCE,14A | The carers had been told of one incident, there were nine. Share the whole chronology.
VIOLENCE | Hitting out stopped when the bedroom move was explained on paper, with a plan of the room.
DAMAGE | Let him mend it with you: he kept what he had painted.
14A | Swears at adults, keeps promises to them; judge by the promises.
14A | Rules on the fridge with his own two added were kept, the printed ones were not.
14A,SCHOOL | Trouble began the week his timetable went part time; get the hours back first.
15A | Self-harm rose on the days before court; the next home needs those dates.
15A | Knows her own plan by heart: ask her to say it, do not take the box away unless she asks.
15A,4A | Waiting five months for CAMHS ended it. Have someone to see her in week one.
15A | Long sleeves in summer is not a worry by itself; stopping drawing is.
4A | Hears a raised voice as danger even from the television; the kitchen radio helps.
4A | Sleep went before everything else. Ask about nights, not about feelings.
4A,TIER4 | Coming from the ward, three visitors in the first week were too many; one was right.
TIER4 | The discharge letter came after he did; hold the bed until it is read.
24A | The debt was forty pounds, and paying it back openly with him ended the calls.
24A,10A | Taxi firm at the station knows the number that fetches him. Tell the police, and the home.
24A,13A | A home in the next town is not far: they came by train on the second day.
24A | New trainers are the sign, not the missing.
13A | Do not place within two stops of his cousins, whatever the map says.
11A | She leaves when she is not believed. Write down what she says as she says it.
11A,NIGHTS | Waking nights for the first month; after that she asked for them to end, and was right.
11A | Male staff were fine once they had cooked with her, not before.
2A | Cannabis is for sleep. The home that treated it as sleep got further than the one that searched.
2A | Keep him busy from three to six; it is those three hours.
1A | Drinks when Mum cancels. Have a plan for cancelled contact that is not a chat.
OFFENDING | Curfew fails at bus times: ask the court for nine, not eight.
OFFENDING,STEPDOWN | The first weekend after secure was too empty; fill every hour of it.
STEPDOWN | Kept count of doors that lock. Show him every key on the first day.
WEAPONS | Handed in the knife himself when there was a box and no scene.
FIRE | Matches only when alone in the evening; sit with her until nine and there were none.
HSB | Needs a bathroom rule said aloud by everybody, and a lock; it was never secret again.
HSB,NOKIDS | Younger children in the house was the mistake, as the assessment had said.
ALLEGES | Two adults for bedtimes protects everybody; the single carer was left alone with it.
SOLO | As the only child for six months he slept through; the second child came too early.
SOLO,RATIO | Two to one was needed for journeys only. Pay for the journeys.
RATIO | New agency staff each week was the reason. Ask for names on the rota before saying yes.
NIGHTS | Wakes at four and eats. Leave cereal out; locking the kitchen started the fights.
DOL | Ask for the order's review date on day one; it lapsed and nobody could act.
AUTISM | Change of plate, change of seat, change of day: tell him the evening before with a picture.
AUTISM,SCHOOL | The taxi escort changed and the mornings went. Keep the escort.
AUTISM | Bright ceiling light in the bathroom was most of the bath-time trouble.
ADHD | Medication at seven, not at eight, and school went well.
ADHD | Three instructions are one too many; say two.
SEND | The plan named a school that had no place. Have the place before the move.
SEND,5A | Understands far less than he says: ask him to show you.
5A | Cannot tell money; was taken for his allowance by a resident. Weekly cash in two parts.
MEDICAL | Insulin training for both carers before, not one after; she was admitted on night two.
MEDICAL,6A | Eleven appointments a month. A carer with a job could not do it, and said so too late.
MOBILITY | The ramp was measured for the wrong chair; send the therapist, not the form.
SENSORY | Signs with her left hand; carers who learned twenty signs were hers for life.
BABY | Settles on a shoulder to the washing machine; withdrawal lasted four weeks and passed.
BABY,CONTACT | Five family times a week wore the carer out. Share the driving from the first day.
PREGNANT | Wanted her own mother at the scan, and was not asked.
SIBLINGS | Apart, the eldest stopped eating. Together with a carer who lets her stop being Mum, all three gained weight.
SIBLINGS | The younger two fight at handover only; bring them in by two doors.
SIBLINGS,CONTACT | Splitting them was meant for a week. Write the date of the next meeting on the plan.
SCHOOL | Fifty minutes each way in a taxi ended a good home. Nearer, even if less good on paper.
SCHOOL | The head teacher was her safe person; place where that can stay.
SCHOOL,14A | Two exclusions in the first month with no school meeting; ask for it in the first week.
CONTACT | Mum undermines when told by letter and helps when rung.
CONTACT | Saturday contact ruins Sunday; move it to Wednesday.
CONTACT | Dad's no-shows hurt more than seeing him. Confirm by noon or tell her it is off.
CULTURE | Hair: find the salon in Liverpool 8 before the first weekend.
CULTURE,FAITH | Carers meant well and did not know Ramadan. A short list from his uncle would have done.
LANGUAGE | The interpreter spoke the wrong Kurdish for three weeks. Ask him, not the form.
9A,LANGUAGE | Hid food for a month. Show the full cupboard, say nothing, it stopped.
9A | Wants to telephone on Thursdays when his mother can; have credit on the phone.
12A | The cousin who rang was not one. No calls from numbers that the police have not seen.
IDENTITY | Uses he at home and she at school for now; ask which, follow, do not explain to others.
NOKIDS | Good with children older than himself, frightened of babies.
NOPETS | The dog was the best of it; look for a home with one, whatever the form says.
7A | Rings Mum at six to be sure that she has eaten. Let her; she settles after.
16A | Ate until sick for the first weeks. Small plates, always seconds, no remarks.
16A | Has never had a bedtime; start with a story, not with a time.
17A | Praise in front of others was unbearable to her; leave a note instead.
18C | A hand raised to reach a shelf made him duck. Tell every visitor.
19C | Baths were the fear; a shower with a key on the inside was enough.
3A | Doors slamming takes her back there. Felt pads cost two pounds.
4A,10A | The social worker changed three times in five months and each time he left. Tell him before it happens.
VIOLENCE,10A | It was the shift change. Same faces at seven in the evening, and the evenings went well.
14A,SIBLINGS | Seeing his sister on Sundays was taken away as a sanction. Never again that.
"""

LESSONS: tuple[tuple[str, tuple[str, ...]], ...] = tuple(
    (sentence.strip(), tuple(needs.strip().split(",")))
    for needs, sentence in (line.split("|", 1) for line in _LESSONS.strip().splitlines())
)

KEPT_GOING = (
    "A named person to ring after 22:00.",
    "Respite one weekend in four, as was promised.",
    "A school place in the first fortnight.",
    "Therapy that had begun before the move.",
    "The whole chronology on the first day.",
    "A second pair of hands from four to eight.",
    "Transport to contact that did not fall to the carer.",
    "Meeting each other before, even for an hour.",
    "The stability meeting when it was asked for, not six weeks on.",
    "Fewer changes of social worker.",
    "An older child in the house rather than a younger one.",
    "Nothing: it was the wrong home, and everybody knew it.",
    "A plan for the summer holidays.",
    "Somebody who speaks his language once a week.",
    "Keeping the phone.",
    "Being believed about the noise at night.",
)

WARNINGS = (
    "Two calls from the carer in the month before; logged, not answered.",
    "Missing went from once a month to twice a week.",
    "School rang about lateness three weeks running.",
    "The carer asked for respite twice.",
    "Ofsted's visit named matching in this home.",
    "He said so at his review.",
    "Her sleep went, as it had before the last move.",
    "Police called to the address twice in a week.",
    "The carer's own daughter moved back in.",
    "Contact was cancelled three times in a row.",
    "New manager, third this year.",
    "Stopped eating with the others.",
)

ENDING_NOTES = (
    "Went to live with his father in Rhyl after a plan that nobody had expected to be agreed.",
    "The contract ended and the home changed its purpose; nobody's wish.",
    "Moved to be near the hospital that treats her.",
    "Placed by out-of-hours for the bank holiday only; left off the plan by mistake.",
)
