"""Numbers, dates and periods in documents, as Vietnamese officials write them (Decree 30/2020)."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_decimal

from measures.comparison import printed_decimals
from measures.target_standing import Status

WHOLE, DECIMALS, SHARE = "[$-42A]#,##0", "[$-42A]#,##0.00", "[$-42A]0.000"
"""Cells of workbooks: with the point and comma of Vietnamese where the program follows the file."""
NO_DATA = "không đủ dữ liệu"
NO_CASE = "không phát sinh"
NOT_PUBLIC = "không công khai"
NOT_PUBLIC_OR_NO_DATA = f"{NOT_PUBLIC} hoặc chưa đủ dữ liệu"
"""Where the public file does not tell what is missing from what is not for everybody."""
SUPPRESSED = "không hiển thị (số nhỏ)"
NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
RECEIVERS = ("- ……………;", "- Lưu: VT, ……")
SIGNER = ("QUYỀN HẠN, CHỨC VỤ", "CỦA NGƯỜI KÝ", "(Chữ ký, dấu)", "Họ và tên")
PAPER_NUMBER = "Số: ……/BC-……"
MADE_BY = ("NGƯỜI LẬP BIỂU", "(Ký, ghi rõ họ tên)")
SIGNED_BY = ("THỦ TRƯỞNG ĐƠN VỊ", "(Chữ ký, dấu)")
DEMO_MARK = "DỮ LIỆU MÔ PHỎNG"
PUBLIC_MARK = "CÔNG KHAI"
STATUS = {
    "estimate": "ước",
    "preliminary": "sơ bộ",
    "official": "chính thức",
    "restated": "điều chỉnh",
}
STANDING: dict[Status, str] = {
    "met": "đạt",
    "on_pace": "kịp tiến độ",
    "slow": "chậm tiến độ",
    "away": "đi xa đích",
    "short": "chưa đạt 100%",
    "better": "đang cải thiện",
    "worse": "đang xấu đi",
    "same": "không đổi",
    "unknown_trend": "chưa đủ kỳ để so",
    "partial": "chưa đủ xã báo cáo",
    "no_data": NO_DATA,
}
_NOUNS = {"household": "hộ", "person": "người", "model": "mô hình"}
UNITS = {**_NOUNS, "pct": "%", "share": "từ 0 đến 1"}
_WORDS = {"no_case": NO_CASE, "suppressed": SUPPRESSED, "not_public": NOT_PUBLIC}
_ROMAN = ("I", "II", "III", "IV")


def capital(text: str) -> str:
    """``địa bàn tỉnh …`` as it begins a cell or a line."""
    return text[:1].upper() + text[1:]


def letterhead(agency: str) -> tuple[str, str]:
    """``Sở X tỉnh Y`` → ``UBND TỈNH Y`` and ``SỞ X``: who stands above may be written short (Decree 30/2020)."""
    name, _, province = agency.partition(" tỉnh ")
    return f"UBND TỈNH {province}".rstrip().upper(), name.upper()


def number(value: float, decimals: int = 0) -> str:
    """``1234.5`` → ``1.234,5``, half up."""
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text: str = format_decimal(rounded, format=pattern, locale="vi")
    return text.replace("-", "−")


def rate(value: float) -> str:
    """``0.945`` → ``0,95%``: two decimals always, as in the official forms."""
    return f"{number(value, 2)}%"


def figure(value: float | None, mark: str, unit: str) -> str:
    """A figure with its unit, or in words why there is none."""
    if value is None:
        return _WORDS.get(mark, NO_DATA)
    if unit == "pct":
        return rate(value)
    if unit in _NOUNS:
        return f"{number(value)} {_NOUNS[unit]}"
    return number(value, printed_decimals(unit))


def day(value: date) -> str:
    """``05/03/2026``."""
    return f"{value:%d/%m/%Y}"


def long_day(value: date) -> str:
    """``ngày 05 tháng 3 năm 2026``: days below 10 and the months 1 and 2 with a zero."""
    month = f"{value.month:02d}" if value.month <= 2 else str(value.month)
    return f"ngày {value.day:02d} tháng {month} năm {value.year}"


def period(code: str) -> str:
    """``2024`` → ``năm 2024``, ``2025-H1`` → ``6 tháng đầu năm 2025``, ``2025-Q3`` → ``quý III/2025``."""
    year, _, part = code.partition("-")
    if not part:
        return f"năm {year}"
    if part[0] == "H":
        return f"6 tháng {'đầu' if part == 'H1' else 'cuối'} năm {year}"
    if part[0] == "Q":
        return f"quý {_ROMAN[int(part[1]) - 1]}/{year}"
    return f"tháng {int(part)}/{year}"
