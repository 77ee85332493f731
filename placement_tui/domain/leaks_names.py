"""Names and initials in a text: as they are written, split, spaced out, shouted, misspelt, or shortened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from placement_tui.domain.leaks_seen import APOSTROPHE, BREAK, JOINED, LINE, SPACE, Seen, fold_word, listed

Span = tuple[int, int]
# Words that are also names: with a small letter they are words.
ORDINARY = listed(
    """able abbey amber angel april archer art ash august autumn baker banks barber bay bell berry bill bird bishop
    black blessing blue bob bond bridge brook brooks brown buck bush butcher carol carter chance charity chase chip
    christian clay clement cliff comfort cook cooper crane crystal dale daisy dawn day dean drew dusty earl east eve
    faith farmer fern fisher fleet flower ford forest fox frank frost gale gay gene ginger glade glen grace grant
    gray green guy hale hall hardy harmony hazel heath heather hill holly honey hope hunt hunter iris ivy jack jade
    jasmine jay jean jewel jolly joy june justice king knight lake lamb lance lane law lee leigh lily little long
    love mark marsh mason max may melody mercy mile miles mill miller moore moss ned nick nina noble norm north
    olive olives page paige parish park parker patience patient peace pearl penny pepper piper poppy porter potter
    precious price prince pride queen rain ray read reed rich rivers river rob robin rock rod rose rowan ruby rusty
    sage sandy savage sharp shepherd short skip sky smart smith south spring star stone storm sue summer summers
    swift taylor temple terry trinity tucker tuesday turner victor violet wade walker ward waters weaver west white
    wild will winter wise wolf wood woods wren young zen so an do he me my be no or"""
)
# Words too common to be half of a name that was split.
COMMON = listed(
    """a about after all also am an and any are as at be because been before best but by can car come could day did do
    does down each even every family far few for from get go good had has have he help her here him his home how i
    if in into is it its just know last let life like likes little long look made make man may me more most much
    must my need never new no not now of off often old on one only or other our out over own part play ran rest run
    said same say school see she should so some son still such take than that the their them then there these they
    thing this time to too two under up us use very want was way we well were what when where which while who will
    with would year you your"""
)
# What two capitals mean oftener than a child.
SHORT_FORMS = listed(
    """ad ai am as at be bt by cd cp cv dj do dr dv eu ex fc fm go gp he hr id if in iq is it ks la ld me mh ms my no
    oh ok on or os pa pc pe pm pr ps re sa se so sw to tv uk up us vr we wc xl"""
)
_MINOR = listed("""and the of de da van von der al el bin la le mc mac o""")
_NOT_SHORT = listed(
    """and the her his she him had has can may mar mum mam dad nan gran all any not now new old one for from but car man men per
    pro tea ten van was will came con pet mat art bar cat dog fat hat jam lad leg met net pan ran sad tan back then this there
    sun mon tue wed thu fri sat jan feb apr jun jul aug sep oct nov dec january february march april june july august
    september october november december monday tuesday wednesday thursday friday saturday sunday christmas easter
    english welsh northern southern eastern western"""
)
_SAYS = (
    "is was has had likes loves enjoys can does will would needs wants lives says said goes gets feels finds responds "
    "struggles attends presents may might could should thinks hates asks told tells went came moved became wishes"
)
_ONE = re.compile(rf"(?<![\w.'’&-])([B-HJ-Z])(?:['’]s\b|\.?\s+(?=(?:{'|'.join(_SAYS.split())})\b))")
_LETTERED = re.compile(
    r"\b(?:vitamin|hepatitis|category|level|grade|class|group|block|plan|type|stage|size)\s+$", re.IGNORECASE
)
_SOUNDS = ((re.compile("ph"), "f"), (re.compile("ck|c(?=[aoulrkt]|$)|q"), "k"), (re.compile("ie|ei|ey|ea|ee|y|i"), "i"),
           (re.compile(r"(.)\1+"), r"\1"), (re.compile("(?<=.)h"), ""), (re.compile("[ao]u|ou?"), "o"), (re.compile("ae|a"), "a"))  # fmt: skip


def tokens(name: str) -> tuple[str, ...]:
    """The parts of a name that may give somebody away; what joins two names is none."""
    found = []
    for part in re.split(r"[\s,/&()_-]+", name):
        plain = fold_word(part)
        if len(plain) > 1 and plain not in _MINOR and plain not in ("mr", "mrs", "ms", "miss", "dr"):
            found.append(plain)
        # O'Hare is also called Hare
        if (half := re.split("['’]", part)[-1]) != part and len(half) > 3:
            found.append(fold_word(half))
    return tuple(dict.fromkeys(found))


def find_name(seen: Seen, name: str) -> Iterator[Span]:
    """Where a name or a part of it stands, in any spelling."""
    parts = tokens(name)
    whole = fold_word(name)
    if len(parts) > 1:
        pairs = (one + other for one, other in pairwise(parts))
        for joined in {whole, "".join(reversed(parts)), parts[0] + parts[-1], *pairs}:
            if len(joined) > 6:
                yield from (each for each in _everywhere(seen, joined) if _joined(seen, *each))
    for part in parts:
        yield from _whole(seen, part)
    yield from _nearly(seen, parts)
    yield from _figured(seen, parts)


def find_phrase(seen: Seen, phrase: str) -> Iterator[Span]:
    """Where a name of several words stands as a whole: a home's, a street's."""
    whole = fold_word(phrase)
    if len(whole) > 3:
        for start, end in _everywhere(seen, whole):
            if seen.begins(start) and seen.ends(end, True) and (len(whole) > 6 or seen.capital[start]):
                yield start, end


def find_initials(seen: Seen, initials: str) -> Iterator[Span]:
    """Where somebody's initials stand: KJ, K.J., K J, k.j."""
    plain = fold_word(initials)
    if len(plain) < 2:
        return
    for start, end in _everywhere(seen, plain):
        if not (seen.begins(start) and seen.ends(end, True)) or (start and not seen.gaps[start]):
            continue
        if end < len(seen.folded) and not seen.gaps[end] and seen.folded[end].isdigit():
            continue  # the beginning of a postcode
        inner = [seen.gaps[place] for place in range(start + 1, end)]
        big = all(seen.capital[place] for place in range(start, end))
        if not any(inner):
            if big and (plain not in SHORT_FORMS) and not _word_of_capitals(seen, start, end):
                yield start, end
        elif all(inner):
            dotted = all(gap in (JOINED, BREAK) for gap in inner)
            if dotted and plain in ("am", "pm", "eg", "ie") and not big:
                continue
            after_figure = start > 0 and seen.folded[start - 1].isdigit()
            if big or (dotted and not after_figure and _followed_by_dot(seen, end)):
                yield start, end


