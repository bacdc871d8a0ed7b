import pytest

from annotator.errors import SchemeError
from annotator.model import Judgement
from annotator.scheme import default_scheme, parse_scheme

MINIMAL = """
name = "mini"
[[axes]]
id = "stance"
name = "Stance"
many = false
[[axes.labels]]
id = "pro"
key = "1"
name = "for"
definition = "Speaks for it."
"""


def test_default_scheme_has_the_keys_of_the_design() -> None:
    scheme = default_scheme()
    keys = {label.key: label.id for label in scheme.labels}
    assert keys == {
        "v": "verified",
        "d": "disputed",
        "space": "unverified",
        "n": "not_a_claim",
        "p": "partisan_framing",
        "s": "sarcasm",
    }
    assert scheme.axis_of("sarcasm").many
    assert not scheme.axis_of("verified").many


def test_a_judgement_is_finished_by_its_single_valued_axes() -> None:
    scheme = default_scheme()
    assert not scheme.finished(Judgement(labels={"rhetoric": ("sarcasm",)}))
    assert scheme.finished(Judgement(labels={"veracity": ("disputed",)}))


def test_version_changes_with_content_only() -> None:
    assert parse_scheme(MINIMAL, "a").version == parse_scheme(MINIMAL + "\n# note\n", "b").version
    assert (
        parse_scheme(MINIMAL, "a").version
        != parse_scheme(MINIMAL.replace("for", "pro"), "a").version
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("name =", "nam ="), "'name' is missing"),
        (("many = false", "many = true"), "many = false"),
        (('key = "1"\n', ""), "'key' is missing"),
        (('key = "1"', "key = 1"), "'key' is missing or not str"),
        (('key = "1"', 'kee = "1"'), "unknown key 'kee'"),
        (("[[axes.labels]]", "[[axes.labels"), "not TOML"),
    ],
)
def test_broken_schemes_say_where(change: tuple[str, str], message: str) -> None:
    with pytest.raises(SchemeError, match=r"here\.toml") as error:
        parse_scheme(MINIMAL.replace(*change), "here.toml")
    assert message in str(error.value)


def test_a_key_used_twice_is_refused() -> None:
    twice = MINIMAL + MINIMAL[MINIMAL.index("[[axes.labels]]") :].replace('"pro"', '"con"')
    with pytest.raises(SchemeError, match="key '1' is used twice"):
        parse_scheme(twice, "here.toml")
