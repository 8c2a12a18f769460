"""What sources of answers, codebooks and shares of themes say of each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fullpicture.analyse.indicator import Indicator
from fullpicture.analyse.themes.codebook import Codebook
from fullpicture.collect.source import RESPONSES, TRANSCRIPTS, Source
from fullpicture.core.errors import Mistake
from fullpicture.programme.toml import nearest_hint

_NEEDED = ("id", "text")


def theme_mistakes(
    sources: Mapping[str, Source], indicators: Mapping[str, Indicator], codebooks: Mapping[str, Codebook]
) -> Iterator[Mistake]:
    """Every codebook, theme and question that is named and is not there."""
    for source in sources.values():
        if source.has_words:
            yield from _of_source(source, codebooks)
    for one in indicators.values():
        source_of = sources.get(one.main.source)
        if one.theme and source_of is not None:
            yield from _of_share(one, source_of, codebooks)


def _of_source(source: Source, codebooks: Mapping[str, Codebook]) -> Iterator[Mistake]:
    where = f"[source.{source.id}]"
    if source.codebook not in codebooks:
        hint = nearest_hint(source.codebook, list(codebooks))
        yield Mistake(f"{where} codebook", f"there is no codebooks/{source.codebook}.toml or .csv.", hint)
    for name in _NEEDED if source.layout == RESPONSES else ():
        if name not in source.columns:
            yield Mistake(f"{where} columns", f"answers need {name}.", f'Write {name} = "..." in columns.')
    if not source.coded and not source.assigned:
        mend = "Write coded = [...] (people's codes), assigned = ... (the machine's), or both."
        yield Mistake(where, "nothing says which answer has which theme.", mend)
    if source.layout == TRANSCRIPTS:
        if len(source.questions) > 1:
            mend = "Write the one that all of them are about, or leave it out."
            yield Mistake(f"{where} questions", "transcripts have one question at most.", mend)
    elif bool(source.questions) != ("question" in source.columns):
        mend = "Write question in columns and questions = { value = wording } together."
        yield Mistake(f"{where} questions", "a question has a column and its wording.", mend)


def _of_share(one: Indicator, source: Source, codebooks: Mapping[str, Codebook]) -> Iterator[Mistake]:
    where = f"[indicator.{one.id}]"
    if not source.has_words:
        mend = f"Name a source of layout {RESPONSES} or {TRANSCRIPTS}."
        yield Mistake(f"{where} source", f'"{source.id}" holds no answers with themes.', mend)
        return
    known = [theme.id for theme in codebooks[source.codebook].in_use] if source.codebook in codebooks else []
    if known and one.theme not in known:
        what = f'"{one.theme}" is no theme in use of codebook {source.codebook}.'
        yield Mistake(f"{where} theme", what, nearest_hint(one.theme, known))
    asked = one.main.where.get("question", ())
    if source.questions and (len(asked) != 1 or asked[0] not in source.questions):
        what = "a share is of the people who answered one question, which the source words."
        near = nearest_hint("".join(asked[:1]), list(source.questions))
        mend = f'Write where = {{ question = "..." }}. {near}'
        yield Mistake(f"{where} where", what, mend)
