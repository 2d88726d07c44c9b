from forebay.show.tables import Column, Table

COLUMNS = [
    Column("Name", lambda row: row["name"]),
    Column("Files", lambda row: f"{row['files']:,}", number=True),
]


def test_a_table_is_a_list_of_plain_dicts():
    table = Table([{"name": "digits", "files": 1797}], COLUMNS, "Nothing.")
    assert table == [{"name": "digits", "files": 1797}]


def test_as_text_words_stand_left_and_numbers_right():
    table = Table([{"name": "digits", "files": 1797}, {"name": "x", "files": 2}], COLUMNS, "Nothing.")
    assert repr(table).splitlines() == ["Name    Files", "digits  1,797", "x           2"]


def test_what_stands_in_a_cell_is_never_markup():
    table = Table([{"name": "<script>alert(1)</script>", "files": 1}], COLUMNS, "Nothing.")
    assert "<script>" not in table._repr_html_()
    assert "&lt;script&gt;" in table._repr_html_()


def test_an_empty_table_says_what_to_do():
    table = Table([], COLUMNS, "No <datasets> yet.")
    assert repr(table) == "No <datasets> yet."
    assert table._repr_html_() == "<p>No &lt;datasets&gt; yet.</p>"
