"""A wrong setting stops the program, and names itself and the remedy."""

from pathlib import Path

import pytest

from config import env


def test_wrong_flag_names_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BENCHSIDE_DEBUG", "perhaps")
    with pytest.raises(env.BadSetting, match=r"BENCHSIDE_DEBUG='perhaps'.*yes or no"):
        env.flag("BENCHSIDE_DEBUG")


def test_wrong_number_names_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BENCHSIDE_EMAIL_PORT", "smtp")
    with pytest.raises(env.BadSetting, match=r"BENCHSIDE_EMAIL_PORT='smtp'.*whole number"):
        env.number("BENCHSIDE_EMAIL_PORT", 587)


def test_wrong_database_names_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://here")
    with pytest.raises(env.BadSetting, match=r"DATABASE_URL.*sqlite:/// or postgresql://"):
        env.database("DATABASE_URL", "")


def test_secret_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from a file\n")
    monkeypatch.setenv("BENCHSIDE_SECRET_KEY_FILE", str(tmp_path / "key"))
    assert env.text("BENCHSIDE_SECRET_KEY") == "from a file"


@pytest.mark.parametrize(
    ("url", "name", "host", "user"),
    [
        ("postgresql://ann:p%40ss@db.example:5433/bench", "bench", "db.example", "ann"),
        (
            "postgresql://benchside@/postgres?host=/tmp/socket",
            "postgres",
            "/tmp/socket",
            "benchside",
        ),
    ],
)
def test_postgresql_address_is_read(
    monkeypatch: pytest.MonkeyPatch, url: str, name: str, host: str, user: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    found = env.database("DATABASE_URL", "")
    assert (found["NAME"], found["HOST"], found["USER"]) == (name, host, user)


def test_what_is_in_the_environment_wins_over_dotenv(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("# words\nBENCHSIDE_LOG_LEVEL=ERROR\nNEW_NAME='quoted'\n")
    monkeypatch.setenv("BENCHSIDE_LOG_LEVEL", "DEBUG")
    monkeypatch.delenv("NEW_NAME", raising=False)
    env.load_dotenv(tmp_path / ".env")
    import os

    assert os.environ["BENCHSIDE_LOG_LEVEL"] == "DEBUG"
    assert os.environ.pop("NEW_NAME") == "quoted"