def find_full(seen: Seen, initials: str) -> Iterator[Span]:
    """Where words that begin with somebody's initials stand together as a name does: `Kieran Jones` for KJ."""
    plain = fold_word(initials)
    if len(plain) < 2:
        return
    words = seen.words
    for at in range(len(words) - len(plain) + 1):
        run = words[at : at + len(plain)]
        if run[0].text[0] != plain[0] or not seen.capital[run[0].start]:
            continue
        if all(
            len(word.text) > 2
            and word.text[0] == letter
            and seen.capital[word.start]
            and word.text not in COMMON
            and (word is run[0] or seen.gaps[word.start] in (SPACE, LINE))
            for word, letter in zip(run, plain, strict=True)
        ) and seen.named(run[1].start):
            yield run[0].start, run[-1].end


def find_letter(seen: Seen, initials: str) -> Iterator[Span]:
    """Where a first initial stands for the child: `K is`, `K's`. Spans are of `flat`."""
    first = fold_word(initials)[:1]
    for match in _ONE.finditer(seen.flat):
        if match[1].casefold() == first and not _LETTERED.search(seen.flat, max(0, match.start() - 12), match.start()):
            yield match.span(1)


def _everywhere(seen: Seen, plain: str) -> Iterator[Span]:
    start = seen.folded.find(plain)
    while start >= 0:
        yield start, start + len(plain)
        start = seen.folded.find(plain, start + 1)


def _whole(seen: Seen, part: str) -> Iterator[Span]:
    for start, end in _everywhere(seen, part):
        if not (seen.begins(start) and seen.ends(end, len(part) > 2)):
            continue
        pieces = seen.pieces(start, end)
        if len(pieces) == 1:
            if seen.capital[start] or (len(part) > 2 and part not in ORDINARY):
                yield start, end
        elif _split(seen, part, pieces, start, end):
            yield start, end


