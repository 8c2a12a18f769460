"""What a document tells the forms that are written of it and the checks that read it."""

from __future__ import annotations

from fullpicture.publish.report.document import Citation, Document, Paragraph, Run, Section, Sentence

CITED = Citation("crimes/K/calendar:2024//", None, 8204, "8,204 crimes", "unit:0")


def _sentence(*runs: Run) -> Sentence:
    return Sentence(runs, 4)


def test_what_was_typed_is_the_text_without_what_figures_show() -> None:
    said = _sentence(
        Run("In 2024 there were "), Run("8,204 crimes", citation=CITED), Run("1", note=1), Run(".")
    )
    assert said.text == "In 2024 there were 8,204 crimes."
    assert said.text_outside_citations == "In 2024 there were  ."
    assert said.cited == (CITED,)


def test_headings_are_sentences_of_a_document_too() -> None:
    heading, line = _sentence(Run("Scale")), _sentence(Run("x", citation=CITED))
    section = Section(1, heading, "scale", (Paragraph((line,)),))
    document = Document(
        id="r", title="R", subtitle="", edition="public", publisher="P", contact="C",
        published_on="2025-03-01",
        version="1.0", source="reports/r.md", sections=(section,),
    )  # fmt: skip
    assert [sentence for _, sentence in document.sentences()] == [heading, line]
    assert list(document.citations()) == [CITED]
    assert section.title == "Scale"
