"""Documents into a folder: a failure names its document and leaves the others, and no half file stays."""

from reports.writing import write_documents


def _broken():
    raise ValueError("hỏng")


def test_a_document_that_fails_is_named_and_the_others_are_written(tmp_path):
    told = []
    found = write_documents(
        {"a.docx": lambda: b"a", "b.pdf": _broken, "c.xlsx": lambda: b"c"},
        tmp_path / "out",
        lambda *said: told.append(said),
    )
    assert [(each.name, each.problem) for each in found] == [
        ("a.docx", None),
        ("b.pdf", "ValueError: hỏng"),
        ("c.xlsx", None),
    ]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.docx", "c.xlsx"]
    assert told[-1] == ("Tài liệu", 3, 3)


def test_the_file_of_before_stays_where_the_new_one_fails(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"before")
    write_documents({"a.pdf": _broken}, tmp_path, lambda *_: None)
    assert (tmp_path / "a.pdf").read_bytes() == b"before"
