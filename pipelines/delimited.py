"""CSV files as clerks and systems export them: separator and encoding found from the content."""

import csv
import io
import re
from collections import Counter

from pipelines.file_refusal import FileRefused, refused
from pipelines.legacy_encoding import from_tcvn3, from_vni
from pipelines.syllables import is_plain_case, is_syllable
from pipelines.text import to_nfc

_WORD = re.compile(r"[^\W\d_]+")
_SEPARATORS = ";\t,"
_LOOKED_AT = 50
_MOSTLY, _CLEARLY = 0.6, 0.2


def read_delimited(content: bytes) -> list[list[str]]:
    """The records of the file, blank ones included, so that positions are spreadsheet rows.

    UTF-8 (with or without BOM) and UTF-16 with BOM, else windows-1258 (composed to NFC) or the
    Latin-1 characters of TCVN3 or VNI codes, which stay undecoded as in a workbook.

    Raises:
        FileRefused: not text, or text in none of these encodings.
    """
    text = _decoded(content)
    separator = _separator(text)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise refused(
            "tệp .csv có dấu nháy kép không khớp hoặc ô quá dài",
            "Mở tệp bằng Excel, lưu lại thành .xlsx rồi nộp lại.",
        ) from error


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(content, "utf-16")
    if b"\x00" in content:
        raise refused(
            "tệp .csv chứa dữ liệu nhị phân",
            "Xuất lại tệp ở dạng CSV UTF-8 hoặc lưu thành .xlsx rồi nộp lại.",
        )
    try:
        return to_nfc(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _from_single_bytes(content)


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return to_nfc(content.decode(encoding))
    except UnicodeDecodeError as error:
        raise _unreadable() from error


def _from_single_bytes(content: bytes) -> str:
    """The reading in which clearly most accented words are Vietnamese."""
    latin1 = content.decode("latin-1")
    # Python's cp1258 has no place for some codes; a file that holds them is not windows-1258.
    windows = to_nfc(content.decode("cp1258", errors="replace"))
    # Line by line: restoring the case of a TCVN3 word looks at every other word of the text.
    tcvn3 = "\n".join(map(from_tcvn3, latin1.splitlines()))
    legacy = max(_share_of_syllables(tcvn3), _share_of_syllables(from_vni(latin1)))
    scores = [(_share_of_syllables(windows), windows), (legacy, latin1)]
    (second, _), (score, best) = sorted(scores)
    if "\ufffd" in best or score < _MOSTLY or score - second < _CLEARLY:
        raise _unreadable()
    return best


def _share_of_syllables(text: str) -> float:
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    good = sum(is_syllable(word) and is_plain_case(word) for word in words)
    return good / len(words) if words else 0.0


def _unreadable() -> FileRefused:
    return refused(
        "không nhận ra bảng mã chữ của tệp .csv",
        "Xuất lại tệp ở dạng CSV UTF-8 hoặc lưu thành .xlsx rồi nộp lại.",
        expected="UTF-8, windows-1258, TCVN3 (ABC) hoặc VNI",
    )


def _separator(text: str) -> str:
    """The separator that gives the most records the same number of fields, more than one."""
    head = text[:200_000]
    best, best_score = ",", 0
    for separator in _SEPARATORS:
        records = _first_records(head, separator)
        widths = Counter(len(record) for record in records if len(record) > 1)
        score = max(widths.values(), default=0)
        if score > best_score:
            best, best_score = separator, score
    return best


def _first_records(text: str, separator: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    records: list[list[str]] = []
    try:
        for record in reader:
            records.append(record)
            if len(records) == _LOOKED_AT:
                break
    except csv.Error:
        return []
    return records
