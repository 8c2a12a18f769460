"""Sentences as people write them, with invented details: `<kind:words>` is what must not be read.

Written from what is known of such texts: forms, spellings and places where details stand. `LATER` was written
once the rules did well on the others; nothing was mended for it but handles with a point and days of June.
"""

from __future__ import annotations

import re
from typing import NamedTuple

IDENTIFIERS = """
My e-mail is <email:j.okafor-smith77@mail.example.co.uk> and I check it daily.
Write to <email:SUE_PARKER@EXAMPLE.COM>.
I gave them <email:no'reilly@example.org>, nobody wrote back.
Mail me (<email:first.last+police@sub.example.net>) any time
It is all on <url:https://www.example.org/case/12?id=5>, read it.
see <url:www.myblog-example.com> for the whole story
She posted it at <url:example.co.uk/users/jane>.
He messaged me as <handle:@bigdave_92> on insta
my twitter is <handle:@SurvivorSue>, feel free
We live in <postcode:ME14 2QB> now.
postcode <postcode:sw1a1aa>
Moved from <postcode:M1 1AE> to <postcode:CR2 6XH> last year
it was in <postcode:EC1A 1BB> somewhere
ring me on <phone:07700 900 461>
My number's <phone:07700900532> please call
call <phone:+44 7700 900123> after six
<phone:01632 960 983> is the landline
Tel: <phone:(01632) 960001>
Phone <phone:020 7946 0018> and ask for custody
I rang <phone:0161-496-0321> four times
text <phone:07700-900-782>!
Mob <phone:+44(0)7700 900990>
my mobile 07 <phone:07700  900 111> ok
her NHS number is <nhs_number:943 476 5919>
NHS no. <nhs_number:9434765919>
nhs number: <nhs_number:943-476-5919>, date of admission May
NI number <national_insurance:QQ 12 34 56 C> was on the form
They asked for my national insurance <national_insurance:AB123456C>.
NINO: <national_insurance:jg 10 37 59 a>
Crime number <crime_reference:46/12345/24> never updated
crime ref <crime_reference:01AB/4471/23>
Crime reference number is <crime_reference:CRN12345678>
The incident number was <crime_reference:PD-481-120324>, still nothing
log number <crime_reference:0482> of the twelfth
CAD <crime_reference:3381/12MAY24>
reference number <crime_reference:2024/0098123>
URN <crime_reference:46YY1234524> was on the letter
Ref: <crime_reference:NP/22/009812>
occurrence <crime_reference:15240012345>
I was given <crime_reference:20240315-0817> as my crime reference
PC <collar_number:4471> came round
the officer, collar number <collar_number:8823>, was lovely
shoulder number <collar_number:CR214> I think
Officer with badge no <collar_number:1187>
warrant number: <collar_number:221345>
PCSO <collar_number:7731> helped
DC <collar_number:2209K> never called
epaulette number <collar_number:4402>
He drives a blue Golf <vehicle:AB12 CDE>
reg <vehicle:LK67XYZ> parked outside every night
registration was <vehicle:P345 KLM>
number plate <vehicle:kx09 fvb>
The car (<vehicle:YF21ZZT>) was seen again
index <vehicle:BD51 SMR>
licence plate <vehicle:T12 ABC>
born <date_of_birth:12/03/1987>
my dob is <date_of_birth:3.9.91>
DOB <date_of_birth:1987-03-12>
date of birth: <date_of_birth:12th March 1987>
d.o.b. <date_of_birth:07/11/65>
My daughter was born on the <date_of_birth:4th of July 2012>
her birthday is <date_of_birth:22 August 2001>
I was born <date_of_birth:March 5, 1979> in Leeds
We live at <address:14 Acacia Avenue> in Leeds
at <address:221b Baker Street> for years
<address:Flat 3, 27 Marsh Lane> is where it happened
he lives at <address:9 The Crescent>
number <address:52 St Mary's Road>, opposite us
moved to <address:Flat 12 Nelson House>
our house, <address:3 Orchard Close>, was watched
<address:118A High Street> above the shop
<address:Rose Cottage, Mill Lane>
they came to <address:7 king edward drive>
"""

NAMES = """
<name:Siobhan> was so kind to me
I spoke to <name:Priya Raghunathan> twice
Mr <name:Adeyemi> never rang
Mrs <name:O'Callaghan> from victim care
DC <name:Wojciechowski> was brilliant
PC <name:Tom Hurst> took the statement
Sgt <name:Llewellyn> apologised
my son <name:Kofi> was there
my daughter <name:Niamh> hid upstairs
my ex <name:Darren> did it again
his brother <name:Yusuf> threatened me
a lady called <name:Bernadette> answered
an officer named <name:Gethin> came
his name is <name:Callum Pickersgill>
her name was <name:Agnieszka>
My name is <name:Olu Bankole>.
thank you <name:Jo> and <name:Raj> for everything
Thanks to <name:Maureen> on the front desk
<name:Fatima Al-Hassan> my ISVA has been amazing
ISVA <name:Kerry> held my hand
Dr <name:Mehta> wrote it down
Inspector <name:de Souza> promised a call
Detective <name:Sarah Finch> and Detective <name:Mike Obi> listened
<name:Grace> was graceful as ever
I told <name:Mark> to leave
<name:Will> never would
then <name:Hope> from the charity rang
neighbour <name:Gwen> saw it
social worker <name:Tanisha Bell> knew
<name:J. Pemberton> signed the letter
Ms <name:Nkechi> gave evidence
call handler <name:Dev> stayed on the line
<name:chloe> at reception was rude
my partner <name:steve> hit me
Signed, <name:Eleanor Vance>
officers <name:Patel> and <name:Jones> attended
<name:Zofia>, my advocate, explained it
the counsellor, <name:Imogen Clarke>, helped me sleep
Auntie <name:Pauline> took us in
<name:Mohammed> and his wife are safe
Supt <name:Harcourt> chaired the meeting
<name:Ellie-Mae> started school
Speak to <name:Baz>, he knows
"""

