"""Search across all kinds."""

import pytest

from .asking import Api


def test_a_search_answers_best_first_and_says_why(api: Api):
    answer = api.json("search/?q=burma")
    assert list(answer) == ["count", "next", "previous", "types", "like", "results"]
    first = answer["results"][0]
    assert list(first) == [
        "id",
        "type",
        "name",
        "url",
        "page",
        "score",
        "matched",
        "matched_name",
        "matched_kind",
        "snippet",
    ]
    assert (first["id"], first["matched"], first["matched_name"], first["matched_kind"]) == (
        "myanmar",
        "other-name",
        "Burma",
        "former",
    )
    assert sum(answer["types"].values()) == answer["count"]
    scores = [hit["score"] for hit in answer["results"]]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("rosoboroneksport", "rosoboronexport"),
        ("Рособоронэкспорт", "rosoboronexport"),
        ("almaz antey", "almaz-antey"),
        ("mig29", "mig-29"),
        ("СУ-30", "su-30"),
        ("MMR", "myanmar"),
    ],
)
def test_spelling_makes_no_difference(api: Api, words: str, found: str):
    assert api.json(f"search/?q={words}")["results"][0]["id"] == found


def test_types_narrow_the_results_and_not_their_counts(api: Api):
    everything, some = api.json("search/?q=burma"), api.json("search/?q=burma&type=event&type=role")
    assert some["types"] == everything["types"]
    assert some["count"] == everything["types"]["event"] + everything["types"]["role"]
    assert {hit["type"] for hit in some["results"]} <= {"event", "role"}


@pytest.mark.walk
def test_every_answer_leads_somewhere(api: Api):
    for hit in api.json("search/?q=russia&page_size=500")["results"]:
        assert api.client.get(hit["url"]).status_code == 200


def test_pages_of_a_search_give_each_answer_once(api: Api):
    everything = [hit["url"] for hit in api.json("search/?q=myanmar&page_size=500")["results"]]
    found, path = [], "search/?q=myanmar&page_size=30"
    while path:
        answer = api.json(path)
        found += [hit["url"] for hit in answer["results"]]
        path = (answer["next"] or "").partition("/api/v1/")[2]
    assert found == everything
    api.problem("search/?q=myanmar&page=999", 404)


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("", "q"),
        ("q=", "q"),
        ("q=%20", "q"),
        ("q=-tanks", "q"),
        ("q=***", "q"),
        ("q=" + "a" * 501, "q"),
        ("q=tank&type=tank", "type"),
        ("q=tank&type=citation", "type"),
        ("q=tank&page=0", "page"),
        ("q=tank&page_size=501", "page_size"),
        ("q=tank&kind=event", "kind"),
        ("q=tank&exact=yes", "exact"),
        ("q=tank&q=sights", "q"),
    ],
)
def test_a_search_that_is_not_understood_names_its_parameter(api: Api, query: str, parameter: str):
    assert parameter in [error["parameter"] for error in api.problem(f"search/?{query}", 400)["errors"]]


@pytest.mark.parametrize(
    "words", ['"', "tank*", "(", "tank AND", "NEAR(tank", "100%", "tank_", "\\", "🚀 tank", "\u202etank"]
)
def test_signs_of_query_languages_are_only_text(api: Api, words: str):
    response = api.client.get("/api/v1/search/", {"q": words})
    assert response.status_code in {200, 400}


def test_a_mistyped_name_answers_as_like_it(api: Api):
    answer = api.json("search/?q=rosoboronexprt")
    assert answer["like"] == {"rosoboronexprt": ["rosoboronexport"]}
    first = answer["results"][0]
    assert (first["id"], first["matched"], first["matched_name"]) == ("rosoboronexport", "like", "Rosoboronexport")
    assert api.json("search/?q=rosoboronexprt&exact=1") == answer | {"count": 0, "types": {}, "like": {}, "results": []}
    assert api.json("search/?q=rosoboronexport")["like"] == {}


def test_a_list_says_which_words_it_took_for_mistyped(api: Api):
    answer = api.json("transfers/?q=uralvagonzawod&supplier=russia")
    assert answer["meta"]["like"] == {"uralvagonzawod": ["uralvagonzavod"]}
    assert answer["count"] == api.json("transfers/?q=uralvagonzavod&supplier=russia")["count"] > 0
    exact = api.json("transfers/?q=uralvagonzawod&exact=1")
    assert (exact["count"], exact["meta"]["like"]) == (0, {})
    assert api.problem("transfers/?q=tank&exact=perhaps", 400)["errors"][0]["parameter"] == "exact"
