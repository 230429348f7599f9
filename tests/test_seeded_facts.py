"""The seed as it stands in the database: grades by the rule, and the facts that are hardest to get right."""

import pytest

from armsdb.models import (
    CITABLE,
    Citation,
    Event,
    Figure,
    Organisation,
    Ownership,
    Role,
    Sanction,
    Transfer,
)

KINDS = (Transfer, Figure, Sanction, Event, Ownership, Role)

#: All that is not just reported.
GRADES = {
    "disputed": {"t46"},
    "documented": {"t12", "t13", "t14", "t17", "t18", "t19", "t20", "t21", "t22", "s06", "e19"},
    "alleged": {"t03", "t04", "t61", "f04", "e20", "e21", "r09"},
}

#: Lines that may tell of one shipment.
OVERLAPS = {
    "t01": {"t02", "t03", "t49"},
    "t06": {"t04", "t26", "t40"},
    "t12": {"t08", "t09", "t11"},
    "t14": {"t15", "t16"},
    "t18": {"t37"},
    "t20": {"t38"},
    "t22": {"t35"},
    "t24": {"t01", "t02", "t03", "t04", "t05", "t06", "t07", "t10"},
    "t30": {"t47"},
    "t31": {"t44", "t61"},
    "t46": {"t47"},
    "t53": {"t31", "t44", "t48"},
}

#: Everybody for whom the checklist has a role: who, a word of the title, of what.
ROLES = [
    ("min-aung-hlaing", "chief general", "myanmar-armed-forces"),
    ("min-aung-hlaing", "army commander", "myanmar-armed-forces"),
    ("min-aung-hlaing", "leader", "myanmar-military-government"),
    ("min-aung-hlaing", "de facto head of government", "myanmar"),
    ("myint-swe", "president", "myanmar"),
    ("alexander-fomin", "deputy defence minister", "russia"),
    ("sergei-chemezov", "chief executive", "rostec"),
    (None, "head", "rosoboronexport"),
    (None, "senior manager", "rosoboronexport"),
    (None, "chief expert", "rosoboronexport"),
    ("tom-andrews", "Special Rapporteur", "united-nations"),
    ("yadanar-maung", "spokesman", "justice-for-myanmar"),
    ("david-mathieson", "independent analyst", None),
    ("jon-grevatt", "Asia-Pacific news chief", "janes"),
    ("kirill-budanov", "head", "main-directorate-of-military-intelligence"),
    ("vladimir-putin", "president", "russia"),
    ("mikhail-gorbachev", "leader", "soviet-union"),
    ("boris-yeltsin", "leader", "russia"),
    ("nikita-khrushchev", "General Secretary", "soviet-union"),
    ("nikolai-bulganin", "Prime Minister", "soviet-union"),
    ("u-nu", "prime minister", "myanmar"),
    ("ne-win", "commander-in-chief", "myanmar-armed-forces"),
    ("ne-win", "head of government", "myanmar"),
    ("ne-win", "head", "myanmar-military-government"),
    ("aung-san-suu-kyi", "leader", "national-league-for-democracy"),
    ("aung-san-suu-kyi", "civilian leader", "myanmar"),
    ("ban-ki-moon", "Secretary-General", "united-nations"),
    ("roman-karmen", "maker of documentary films", "soviet-union"),
]

pytestmark = pytest.mark.usefixtures("seeded")


def _transfer(key: str) -> Transfer:
    return Transfer.objects.get(public_id=f"articles-{key}")


def _key(fact) -> str:
    return fact.public_id.removeprefix("articles-")


# --- every fact


@pytest.mark.parametrize("kind", KINDS)
def test_every_fact_is_public_and_has_a_passage_that_supports_it(kind):
    assert kind.objects.exists()
    assert not kind.objects.exclude(state="published").exists()
    supported = Citation.objects.published().supporting().exclude(locator="").filter(**{f"{kind.TYPE}__isnull": False})
    assert set(kind.objects.values_list("pk")) == set(supported.values_list(kind.TYPE))


@pytest.mark.parametrize("kind", KINDS)
def test_every_fact_has_the_grade_that_the_rule_gives(kind):
    """What is not disputed, documented or alleged is reported; nothing is corroborated or without a grade."""
    by_key = {key: grade for grade, keys in GRADES.items() for key in keys}
    for fact in kind.objects.all():
        assert fact.evidence == by_key.get(_key(fact), "reported"), fact.public_id
        assert fact.evidence_reason.endswith("."), fact.public_id


