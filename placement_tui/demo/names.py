"""Names for people, homes and agencies that do not exist, and telephone numbers that ring nowhere."""

from __future__ import annotations

from placement_tui.demo.seeded import Chance


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


GIRLS = _words("""
Amelia Olivia Isla Ava Mia Grace Freya Lily Emily Ella Poppy Evie Chloe Jessica Ruby Maisie Lacey Skye Nadia
Amina Zara Layla Hafsa Niamh Orla Keira Demi Tia Libby Megan Holly Caitlin Paige Jodie Ellie Scarlett Willow
Harper Faith Precious Zofia Lena Mariam Shanice
""")
BOYS = _words("""
Oliver Jack Harry Noah Leo Alfie Charlie Jacob Archie Tyler Kian Callum Jayden Riley Mason Logan Connor Liam
Finn Reece Kai Corey Declan Cameron Joel Nathan Ryan Aaron Bradley Zac Yusuf Ibrahim Hamza Omar Tariq Samir
Daniel Michal Kacper Emmanuel Malachi Ellis Rhys Owen
""")
ADULTS = _words("""
Carol Steve Dawn Paul Janet Mark Sandra Ian Julie Neil Angela Gary Debbie Kevin Lorraine Phil Yvonne Trevor
Pauline Alan Beverley Graham Christine Derek Maureen Tony Shirley Keith Gwen Colin Rachel Simon Farah Imran
Priya Raj Blessing Samuel Grace Kofi Helen Martin Louise Andrew Michelle Robert Denise Barry Joanne Stuart Karen
Wayne Lynne Peter Gillian Dave Jackie Norman Teresa Frank
""")
SURNAMES = _words("""
Ashworth Penketh Bromilow Rigby Fazakerley Halsall Leatherbarrow Molyneux Whalley Hesketh Marsh Culshaw Tarbuck
Winstanley Aspinall Bickerstaff Croxton Dutton Eccleston Fairhurst Gaskell Hindley Irlam Jolley Kenyon Lathom
Mawdsley Nuttall Ormerod Pilkington Quayle Rimmer Southern Thornley Unsworth Vernon Worsley Yates Alker Barlow
Cragg Dootson Entwistle Forshaw Grimshaw Haydock Ince Jevons Kershaw Lomas Makin Naylor Okoro Patel Rahman
Ó_Súilleabháin Adeyemi Begum Kowalska Hussain Mensah Nguyen O'Hare McBride Delaney Brennan Tierney Gallagher
Llewellyn Prydderch Birchall Cropper Duxbury Foxcroft Greenhalgh Horrocks
""")

_STEMS = _words("""
Alder Bracken Cedar Dune Elder Fern Gorse Hazel Ivy Juniper Larch Maple Oak Pine Quarry Rowan Sandstone Thorn
Willow Yew Ash Beech Birch Briar Brook Clover Copse Dale Dell Fell Field Glade Grange Haven Heath Heron Hollow
Kestrel Lark Linnet Marsh Meadow Mill Moss Orchard Otter Plover Ridge River Sorrel Spring Stone Swallow Tern
Teal Vale Warren Wren Lapwing
""")
_ENDS = _words("""
field bank view mere croft wood side well brook hurst ley combe gate holme dene shaw ridge ford lea mount
""")
_HOUSES = _words("""
House Lodge Cottage View Grange Farm Place Rise Court Villa Corner Hall
""")
_SUPPORTED = _words("""
Court Mews Flats House Lodgings Project Terrace Rooms Foyer Yard
""")
_AGENCIES = ("Fostering", "Foster Care", "Families", "Fostering Partnership", "Foster Homes")
_COMPANIES = ("Care", "Children's Homes", "Residential", "Young People's Services", "Homes", "Support")
_STREETS = _words("""
Road Street Avenue Lane Drive Close Grove Way Terrace Crescent
""")

LOCAL_PHONES = "0151 496 0"  # Ofcom keeps 0151 496 0000 to 0999 and 01632 960000 to 960999 for fiction
OTHER_PHONES = "01632 960"


class Names:
    """Gives names out, each of a kind once."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._taken: dict[str, int] = {}
        self._phones = [0, 0]

    def house(self, supported: bool = False) -> str:
        """A children's home or a supported setting."""
        return self._once(f"{self._place()} {self._chance.pick(_SUPPORTED if supported else _HOUSES)}")

    def agency(self) -> str:
        """A fostering agency."""
        return self._once(f"{self._place()} {self._chance.pick(_AGENCIES)}")

    def company(self) -> str:
        """An owner of homes."""
        return self._once(f"{self._place()} {self._chance.pick(_COMPANIES)}")

    def carers(self) -> str:
        """A fostering household: one or two carers."""
        first, surname = self._chance.pick(ADULTS), surname_of(self._chance)
        if self._chance.happens(0.35):
            return self._once(f"{first} {surname}")
        second = self._chance.pick([name for name in ADULTS if name != first])
        return self._once(f"{first} and {second} {surname}")

    def street(self) -> str:
        """The first line of an address."""
        return f"{self._chance.randint(1, 190)} {self._place()} {self._chance.pick(_STREETS)}"

    def phone(self, out_of_hours: bool = False) -> str:
        """The next number of those that are kept for fiction; a large team uses each more than once."""
        self._phones[out_of_hours] += 1
        return f"{OTHER_PHONES if out_of_hours else LOCAL_PHONES}{self._phones[out_of_hours] % 1000:03}"

    def _place(self) -> str:
        stem, end = self._chance.pick(_STEMS), self._chance.pick(_ENDS)
        return stem if stem.casefold() == end or self._chance.happens(0.15) else stem + end

    def _once(self, name: str) -> str:
        times = self._taken[name] = self._taken.get(name, 0) + 1
        return name if times == 1 else f"{name} {times}"


def surname_of(chance: Chance) -> str:
    """A surname as it is written."""
    return chance.pick(SURNAMES).replace("_", " ")


def person(chance: Chance) -> str:
    """A grown-up's first name and surname."""
    return f"{chance.pick(ADULTS)} {surname_of(chance)}"


def mail_of(name: str) -> str:
    """The mailbox for referrals of an organisation that does not exist."""
    return f"referrals@{''.join(letter for letter in name.casefold() if letter.isascii() and letter.isalnum())}.example"
