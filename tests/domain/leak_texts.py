"""Clean sentences of profiles: fictional, of the kind that provider-facing profiles are made of, and nobody's name in them."""

from __future__ import annotations

CLEAN = """
She is funny and kind, and she bakes for everybody on Sundays.
He will tell you when he is tired if you ask him twice.
They enjoy football, swimming and building dens in the woods.
In March he started to sleep through the night.
She may need a grown-up to sit with her after family time.
He reads well above his age and likes books about the sea.
A good day begins with music and a slow breakfast.
What helps most is a calm voice and a clear plan for the day.
She wants to be a vet and can name every breed of dog.
He says: "I want a garden and somebody who listens."
It took six weeks until she trusted her key worker.
He last went missing on 3 February 2026, for two hours, after a call that was cut short.
On 12/05/2026 he pushed a chair over when he was told no on the phone.
He was back by 22:30 and rang the office himself.
Family time is every second Saturday from 10am to 12 noon, supervised.
She has a plan for her education and 15 hours a week with a tutor.
He is in year 9, with attendance of 94% this term.
She takes her medicine at 8 in the morning and at 7 in the evening.
An assessment in June 2026 found that he needs short instructions.
They have lived in three homes in two years and each move was hard.
His last carers said that he is honest and generous.
He hopes for a home with a dog and no younger children.
She would like to stay within 10 miles so that she keeps her friends.
The council brings 20 hours a week of a mentor and pays for taxis.
We fund therapy for 12 sessions and will review it in January.
He loves the colour green and hates loud places.
Her faith matters to her: she prays and eats halal food.
She speaks Kurdish at home and English at school.
He had his eyes tested in May and wears glasses for reading.
It is a short walk to the bus and 25 minutes by train.
He can cook three meals and is proud of his curry.
After school he needs food first, then quiet, then company.
He has not hurt anybody since the summer of 2025.
When he paces, he is frightened: offer a walk, not questions.
Ask her to help you with a job and she will start to talk.
She was in hospital for two nights in April and is well now.
Her nan sends her a card every week and that means a lot.
Mum and dad agree with the plan and want him to be settled.
He sees his brother once a month and they play pool.
She sees her sister on Sundays; their time together is a joy.
He shared a room before and did not mind it.
Must have: a carer at home after 3pm, and a room of his own.
Nice to have: a garden, a cat, and somebody who likes music.
He takes the number 42 bus and knows his way to the park.
She won a medal in the 100 metre race last year.
They paid £1,250 a week for the last placement.
He needs 2:1 support in the car and 1:1 at home.
Vitamin D was prescribed in winter, 10 drops a day.
She scored 115 in maths and 98 in English.
The report of 14 September 2026 says what works in class.
Section 20 was agreed by both parents in 2024.
An order was made at the family court on 1 July 2026.
He is 5 feet 4 and takes size 6 shoes.
He goes to a mainstream school and enjoys art.
She moved from primary to secondary school this autumn.
Her hair is braided every fortnight and she likes to choose the style.
It is hard for him to wait; a timer of 10 minutes helps.
He calms when he hears rain and has a playlist for it.
Grace is said before meals and she knows the words by heart, which she calls saying thanks.
Every adult should know that a raised hand frightens her.
He wants to join the cadets and has asked for the form twice.
The police were called once, in 2025, and no action was taken.
He trusts people who do what they say, and tests it in the first week.
They like films, above all the ones that make everybody laugh.
He is in a small primary school and settled well in his old high school.
Mum (by phone) and Dad: both agree, and Mum wants to be told first.
From Monday to Friday he is up at seven, and born early riser that he is, he makes the tea.
His school: attends every day, with a taxi from a local high school on a busy road.
To: be near his nan. From: a busy flat.
HE LIKES FOOTBALL AND GOES TO HIGH SCHOOL EVERY DAY.
3 > 2, he says, is the best joke | and laughs.
""".strip().splitlines()
