"""What is often written for a date and is no EDTF: 12/2021, March 2021, the 2010s; and what was likely meant by it.

It is asked, never taken: whether what is refused was meant so, and whether words can belong to the EDTF beside them.
"""

import re

from armsdb.lib import dates

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTH = rf"(?P<word>{'|'.join(MONTHS)})[a-z]*\.?"
YEAR = r"(?P<year>\d{4})"

#: What is often written for a date, and the parts of it; what stays unclear, such as 1/2/2021, is not here.
OFTEN = [
    re.compile(shape, re.IGNORECASE | re.ASCII)
    for shape in (
        rf"{YEAR}[-./](?P<month>\d\d?)(?:[-./](?P<day>\d\d?))?",
        rf"(?P<month>\d\d?)[-./]{YEAR}",
        rf"(?:(?P<day>\d\d?)(?:st|nd|rd|th)?\ )?{MONTH},?\ {YEAR}",
        rf"{MONTH}\ (?P<day>\d\d?)(?:st|nd|rd|th)?,?\ {YEAR}",
        rf"(?P<about>about|around|circa|ca\.?|c\.)\ ?{YEAR}",
        rf"{YEAR}(?:\ to\ |\ ?[-–]\ ?)(?P<last>\d{{4}})",
        r"(?:the\ )?(?P<year>\d{3})0s",
    )
]


#: What is written before a date that has one side alone.
ONE_SIDE = re.compile(r"(?:(?P<since>since|from)|until|up\ to|by)\ (?P<date>.+)", re.IGNORECASE)


#: What words put before a date without telling another one.
HEDGE = re.compile(r"^(?:(?:perhaps|probably|in|on|early|late|mid)[ -])+", re.IGNORECASE)


def meant(written: str) -> str:
    """Guess which EDTF was meant, for a question to whoever wrote it; nothing where that is unclear."""
    found = ONE_SIDE.fullmatch(written)
    if not found:
        return _plain(written)
    date = _plain(found["date"]) or _sound(found["date"])
    if "/" in date:
        return ""
    return _sound(f"{date}/.." if found["since"] else f"../{date}") if date else ""


def contradicting(value: dates.VagueDate) -> str:
    """The EDTF that the words of a date seem to mean, where no day of it is one of the date; else nothing."""
    bare = HEDGE.sub("", value.text)
    told = meant(bare) or _sound(bare)
    if not told:
        return ""
    other = dates.parse(told)
    ends_before = other.latest and value.earliest and other.latest < value.earliest
    begins_after = other.earliest and value.latest and other.earliest > value.latest
    return told if ends_before or begins_after else ""


def _plain(written: str) -> str:
    found = next((match for shape in OFTEN if (match := shape.fullmatch(written))), None)
    if not found:
        return ""
    part = found.groupdict()
    edtf: str = part["year"] + ("X" if len(part["year"]) == 3 else "")
    month = MONTHS.index(part["word"].lower()) + 1 if part.get("word") else int(part.get("month") or 0)
    edtf += f"-{month:02}" if month else ""
    edtf += f"-{int(part['day']):02}" if part.get("day") else ""
    edtf += "~" if part.get("about") else ""
    return _sound(f"{edtf}/{part['last']}" if part.get("last") else edtf)


def _sound(edtf: str) -> str:
    try:
        return dates.parse(edtf).edtf
    except dates.DateError:
        return ""
