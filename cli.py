"""Lệnh của hệ thống theo dõi giảm nghèo. The only entry point that writes; it wires, nothing else."""

import gc
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

# Building queries makes millions of small objects: looking for cycles every 700 of them takes a fifth of a build.
gc.set_threshold(100_000, 20, 50)

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__
)
papers = typer.Typer(no_args_is_help=True)
app.add_typer(papers, name="report")

Data = Annotated[
    Path | None, typer.Option("--data", help="Thư mục dữ liệu (mặc định: data/ hoặc POVERTY_DATA).")
]
Today = Annotated[
    datetime | None,
    typer.Option("--today", formats=["%Y-%m-%d"], help="Ngày hôm nay, dạng 2026-09-15."),
]
Frozen = Annotated[str | None, typer.Option("--frozen", help="Tên kỳ họp đã chốt số liệu.")]
IsPublic = Annotated[
    bool, typer.Option("--public", help="Bản công khai: chỉ số liệu đã che số nhỏ.")
]
Folder = Annotated[Path, typer.Option("--to", help="Thư mục ghi tài liệu.")]
AsJson = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON ở dòng cuối.")]


@app.command()
def demo(
    to: Annotated[Path, typer.Option("--to", help="Thư mục ghi tỉnh mô phỏng.")],
    seed: Annotated[int, typer.Option(help="Hạt giống ngẫu nhiên.")] = 5,
    dirt: Annotated[float, typer.Option(min=0, max=0.3, help="Tỷ lệ lỗi trong tệp.")] = 0.02,
    size: Annotated[str, typer.Option(help="small hoặc province.")] = "province",
    corrections: Annotated[bool, typer.Option(help="Có kèm các tệp xã gửi lại.")] = True,
    data: Data = None,
    today: Today = None,
) -> None:
    """Tạo hộp thư đến của một tỉnh mô phỏng (DỮ LIỆU MÔ PHỎNG)."""
    from commands.demo import run

    raise typer.Exit(run(to, seed, dirt, size, corrections))


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(help="Các tệp cần kiểm tra.")],
    data: Data = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Cho biết các tệp này sẽ được nạp thế nào; không ghi gì."""
    from commands.check import run

    raise typer.Exit(run(files, _today(today), as_json))


@app.command()
def build(
    source: Annotated[
        Path, typer.Option("--from", help="Hộp thư đến: thư mục chứa tệp các xã gửi.")
    ],
    data: Data = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Nạp tệp mới, kiểm tra, tính số liệu và công bố bản mới."""
    from commands.build_command import run

    raise typer.Exit(run(_data(data), source, _today(today), as_json))


