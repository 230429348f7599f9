"""Currencies: the codes of ISO 4217 with their names, and how people write them; which of several is never guessed."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from armsdb.lib.numbers import NumberError
from armsdb.lib.text import quoted

#: Code and name, as it stands after a number. Names are in English, as those of countries are.
NAMES = {
    "AED": "UAE dirhams",
    "AFN": "Afghan afghanis",
    "ALL": "Albanian lek",
    "AMD": "Armenian drams",
    "ANG": "Netherlands Antillean guilders",
    "AOA": "Angolan kwanzas",
    "ARS": "Argentine pesos",
    "AUD": "Australian dollars",
    "AWG": "Aruban florins",
    "AZN": "Azerbaijani manats",
    "BAM": "Bosnian convertible marks",
    "BBD": "Barbadian dollars",
    "BDT": "Bangladeshi takas",
    "BGN": "Bulgarian leva",
    "BHD": "Bahraini dinars",
    "BIF": "Burundian francs",
    "BMD": "Bermudian dollars",
    "BND": "Brunei dollars",
    "BOB": "Bolivian bolivianos",
    "BRL": "Brazilian reais",
    "BSD": "Bahamian dollars",
    "BTN": "Bhutanese ngultrums",
    "BWP": "Botswanan pulas",
    "BYN": "Belarusian roubles",
    "BZD": "Belize dollars",
    "CAD": "Canadian dollars",
    "CDF": "Congolese francs",
    "CHF": "Swiss francs",
    "CLP": "Chilean pesos",
    "CNY": "Chinese yuan",
    "COP": "Colombian pesos",
    "CRC": "Costa Rican colones",
    "CUP": "Cuban pesos",
    "CVE": "Cape Verdean escudos",
    "CZK": "Czech korunas",
    "DJF": "Djiboutian francs",
    "DKK": "Danish kroner",
    "DOP": "Dominican pesos",
    "DZD": "Algerian dinars",
    "EGP": "Egyptian pounds",
    "ERN": "Eritrean nakfas",
    "ETB": "Ethiopian birr",
    "EUR": "euros",
    "FJD": "Fijian dollars",
    "FKP": "Falkland Islands pounds",
    "GBP": "pounds sterling",
    "GEL": "Georgian laris",
    "GHS": "Ghanaian cedis",
    "GIP": "Gibraltar pounds",
    "GMD": "Gambian dalasis",
    "GNF": "Guinean francs",
    "GTQ": "Guatemalan quetzals",
    "GYD": "Guyanese dollars",
    "HKD": "Hong Kong dollars",
    "HNL": "Honduran lempiras",
    "HTG": "Haitian gourdes",
    "HUF": "Hungarian forints",
    "IDR": "Indonesian rupiahs",
    "ILS": "Israeli shekels",
    "INR": "Indian rupees",
    "IQD": "Iraqi dinars",
    "IRR": "Iranian rials",
    "ISK": "Icelandic kronur",
    "JMD": "Jamaican dollars",
    "JOD": "Jordanian dinars",
    "JPY": "Japanese yen",
    "KES": "Kenyan shillings",
    "KGS": "Kyrgyz soms",
    "KHR": "Cambodian riels",
    "KMF": "Comorian francs",
    "KPW": "North Korean won",
    "KRW": "South Korean won",
    "KWD": "Kuwaiti dinars",
    "KYD": "Cayman Islands dollars",
    "KZT": "Kazakhstani tenge",
    "LAK": "Lao kip",
    "LBP": "Lebanese pounds",
    "LKR": "Sri Lankan rupees",
    "LRD": "Liberian dollars",
    "LSL": "Lesotho maloti",
    "LYD": "Libyan dinars",
    "MAD": "Moroccan dirhams",
    "MDL": "Moldovan lei",
    "MGA": "Malagasy ariary",
    "MKD": "Macedonian denars",
    "MMK": "Myanmar kyats",
    "MNT": "Mongolian tugriks",
    "MOP": "Macanese patacas",
    "MRU": "Mauritanian ouguiyas",
    "MUR": "Mauritian rupees",
    "MVR": "Maldivian rufiyaa",
    "MWK": "Malawian kwachas",
    "MXN": "Mexican pesos",
    "MYR": "Malaysian ringgits",
    "MZN": "Mozambican meticals",
    "NAD": "Namibian dollars",
    "NGN": "Nigerian nairas",
    "NIO": "Nicaraguan cordobas",
    "NOK": "Norwegian kroner",
    "NPR": "Nepalese rupees",
    "NZD": "New Zealand dollars",
    "OMR": "Omani rials",
    "PAB": "Panamanian balboas",
    "PEN": "Peruvian soles",
    "PGK": "Papua New Guinean kina",
    "PHP": "Philippine pesos",
    "PKR": "Pakistani rupees",
    "PLN": "Polish zlotys",
    "PYG": "Paraguayan guaranis",
    "QAR": "Qatari riyals",
    "RON": "Romanian lei",
    "RSD": "Serbian dinars",
    "RUB": "Russian roubles",
    "RWF": "Rwandan francs",
    "SAR": "Saudi riyals",
    "SBD": "Solomon Islands dollars",
    "SCR": "Seychellois rupees",
    "SDG": "Sudanese pounds",
    "SEK": "Swedish kronor",
    "SGD": "Singapore dollars",
    "SHP": "Saint Helena pounds",
    "SLE": "Sierra Leonean leones",
    "SOS": "Somali shillings",
    "SRD": "Surinamese dollars",
    "SSP": "South Sudanese pounds",
    "STN": "Sao Tomean dobras",
    "SVC": "Salvadoran colones",
    "SYP": "Syrian pounds",
    "SZL": "Swazi emalangeni",
    "THB": "Thai baht",
    "TJS": "Tajikistani somonis",
    "TMT": "Turkmenistani manats",
    "TND": "Tunisian dinars",
    "TOP": "Tongan paanga",
    "TRY": "Turkish liras",
    "TTD": "Trinidad and Tobago dollars",
    "TWD": "New Taiwan dollars",
    "TZS": "Tanzanian shillings",
    "UAH": "Ukrainian hryvnias",
    "UGX": "Ugandan shillings",
    "USD": "US dollars",
    "UYU": "Uruguayan pesos",
    "UZS": "Uzbekistani soms",
    "VES": "Venezuelan bolivars",
    "VND": "Vietnamese dong",
    "VUV": "Vanuatu vatu",
    "WST": "Samoan tala",
    "XAF": "Central African CFA francs",
    "XCD": "East Caribbean dollars",
    "XCG": "Caribbean guilders",
    "XOF": "West African CFA francs",
    "XPF": "CFP francs",
    "YER": "Yemeni rials",
    "ZAR": "South African rand",
    "ZMW": "Zambian kwachas",
    "ZWG": "Zimbabwean gold",
    # no longer in use, though records tell of them
    "ATS": "Austrian schillings",
    "BEF": "Belgian francs",
    "CSK": "Czechoslovak korunas",
    "DDM": "East German marks",
    "DEM": "German marks",
    "ESP": "Spanish pesetas",
    "FIM": "Finnish markkas",
    "FRF": "French francs",
    "GRD": "Greek drachmas",
    "HRK": "Croatian kunas",
    "IEP": "Irish pounds",
    "ITL": "Italian liras",
    "NLG": "Dutch guilders",
    "PTE": "Portuguese escudos",
    "SKK": "Slovak korunas",
    "SUR": "Soviet roubles",
    "YUM": "Yugoslav dinars",
    "ZWL": "Zimbabwean dollars",
}

#: Ways of writing one currency that can be no other.
WORDS = {name.lower(): code for code, name in NAMES.items()} | {
    "us$": "USD",
    "u.s. dollars": "USD",
    "united states dollars": "USD",
    "american dollars": "USD",
    "€": "EUR",
    "british pounds": "GBP",
    "kyats": "MMK",
    "renminbi": "CNY",
    "roubles": "RUB",
    "rubles": "RUB",
    "russian rubles": "RUB",
    "soviet rubles": "SUR",
    "belarusian rubles": "BYN",
    "shekels": "ILS",
    "new shekels": "ILS",
    "yen": "JPY",
    "yuan": "CNY",
}

#: Ways of writing that several currencies share, with the codes of some of them.
SHARED = {
    "$": ("USD", "AUD", "CAD"),
    "dollars": ("USD", "AUD", "CAD"),
    "£": ("GBP", "EGP", "SYP"),
    "pounds": ("GBP", "EGP", "SYP"),
    "¥": ("CNY", "JPY"),
    "won": ("KRW", "KPW"),
    "rupees": ("INR", "PKR", "LKR"),
    "dinars": ("KWD", "IQD", "RSD"),
    "dirhams": ("AED", "MAD"),
    "francs": ("CHF", "XAF", "FRF"),
    "kroner": ("DKK", "NOK"),
    "kronor": ("SEK",),
    "korunas": ("CZK", "CSK"),
    "lei": ("RON", "MDL"),
    "liras": ("TRY", "ITL"),
    "lira": ("TRY", "ITL"),
    "marks": ("DEM", "DDM", "BAM"),
    "pesos": ("MXN", "PHP", "ARS"),
    "rials": ("IRR", "OMR", "YER"),
    "riyals": ("SAR", "QAR"),
    "shillings": ("KES", "UGX", "TZS"),
}

#: The names of what the signs stand for, where a code beside them says which.
SIGNS = {"$": "dollars", "£": "pounds"}


def _written(words: Iterable[str]) -> re.Pattern[str]:
    """Any of these as a word of its own, the longest that fits, an s at the end or not."""
    shapes = (re.escape(word) + ("?" if word.endswith("s") else "") for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(shapes)})(?![^\W\d_])", re.IGNORECASE)


CODE = re.compile(r"(?<![^\W\d_])[A-Z]{3}(?![^\W\d_])")
WORD = _written(WORDS)
SHARED_WORD = _written(SHARED)


def take(text: str) -> tuple[str, str]:
    """Take the currency out of a sum: give its code, and the rest; raise NumberError unless it is one, for certain."""
    found: set[str] = set()

    def word(match: re.Match[str]) -> str:
        found.add(_meaning(match[0], WORDS))
        return " "

    def code(match: re.Match[str]) -> str:
        if match[0] not in NAMES:
            raise NumberError(
                _("%(code)s is not the code of a currency; a code is such as USD or EUR.") % {"code": quoted(match[0])}
            )
        found.add(match[0])
        return " "

    rest = CODE.sub(code, WORD.sub(word, text))
    if len(found) > 1:
        raise NumberError(_("A sum has one currency, not several: %(codes)s.") % {"codes": ", ".join(sorted(found))})
    shared = SHARED_WORD.search(rest)
    if not found:
        raise (
            _which(shared[0])
            if shared
            else NumberError(
                _("A sum of money needs its currency, as a code in capital letters: at least 24 million USD.")
            )
        )
    (currency,) = found
    return currency, SHARED_WORD.sub(lambda match: " " if _agrees(match[0], currency) else match[0], rest)


def _meaning(written: str, words: Mapping[str, Any]) -> Any:
    written = written.lower()
    return words[written] if written in words else words[f"{written}s"]


def _agrees(written: str, currency: str) -> bool:
    """Whether a word that several currencies share says no other than this one."""
    word = written.lower()
    return currency in _meaning(word, SHARED) or NAMES[currency].endswith((SIGNS.get(word, word), f"{word}s"))


def _which(written: str) -> NumberError:
    codes = [f"{code} ({NAMES[code]})" for code in _meaning(written, SHARED)]
    return NumberError(
        _("%(written)s does not say which currency; write its code, such as %(codes)s.")
        % {"written": quoted(written), "codes": ", ".join(codes)}
    )