def _split(seen: Seen, part: str, pieces: list[str], start: int, end: int) -> bool:
    """True where a name is taken apart, and the pieces are not simply words that follow each other."""
    gaps = [seen.gaps[place] for place in range(start + 1, end) if seen.gaps[place] > APOSTROPHE]
    if len(pieces) == len(part):
        return len(part) > 2 or bool(seen.capital[start])
    if all(piece in COMMON or piece in ORDINARY for piece in pieces):
        return False
    if all(gap == JOINED for gap in gaps) or (LINE in gaps and set(gaps) <= {LINE, JOINED}):
        return len(part) > 3 or bool(seen.capital[start])
    if BREAK in gaps:
        return False
    return SPACE in gaps and (len(part) > 5 or (len(part) > 3 and max(map(len, pieces)) < 3))


def _joined(seen: Seen, start: int, end: int) -> bool:
    return not any(seen.gaps[place] == BREAK for place in range(start + 1, end))


def _word_of_capitals(seen: Seen, start: int, end: int) -> bool:
    """True inside a shouted sentence, where two capitals are any word: their neighbours are capitals too."""
    line = seen.text[max(0, seen.at[start] - 30) : seen.at[end - 1] + 30]
    big, small = sum(map(str.isupper, line)), sum(map(str.islower, line))
    return big > 12 and small == 0 and seen.folded[start:end] in COMMON


def _followed_by_dot(seen: Seen, end: int) -> bool:
    after = seen.at[end - 1] + 1
    return after < len(seen.text) and seen.text[after] in ".·"


# nearly the name


def _figured(seen: Seen, parts: tuple[str, ...]) -> Iterator[Span]:
    """Where figures stand for letters: k1eran, J0nes."""
    for word in seen.words:
        if word.text.isalpha() or not 4 <= len(word.text) <= 24 or word.text.isdigit():
            continue
        for one in "il":
            plain = word.text.translate(str.maketrans("034578", "oeastb")).replace("1", one)
            if any(len(part) > 3 and plain in (part, f"{part}s") for part in parts):
                yield word.start, word.end
                break


def _nearly(seen: Seen, parts: tuple[str, ...]) -> Iterator[Span]:
    long = [part for part in parts if len(part) > 3]
    first = parts[0] if parts else ""
    if not long:
        return
    sounds = {part: sound(part) for part in long}
    for word in seen.words:
        text = word.text
        if not 3 <= len(text) <= 24 or text in COMMON or text in _NOT_SHORT:
            continue
        bare = text[:-1] if text.endswith("s") and len(text) > 4 else text
        named: bool | None = None
        for part in long:
            if bare in parts or text in parts or abs(len(bare) - len(part)) > 2:
                continue
            near = _alike(bare, part)
            if near == 0:
                continue
            if len(part) > 4 and sounds[part] == sound(bare) and part not in ORDINARY and text not in ORDINARY:
                yield word.start, word.end
                break
            if (
                len(part) > 4
                and part not in ORDINARY
                and seen.capital[word.start]
                and text in (f"{part}y", f"{part}ie")
            ):
                yield word.start, word.end
                break
            named = seen.named(word.start) if named is None else named
            if (
                named
                and near <= (1 if len(part) < 9 else 2)
                and len(part) > 4
                and text not in ORDINARY
                and text not in _NOT_SHORT
            ):
                yield word.start, word.end
                break
        else:
            known = text == first or text in _NOT_SHORT or text in ORDINARY
            if len(first) > 3 and not known and seen.capital[word.start] and _short_for(text, first):
                yield word.start, word.end


def _short_for(word: str, first: str) -> bool:
    stem = re.sub("(ie|ey|y|i|s)$", "", word)
    stem = stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else stem
    return len(stem) > 2 and first.startswith(stem) and len(word) <= len(first) + 1


@lru_cache(maxsize=8192)
def sound(word: str) -> str:
    """A word by its sound, roughly: doubled letters once, ph as f, y as i."""
    for pattern, put in _SOUNDS:
        word = pattern.sub(put, word)
    return re.sub(r"(.)\1+", r"\1", word)


@lru_cache(maxsize=65536)
def _alike(one: str, other: str) -> int:
    """Letters to be put in, left out, changed or swapped until two words are the same; 3 stands for more than two."""
    if len(set(one) ^ set(other)) > 4:
        return 3
    rows: list[list[int]] = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, wanted in enumerate(other, 1):
            best = min(rows[-1][j] + 1, row[j - 1] + 1, rows[-1][j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return min(3, rows[-1][-1])
