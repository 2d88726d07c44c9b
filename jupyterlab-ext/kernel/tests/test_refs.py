import pytest
from forebay import ForebayError
from forebay.lake.refs import parse_ref, whole_version


def test_a_bare_name_means_the_latest_version():
    assert parse_ref("digits") == parse_ref("digits@latest")


def test_the_first_colon_begins_the_path():
    ref = parse_ref("digits@v3:a@b:c.png")
    assert (ref.name, ref.number, ref.path) == ("digits", 3, "a@b:c.png")


@pytest.mark.parametrize("text", ["", "Digits", "-x", "a/b", "a b", "x" * 64, "x@", "../x"])
def test_what_is_no_reference_is_refused_with_what_one_looks_like(text):
    with pytest.raises(ForebayError) as refused:
        parse_ref(text)
    assert refused.value.code == "bad-name"
    assert refused.value.hint


def test_only_whole_versions_are_mounted():
    with pytest.raises(ForebayError, match="Write 'digits@v1'"):
        whole_version("digits@v1:train")


@pytest.mark.parametrize("selector", ["latest", "raw", "sha256-0123abcd", "v0", "v1x"])
def test_only_v_and_a_number_is_a_version_number(selector):
    assert parse_ref(f"digits@{selector}").number is None