@app.command()
def estimates(
    measure: Annotated[str, typer.Argument(help="Tên chỉ tiêu, ví dụ poor_household_rate.")],
    by: Annotated[
        str | None, typer.Option(help="district, commune, area, sex, ethnicity, age, …")
    ] = None,
    period: Annotated[str | None, typer.Option(help="2024 | 2025-H1 | 2025-Q3 | 2025-08")] = None,
    status: Annotated[
        str | None, typer.Option(help="estimate | preliminary | official | restated")
    ] = None,
    standard: Annotated[str | None, typer.Option(help="Chuẩn nghèo, ví dụ 2022-2026.")] = None,
    era: Annotated[
        str | None, typer.Option(help="Quy về đơn vị của thời kỳ 2020, 2024 hoặc 2025.")
    ] = None,
    role: Annotated[
        str, typer.Option("--as", help="Vai trò: command (mặc định) hoặc visitor.")
    ] = "command",
    output: Annotated[str, typer.Option("--format", help="table | csv | json")] = "table",
    data: Data = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """In đúng các con số mà trang màn hình hiển thị."""
    from commands.estimates import Question, run

    question = Question(measure, by, period, status, standard, era, role)
    raise typer.Exit(run(_data(data), question, "json" if as_json else output))


@app.command()
def template(
    form: Annotated[str, typer.Argument(help="Tên biểu, ví dụ credit.")],
    period: Annotated[str, typer.Option(help="Nửa năm: 2026-H1 | 2026-H2.")],
    to: Annotated[Path | None, typer.Option("--to", help="Tệp ghi ra.")] = None,
    data: Data = None,
    today: Today = None,
) -> None:
    """Ghi biểu trống của một cơ quan; điền xong thì nạp lại bằng lệnh build."""
    from commands.template import run

    raise typer.Exit(run(form, period, to))


@app.command()
def withdraw(
    sha256: Annotated[str, typer.Argument(help="Mã SHA-256 của tệp cần rút.")],
    reason: Annotated[str, typer.Option(help="Lý do rút.")],
    data: Data = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Rút một tệp đã nạp và công bố bản mới không có tệp đó."""
    from commands.withdraw import run

    raise typer.Exit(run(_data(data), sha256, reason, _today(today), as_json))


@app.command()
def status(data: Data = None, today: Today = None, as_json: AsJson = False) -> None:
    """Cho biết bản đang dùng, các kỳ đã có và mức đầy đủ."""
    from commands.status import run

    raise typer.Exit(run(_data(data), as_json))


@app.command()
def freeze(
    name: Annotated[str, typer.Option(help="Tên kỳ họp, ví dụ “Sơ kết Quý III/2026”.")] = "",
    as_of: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="Chốt số liệu tính đến ngày này; chưa có bản dựng thì dựng từ các văn bản đã có đến ngày ấy.",
        ),
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option("--from", help="Hộp thư mô phỏng: chốt các kỳ họp đã qua mà hộp thư nêu."),
    ] = None,
    who: Annotated[str, typer.Option(help="Ai chốt số liệu.")] = "",
    reason: Annotated[str, typer.Option(help="Vì sao chốt.")] = "",
    data: Data = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Chốt số liệu của một kỳ họp: giữ lại đúng một bản dựng."""
    from commands import demo_meetings, freeze

    if source is not None:
        raise typer.Exit(demo_meetings.run(_data(data), source))
    raise typer.Exit(freeze.run(_data(data), name, _today(as_of), who, reason, as_json))


@app.command()
def init(data: Data = None, today: Today = None) -> None:
    """Tạo thư mục dữ liệu trống và tệp khóa cho một tỉnh thật."""
    from commands.init import run

    raise typer.Exit(run(_data(data)))


@papers.callback()
def report() -> None:
    """Ghi biểu mẫu chính thức và tài liệu của kỳ họp."""


@papers.command("form")
def report_form(
    number: Annotated[int, typer.Option(min=1, max=15, help="Số biểu, 1 đến 15.")],
    unit: Annotated[str, typer.Option(help="Mã đơn vị ở thời kỳ của số liệu (tỉnh, huyện, xã).")],
    period: Annotated[str, typer.Option(help="Năm rà soát, ví dụ 2024.")],
    status: Annotated[
        str | None, typer.Option(help="estimate | preliminary | official | restated")
    ] = None,
    frozen: Annotated[str | None, typer.Option(help="Tên kỳ họp đã chốt số liệu.")] = None,
    to: Annotated[Path | None, typer.Option(help="Tệp XLSX cần ghi.")] = None,
    is_public: IsPublic = False,
    data: Data = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Ghi một biểu chính thức (1–15) dạng XLSX."""
    from commands.report_form import FormQuestion, form

    question = FormQuestion(number, unit, period, status, frozen, to, is_public)
    raise typer.Exit(form(_data(data), question, as_json))


@papers.command("meeting")
def report_meeting(
    frozen: Annotated[str, typer.Option(help="Tên kỳ họp đã chốt số liệu.")],
    to: Folder,
    is_public: IsPublic = False,
    data: Data = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Ghi tài liệu của một kỳ họp: tờ tóm tắt, báo cáo, trình chiếu, phụ lục."""
    from commands.report import meeting

    raise typer.Exit(meeting(_data(data), frozen, to, as_json, is_public=is_public))


@papers.command("half-year")
def report_half_year(
    period: Annotated[str, typer.Option(help="Nửa năm, ví dụ 2026-H1.")],
    to: Folder,
    frozen: Frozen = None,
    is_public: IsPublic = False,
    data: Data = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Ghi báo cáo 6 tháng (trước ngày 10/6): DOCX, PDF và phụ lục số liệu."""
    from commands.report import PeriodicQuestion, periodic

    question = PeriodicQuestion("half-year", period, frozen, is_public, to)
    raise typer.Exit(periodic(_data(data), question, as_json))


@papers.command("annual")
def report_annual(
    period: Annotated[str, typer.Option(help="Năm, ví dụ 2025.")],
    to: Folder,
    frozen: Frozen = None,
    is_public: IsPublic = False,
    data: Data = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Ghi báo cáo năm (trước ngày 10/12) kèm biểu 1–3: DOCX, PDF và phụ lục số liệu."""
    from commands.report import PeriodicQuestion, periodic

    question = PeriodicQuestion("annual", period, frozen, is_public, to)
    raise typer.Exit(periodic(_data(data), question, as_json))


@papers.command("five-year")
def report_five_year(
    period: Annotated[str, typer.Option(help="Giai đoạn, ví dụ 2021-2025.")],
    to: Folder,
    frozen: Frozen = None,
    is_public: IsPublic = False,
    data: Data = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Ghi báo cáo tổng kết 5 năm, không nối số liệu của hai chuẩn nghèo."""
    from commands.report import PeriodicQuestion, periodic

    question = PeriodicQuestion("five-year", period, frozen, is_public, to)
    raise typer.Exit(periodic(_data(data), question, as_json))


def _data(chosen: Path | None) -> Path:
    # every process beside a build reads this file anew
    from warehouse.settings import settings

    return chosen or settings().data


def _today(chosen: datetime | None) -> date | None:
    return chosen.date() if chosen else None


if __name__ == "__main__":
    app()
