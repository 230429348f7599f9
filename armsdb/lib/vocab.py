"""Vocabularies: the closed lists of words that records, filters, pages and the API share.

Values are lower-case words with hyphens and are part of the API's contract: a value may be added, never renamed.
"""

# TextChoices is an enum with labels; it touches no database.
from django.db.models.enums import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """What the public sees of a record: only published ones; 410 for withdrawn, 308 for merged ones."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")
    MERGED = "merged", _("merged")


class Grade(TextChoices):
    """How a fact is known, surest first (lib.evidence has the rule)."""

    DOCUMENTED = "documented", _("documented")
    CORROBORATED = "corroborated", _("corroborated")
    REPORTED = "reported", _("reported")
    ALLEGED = "alleged", _("alleged")
    DISPUTED = "disputed", _("disputed")


class OrganisationKind(TextChoices):
    COMPANY = "company", _("company")
    STATE_CONGLOMERATE = "state-conglomerate", _("state conglomerate")
    PLANT = "plant", _("plant")
    ARMED_FORCE = "armed-force", _("armed force")
    GOVERNMENT_BODY = "government-body", _("government body")
    ARMED_GROUP = "armed-group", _("armed group")
    INTERGOVERNMENTAL_BODY = "intergovernmental-body", _("intergovernmental body")
    GROUP_OF_STATES = "group-of-states", _("group of states")
    POLITICAL_PARTY = "political-party", _("political party")
    NGO = "ngo", _("non-governmental organisation")
    NEWS_OUTLET = "news-outlet", _("news outlet")
    RESEARCH_BODY = "research-body", _("research body")
    NOT_STATED = "not-stated", _("kind not stated")


#: The kinds whose page and API address stand under companies/.
COMPANY_KINDS = frozenset({OrganisationKind.COMPANY, OrganisationKind.STATE_CONGLOMERATE, OrganisationKind.PLANT})

#: The kinds that are no part of a state: a transfer to one of them alone is not to a government.
NON_STATE_KINDS = COMPANY_KINDS | {
    OrganisationKind.ARMED_GROUP,
    OrganisationKind.POLITICAL_PARTY,
    OrganisationKind.NGO,
    OrganisationKind.NEWS_OUTLET,
    OrganisationKind.RESEARCH_BODY,
}


class AliasKind(TextChoices):
    OTHER = "other", _("other name")
    FORMER = "former", _("former name")
    NATIVE = "native", _("native script")
    TRANSLITERATION = "transliteration", _("transliteration")
    MISSPELLING = "misspelling", _("misspelling")
    ACRONYM = "acronym", _("acronym")
    WEAK = "weak", _("name that others share")


class Category(TextChoices):
    """The seven categories of the UN Register of Conventional Arms, and ours where the Register has none."""

    BATTLE_TANKS = "battle-tanks", _("battle tanks")
    ARMOURED_COMBAT_VEHICLES = "armoured-combat-vehicles", _("armoured combat vehicles")
    LARGE_CALIBRE_ARTILLERY = "large-calibre-artillery", _("large-calibre artillery")
    COMBAT_AIRCRAFT = "combat-aircraft", _("combat aircraft")
    ATTACK_HELICOPTERS = "attack-helicopters", _("attack helicopters")
    WARSHIPS = "warships", _("warships")
    MISSILES_AND_LAUNCHERS = "missiles-and-launchers", _("missiles and launchers")
    SMALL_ARMS = "small-arms", _("small arms and light weapons")
    MUNITIONS = "munitions", _("munitions")
    PARTS_AND_SENSORS = "parts-and-sensors", _("parts and sensors")
    SERVICES_AND_TRAINING = "services-and-training", _("services and training")
    OTHER = "other", _("other military equipment")


#: Roman numerals of the UN Register, for the categories that are the Register's own.
UN_REGISTER = {
    Category.BATTLE_TANKS: "I",
    Category.ARMOURED_COMBAT_VEHICLES: "II",
    Category.LARGE_CALIBRE_ARTILLERY: "III",
    Category.COMBAT_AIRCRAFT: "IV",
    Category.ATTACK_HELICOPTERS: "V",
    Category.WARSHIPS: "VI",
    Category.MISSILES_AND_LAUNCHERS: "VII",
}


class SipriCategory(TextChoices):
    """The armament categories of the SIPRI Arms Transfers Database."""

    AIRCRAFT = "aircraft", _("aircraft")
    AIR_DEFENCE_SYSTEMS = "air-defence-systems", _("air defence systems")
    ARMOURED_VEHICLES = "armoured-vehicles", _("armoured vehicles")
    ARTILLERY = "artillery", _("artillery")
    ENGINES = "engines", _("engines")
    MISSILES = "missiles", _("missiles")
    NAVAL_WEAPONS = "naval-weapons", _("naval weapons")
    SATELLITES = "satellites", _("satellites")
    SENSORS = "sensors", _("sensors")
    SHIPS = "ships", _("ships")
    OTHER = "other", _("other")


class Known(TextChoices):
    """What is known of one side of a transfer."""

    COUNTRY = "country", _("a country")
    ORGANISATION = "organisation", _("an organisation")
    GROUP_OF_STATES = "group-of-states", _("a group of states")
    UNKNOWN = "unknown", _("not known")


class Nature(TextChoices):
    SALE = "sale", _("sale")
    AID = "aid", _("aid")
    BUY_BACK = "buy-back", _("buy-back")
    RETURN = "return", _("return")
    RE_EXPORT = "re-export", _("re-export")
    LICENSED_PRODUCTION = "licensed-production", _("licensed production")
    PARTS = "parts", _("parts")
    SERVICES_AND_TRAINING = "services-and-training", _("services and training")
    BARTER = "barter", _("barter")
    BACKING = "backing", _("backing")
    NOT_STATED = "not-stated", _("not stated")


class Status(TextChoices):
    NEGOTIATED = "negotiated", _("negotiated")
    ORDERED = "ordered", _("ordered")
    IN_DELIVERY = "in-delivery", _("in delivery")
    DELIVERED = "delivered", _("delivered")
    HALTED = "halted", _("halted")
    CANCELLED = "cancelled", _("cancelled")
    UNKNOWN = "unknown", _("unknown")


class Condition(TextChoices):
    NEW = "new", _("new")
    SECOND_HAND = "second-hand", _("second hand")
    SECOND_HAND_MODERNISED = "second-hand-modernised", _("second hand but modernised")


class CompanyRole(TextChoices):
    PRODUCER = "producer", _("producer")
    EXPORTER = "exporter", _("exporter")
    BROKER = "broker", _("broker")
    SUPPLIER = "supplier", _("supplier (how is not stated)")
    BUYER = "buyer", _("buyer")
    CONSIGNEE = "consignee", _("consignee")
    MAINTAINER = "maintainer", _("maintainer")


class ValueBasis(TextChoices):
    """What a sum of money stands for; sums of different bases are never added."""

    CONTRACT = "contract", _("contract")
    CUSTOMS = "customs", _("customs")
    PAID = "paid", _("paid")
    DELIVERED = "delivered", _("delivered")
    LIST_PRICE = "list-price", _("list price")
    BUDGET = "budget", _("budget")
    ESTIMATE = "estimate", _("estimate")


class SanctionKind(TextChoices):
    SANCTIONS = "sanctions", _("sanctions")
    ARMS_EMBARGO = "arms-embargo", _("arms embargo")
    DELISTING = "delisting", _("delisting")


class EventKind(TextChoices):
    COUP = "coup", _("coup")
    VISIT = "visit", _("visit")
    PARADE = "parade", _("parade")
    MEETING = "meeting", _("meeting")
    STATEMENT = "statement", _("statement")
    OFFENSIVE = "offensive", _("offensive")
    ELECTION = "election", _("election")
    PROTEST = "protest", _("protest")
    REPORT = "report", _("report")
    EXHIBITION = "exhibition", _("exhibition")
    AWARD = "award", _("award")
    RENAMING = "renaming", _("renaming")
    ACCUSATION = "accusation", _("accusation")
    WAR = "war", _("war")
    OTHER = "other", _("other")


class EventStatus(TextChoices):
    REPORTED = "reported", _("reported")
    EXPECTED = "expected", _("expected")


class SourceKind(TextChoices):
    NEWS_ARTICLE = "news-article", _("news article")
    ANALYSIS = "analysis", _("analysis")
    INTERVIEW = "interview", _("interview")
    OFFICIAL_REPORT = "official-report", _("official report")
    DATASET = "dataset", _("dataset")
    CUSTOMS_RECORD = "customs-record", _("customs record")
    PRESS_RELEASE = "press-release", _("press release")
    STATEMENT = "statement", _("statement")
    FOOTAGE = "footage", _("footage")
    CAMPAIGN_REPORT = "campaign-report", _("report of a campaign group")


class Stance(TextChoices):
    SUPPORTS = "supports", _("supports")
    DENIES = "denies", _("denies")
    QUESTIONS = "questions", _("questions")


class Basis(TextChoices):
    """What a passage rests on. A conjecture is the teller's own: it is alleged at most."""

    OFFICIAL_DOCUMENT = "official-document", _("official document")
    CUSTOMS_RECORD = "customs-record", _("customs record")
    OFFICIAL_STATEMENT = "official-statement", _("official statement")
    NAMED_EXPERT = "named-expert", _("named expert")
    CAMPAIGN_GROUP = "campaign-group", _("campaign group")
    UNNAMED_SOURCE = "unnamed-source", _("unnamed source")
    FOOTAGE = "footage", _("footage")
    REPORTING = "reporting", _("reporting")
    REGISTER = "register", _("register")
    CONJECTURE = "conjecture", _("conjecture")


#: The licence of our own data: entities, sources, and what we say of them.
OWN_LICENCE = "CC BY 4.0"


class Terms(TextChoices):
    """What may be done with a dataset's rows."""

    OPEN = "open", _("open: may be passed on")
    QUOTE = "quote", _("quote: under a tenth, without commerce")
    CLOSED = "closed", _("closed: may not be passed on")


class Verb(TextChoices):
    """What an editor can propose to do with a record."""

    CHANGE = "change", _("change")
    PUBLISH = "publish", _("publish")
    WITHDRAW = "withdraw", _("withdraw")
    MERGE = "merge", _("merge")


class Verdict(TextChoices):
    """Whether two lines tell of one delivery: nobody has compared them yet, or what an editor found."""

    OPEN = "open", _("may be one delivery")
    SAME = "same", _("one delivery")
    DIFFERENT = "different", _("different deliveries")


class Decision(TextChoices):
    """What became of a proposal."""

    WAITING = "waiting", _("waiting")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    TAKEN_BACK = "taken-back", _("taken back")