def test_there_are_kinds_for_all_that_can_be_cited():
    """A kind of fact that comes later has to be looked at here too."""
    assert {kind.TYPE for kind in KINDS} == set(CITABLE)


# --- transfers


def test_ammunition_from_myanmar_is_talked_of_and_denied():
    """One says that there were talks, the other that there were none: disputed, with one passage on each side."""
    talks = _transfer("t46")
    passages = list(talks.citations.values_list("locator", "stance").order_by("locator"))
    assert (talks.evidence, talks.status, talks.talked.edtf) == ("disputed", "negotiated", "../2023-03")
    assert (talks.ordered, talks.delivered) == (None, None)
    assert passages == [("B52", "supports"), ("B53", "denies")]


def test_tank_sights_go_back_to_the_enterprise_they_came_from():
    """At least 24 million dollars, on the way: no upper end, no number of sights, no Nikkei."""
    sights = _transfer("t44")
    parties = (sights.supplier, sights.recipient, sights.recipient_organisation)
    assert [party and party.public_id for party in parties] == ["myanmar", "russia", "uralvagonzavod"]
    assert [(row.role, row.company.public_id) for row in sights.company_rows.all()] == [("consignee", "uralvagonzavod")]
    assert (sights.nature, sights.status, sights.delivered.edtf) == ("buy-back", "in-delivery", "2022-02-24/2022-12")
    assert (sights.value.low, sights.value.high, sights.value.currency) == (24_000_000, None, "USD")
    assert (sights.quantity_delivered.low, sights.quantity_delivered.high) == (None, None)
    assert sights.quantity_delivered.text == "thousands"
    assert sights.returns == _transfer("t45")
    assert not sights.citations.exclude(quotes=None).exists()


def test_each_return_names_what_it_returns_and_no_other_does():
    returning = Transfer.objects.exclude(returns=None).order_by("public_id")
    assert {_key(line): _key(line.returns) for line in returning} == {"t44": "t45", "t48": "t54"}


def test_lines_that_may_be_one_shipment_name_each_other():
    for key, others in OVERLAPS.items():
        assert others <= {_key(line) for line in Transfer.objects.overlapping(_transfer(key))}, key
        for other in others:
            assert _transfer(key) in Transfer.objects.overlapping(_transfer(other)), (key, other)


def test_what_is_no_arms_and_what_went_to_no_government_is_told_apart():
    """Training and backing are never counted as arms; a group that fights the army is no government."""
    assert {_key(line) for line in Transfer.objects.not_arms()} == {"t23", "t38", "t52", "t59"}
    assert {_key(line) for line in Transfer.objects.filter(to_government=False)} == {"t25", "t59"}


def test_suppliers_that_are_told_as_a_group_of_states_are_none_of_them():
    for key in ("t36", "t53"):
        line = _transfer(key)
        assert (line.supplier, line.supplier_known) == (None, "group-of-states")


# --- events, roles


def test_the_coup_is_dated_to_its_month_and_one_passage_gives_a_day():
    coup = Event.objects.get(public_id="articles-e11")
    reported = dict(coup.citations.values_list("locator", "reported"))
    assert (coup.date.edtf, coup.evidence) == ("2021-02", "reported")
    assert reported["B47"] == {"date": "2021-02-02"}
    assert reported.keys() == {"A2", "A18", "A30", "B33", "B39", "B47"}


def test_the_parade_of_2022_is_expected_and_nothing_else_is():
    assert [_key(event) for event in Event.objects.filter(status="expected")] == ["e23"]


def test_everybody_of_the_checklist_has_the_role_that_is_told():
    """Post by post, and nobody has another; Sergei Shoigu, of whom no post is told, has none."""
    roles = Role.objects.with_holders().order_by("public_id")
    told = [(role.person and role.person.public_id, role.title, role.of and role.of.public_id) for role in roles]
    assert len(told) == len(ROLES)
    for (person, title, of), role in zip(ROLES, told, strict=True):
        assert (person, of) == (role[0], role[2])
        assert title in role[1]


def test_the_period_of_a_post_says_no_more_than_is_told():
    """Ne Win resigned after the protests of 1988, no date is told; who is not said to have left has an open end."""
    periods = {_key(role): role.period.edtf for role in Role.objects.exclude(period_edtf="")}
    assert periods["r24"] == "1962/1988~"
    assert (periods["r03"], periods["r23"]) == ("2021-02/..", "1958/..")
    assert not periods.keys() & {"r01", "r02", "r04", "r16", "r27"}


def test_a_party_is_a_party():
    assert Organisation.objects.get(public_id="national-league-for-democracy").kind == "political-party"
