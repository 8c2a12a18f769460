"""Reads a report's text: its template is filled in, its Markdown becomes sections of drafts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markdown_it import MarkdownIt
from markdown_it.token import Token

from fullpicture.core.errors import Mistake
from fullpicture.publish.report.desk import COMMENT, LINE, MARK, with_lines
from fullpicture.publish.report.sentences import Draft, drafts_of

_ID = re.compile(r"\s*\{#([a-z][a-z0-9-]*)\}")
_KINDS = {"bullet_list_open", "ordered_list_open", "blockquote_open"}
_KNOWN = {
    "heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "list_item_open",
    "list_item_close", "bullet_list_open", "bullet_list_close", "ordered_list_open", "ordered_list_close",
    "blockquote_open", "blockquote_close",
}  # fmt: skip


@dataclass(frozen=True)
class DraftBlock:
    """A heading of a part of a section (`level` 2), or sentences; `kind` as in `Paragraph`."""

    drafts: tuple[Draft, ...]
    kind: str = "text"
    level: int = 0
    id: str = ""


@dataclass
class DraftSection:
    """A section with the blocks under its heading."""

    heading: Draft
    id: str
    blocks: list[DraftBlock] = field(default_factory=list)


class CannotRead(Exception):
    """The text is no template, or no Markdown that a report can have."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake.what)
        self.mistake = mistake


def filled_in(body: str, first_line: int, path: str, known: Mapping[str, Any]) -> str:
    """The text with its calls answered by marks.

    Raises:
        CannotRead: the template is broken, or asks for what it may not have.
    """
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        comment_start_string=COMMENT[0],
        comment_end_string=COMMENT[1],
    )
    try:
        return environment.from_string(with_lines(body, first_line)).render(**known)
    except TemplateSyntaxError as error:
        where = f"{path}:{error.lineno + first_line - 1}"
        raise CannotRead(Mistake(where, f"this is no template: {error.message}.", "Mend the call.")) from None
    except TemplateError as error:
        where = f"{path}:{_line_of(error, first_line)}"
        raise CannotRead(Mistake(where, f"{error.message}.", "See docs/reports.md.")) from None


def _line_of(error: BaseException, first_line: int) -> int:
    """The line of the template on which it failed."""
    trace, line = error.__traceback__, 1
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line + first_line - 1


def sections_of(text: str, path: str) -> list[DraftSection]:
    """Sections by headings of the first level, with what stands under them.

    Raises:
        CannotRead: something stands before the first heading, or is of a kind that a report cannot have.
    """
    sections: list[DraftSection] = []
    tokens = MarkdownIt("commonmark", {"html": False}).parse(text)
    within: list[str] = []
    for at, token in enumerate(tokens):
        _check(token, path)
        if token.type in _KINDS:
            within.append(token.type)
        elif token.type.replace("_close", "_open") in _KINDS:
            within.pop()
        elif token.type == "inline":
            _add(sections, token, tokens[at - 1], within[-1] if within else "", path)
    return sections


def _check(token: Token, path: str) -> None:
    if token.type not in _KNOWN or (token.type == "heading_open" and token.tag not in ("h1", "h2")):
        what = f"a report cannot have this ({token.type.removesuffix('_open')} {token.tag})."
        mend = "Write sections (#), parts (##), paragraphs, lists and quotes; tables and charts by name."
        raise CannotRead(Mistake(f"{path}:{_first_line(token.content)}", what, mend))


def _first_line(text: str) -> str:
    found = LINE.search(text)
    return found[1] if found else "1"


def _add(sections: list[DraftSection], inline: Token, opened: Token, within: str, path: str) -> None:
    id_ = ""
    if opened.type == "heading_open":
        id_ = _take_id(inline)
    drafts = drafts_of(inline)
    if not drafts:
        return
    if opened.type == "heading_open" and opened.tag == "h1":
        sections.append(DraftSection(_whole(drafts), id_ or f"section-{len(sections) + 1}"))
        return
    if not sections:
        mend = "Begin the text with a heading: # Scale and coverage."
        where = f"{path}:{drafts[0].line}"
        raise CannotRead(Mistake(where, "this stands before the first heading.", mend))
    if opened.type == "heading_open":
        blocks = sections[-1].blocks
        blocks.append(DraftBlock((_whole(drafts),), level=2, id=id_ or f"{sections[-1].id}-{len(blocks)}"))
        return
    kind = {"blockquote_open": "caveat", "": "text"}.get(within, "item")
    sections[-1].blocks.append(DraftBlock(tuple(drafts), kind))


def _whole(drafts: list[Draft]) -> Draft:
    """A heading is one sentence, whatever stops it has."""
    return Draft(tuple(part for draft in drafts for part in draft.stretches), drafts[0].line)


def _take_id(inline: Token) -> str:
    """Takes `{#id}` out of a heading."""
    for child in inline.children or []:
        found = _ID.search(child.content)
        if found:
            child.content = _ID.sub("", child.content)
            return found[1]
    return ""


def line_of_mark(text: str, item: int) -> str:
    """The line on which a call's mark stands, as far as the text says it."""
    found = next((mark for mark in MARK.finditer(text) if int(mark[1]) == item), None)
    line = LINE.search(text, found.end()) if found else None
    return line[1] if line else "1"