CLEAN = """
The officer was kind and explained everything, thank you.
I waited 20 minutes drive away from the station for 3 hours.
In May I reported it, and by August nothing had happened.
I will mark it down as hope for the best.
It cost 250 pounds and took 14 days to sort out.
They said the 1st thing to do was ring 101 or 999.
On 12/03/2024 I reported it and on 15 March 2024 I was told it was closed.
Kent Police and Victim Support were both brilliant.
The Crown Court in Leeds cancelled twice.
Ward 12 at the hospital was noisy all night.
Nobody from CPS or NHS ever called me back.
I felt like a number, one of 1500 cases.
Please grace us with an update, it would be a joy.
I rose early to be there at 8:30am on the 2nd of June.
The house opposite the park has a good view of the road.
Being in that room for 45 minutes was bad.
Section 18 of the Act was read out to me.
My daughter was scared. My son too. The baby slept.
The Independent Sexual Violence Advisor stayed with me.
I was 16 years old in 1998 when it began.
Excellent service from start to finish, 10 out of 10.
They kept saying it was a civil matter.
Staff were rude, patients were left waiting in the corridor.
Sunny day or rain, the PCSO walked our street every evening.
The young lady on reception could not help.
Christmas was ruined and Easter too.
It was dark so I could not see his face or what he wore.
Hate crime should be taken more seriously in England and Wales.
Domestic abuse happens to men as well; believe them.
Very good. Very helpful. Couldn't fault it.
He may have been drunk. She might know.
I have 2 children under 5 and no car.
The bill was £1,234.56, sent twice.
Version 2.0 of the form is worse. See page 14.
Page 3 says one thing and page 4 another.
Online form kept crashing at step 7 of 9.
Why did it take 6 weeks to get a crime number?
No one gave me a reference number or told me who the officer in the case was.
Drive safely, said the sergeant.
Art classes and music on the ward would help.
I had an appointment at half past 2 with the nurse.
They sent 3 cars and 6 officers within 10 minutes.
In 2019/20 there were fewer officers than in 2010.
Dawn till dusk it went on. Summer too.
The Met should learn from West Midlands Police.
Do not drive at 70 mph there.
"""

LATER = """
contact me via <email:k.n_osei@example.com>; or not at all
all screenshots are at <url:http://pics.example.info/a/b>
my insta <handle:@_nadia.k> was hacked
post it to <postcode:LS9 7TF> please
(<postcode:B33 8TH>)
best number is <phone:07700 900 045>, evenings
call me on <phone:+447700900876>
landline <phone:01632-960-555>
my NHS no is <nhs_number:401 023 2137>
NI: <national_insurance:AB 12 34 56 D>
the crime no. <crime_reference:22/48812/24> was wrong
log <crime_reference:1177> 3rd June
quote incident <crime_reference:INC0098817>
under reference <crime_reference:XK-2231-09> I believe
PS <collar_number:1029> was decent
collar no: <collar_number:D556>
in a silver van <vehicle:GN19 OPA>
plate <vehicle:RX70 HJK>, I took a photo
(born <date_of_birth:1 Jan 1990>)
DOB: <date_of_birth:24-12-72>
He was born on <date_of_birth:30/09/2009>.
I am at <address:88 Willow Grove>
from <address:5a Station Road>, Crewe
lives at <address:Flat 2, 14 Gordon Street>
I met <name:Aleksander> through work
it was <name:Rhiannon> who listened
Miss <name:Achebe> from the school
officer <name:Ravi Nair> and his colleague
my nan <name:Edith> saw all of it
<name:Shanice> got me a solicitor
thanks <name:Beth>
the midwife <name:Oluchi> noticed
a man called <name:Trev Sharples>
DS <name:McAllister> never replied
please tell <name:Hannah> and <name:Ibrahim> thank you
Superintendent <name:Whitlock> wrote to me
<name:Leroy> was arrested
my wife's name is <name:Carmel>
Kind regards, <name:Deborah Stone>
my friend <name:Xiu> interpreted
The waiting room was cold in December and March.
They told me on 3 April 2023 that it was filed.
There were 12 of us in court and 4 chairs.
The way home is dark; the lane floods.
Staff at Boots and Tesco were kinder than the police.
I called 999 twice and 101 three times in 24 hours.
My lawyer said part 36 applies.
Everyone at the refuge was brilliant. Thank you all.
I am a 42 year old woman with 3 kids.
Officers never came back. Why?
"""


class Detail(NamedTuple):
    """A detail that was planted: where it stands in the text, and its kind."""

    start: int
    end: int
    kind: str


class Planted(NamedTuple):
    """A text with the details in it."""

    text: str
    details: tuple[Detail, ...]


def planted(lines: str) -> list[Planted]:
    """One for each line."""
    found = []
    for line in filter(None, lines.split("\n")):
        text, details = "", list[Detail]()
        for plain, kind, words in re.findall(r"([^<]*)(?:<(\w+):([^>]*)>)?", line):
            text += plain
            if kind:
                details.append(Detail(len(text), len(text) + len(words), kind))
                text += words
        found.append(Planted(text, tuple(details)))
    return found
