"""What every command promises on the command line, and what is not understood."""

import pytest
import typer
from typer.core import TyperGroup

from cli import app
from commands.estimates import BadQuestion, Question, answer, run


def commands(group, above=""):
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from commands(command, f"{above}{name} ")
        else:
            yield f"{above}{name}", command


COMMANDS = dict(commands(typer.main.get_command(app)))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_takes_the_data_folder_and_today(name):
    options = {option for parameter in COMMANDS[name].params for option in parameter.opts}
    assert {"--data", "--today"} <= options


@pytest.mark.parametrize(
    ("wrong", "offered"),
    [({"status": "oficial"}, "official"), ({"standard": "2021-2025"}, "2022-2026")],
)
def test_a_word_that_is_none_is_refused_with_those_there_are(tmp_path, wrong, offered):
    question = {"by": None, "period": None, "status": None, "standard": None, "era": None}
    asked = Question("poor_household_count", role="command", **question | wrong)
    with pytest.raises(BadQuestion, match=offered):
        answer(tmp_path, asked)


def test_an_unknown_format_is_no_table(tmp_path, capsys):
    question = Question("poor_household_count", None, None, None, None, None, "command")
    assert run(tmp_path, question, "jsno") == 2
    assert "json" in capsys.readouterr().err
