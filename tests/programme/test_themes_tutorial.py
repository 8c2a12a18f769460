"""The tutorial from 600 comments to a page with quotes is run as a researcher would, in an empty folder."""

from __future__ import annotations

import html
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from fullpicture.cli import _cli

pytest.importorskip("sklearn")

PAGE = Path(__file__).resolve().parents[2] / "docs" / "themes-tutorial.md"
_NAMED = r"(?:`([^`\n]+\.toml)`[^`\n]*(?:\n[^`\n]*)?\n\n)?"
BLOCKS = re.findall(_NAMED + r"```(sh|python|toml)\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


def run(line: str) -> str:
    done = CliRunner().invoke(_cli, shlex.split(line)[1:])
    assert done.exit_code == 0, f"{line}\n{done.output}{done.exception}"
    return done.output


def candidates(page: str) -> list[tuple[str, str]]:
    """Words that could be quoted and the answer that each is of, as the internal page lists them."""
    part = page.split("(<code>updates</code>)")[1].split("</details>")[0]
    found = re.findall(r"<blockquote><p>(.*?)</p></blockquote>\s*<p class=\"note\">Answer (\w+),", part)
    return [(html.unescape(text), answer) for text, answer in found]


def test_the_tutorial_ends_in_a_page_with_a_released_quote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text, answer, said = "", "", list[str]()
    for path, language, block in BLOCKS:
        if language == "toml":
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).write_text(block, encoding="utf-8")
        elif language == "python":
            exec(compile(block, PAGE.name, "exec"), {})
        else:
            for line in block.splitlines():
                if " release " in line:
                    text, answer = candidates(internal_page())[0]
                said.append(run(line.replace("ANSWER", answer)))
    public = Path("build/public/themes/survey-better.html").read_text(encoding="utf-8")
    assert f"<blockquote><p>{html.escape(text, quote=False)}</p></blockquote>" in public.replace("&#39;", "'")
    assert len(re.findall("<blockquote>", public)) == 1
    assert answer not in public
    assert "600 answers in " in said[0]
    assert any("Krippendorff" in one or "kappa" in one for one in said)
    assert re.search(r"How well coders agree", public)


def internal_page() -> str:
    return Path("build/internal/themes/survey-better.html").read_text(encoding="utf-8")
