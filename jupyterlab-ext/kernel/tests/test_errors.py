import pickle

from forebay import ForebayError
from forebay.errors import from_problem


def test_an_error_says_its_hint_on_a_line_of_its_own():
    error = ForebayError("version-unknown", "digits@v9 doesn't exist.", "The newest version is v3.")
    assert str(error) == "digits@v9 doesn't exist.\nThe newest version is v3."


def test_an_error_crosses_processes_whole():
    error = pickle.loads(pickle.dumps(ForebayError("in-use", "In use.", "Unmount it.")))
    assert (error.code, error.message, error.hint) == ("in-use", "In use.", "Unmount it.")


def test_an_answer_that_is_no_problem_document_is_told_by_its_status():
    assert from_problem(None, 502).message == "The Forebay daemon answered with status 502."
