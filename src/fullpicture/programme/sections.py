"""Where each indicator stands: sections and their domains, in the order of the programme's files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from fullpicture.analyse.indicator import Indicator
from fullpicture.programme.forms import ProgrammeForm, SectionForm
from fullpicture.publish.publication import Domain, Section

OTHER = "other"
"""The section of indicators that belong nowhere."""


def sections_of(form: ProgrammeForm, indicators: Mapping[str, Indicator]) -> tuple[Section, ...]:
    """The programme's sections with their indicators, and one for indicators that no section has."""
    found = tuple(
        _section(section, number, indicators)
        for section, number in zip(form.section, _numbers(form.section), strict=True)
    )
    placed = {id_ for section in found for id_ in section.indicators}
    rest = tuple(id_ for id_ in indicators if id_ not in placed)
    return (*found, Section(OTHER, "Other indicators", rest)) if rest else found


def places_of(form: ProgrammeForm) -> list[str]:
    """Everything that an indicator may belong to: ids of sections and of domains."""
    return [name for section in form.section for name in (section.id, *section.domains)]


def domain_titles(form: ProgrammeForm) -> dict[str, str]:
    """Titles of domains by id."""
    return {id_: title for section in form.section for id_, title in section.domains.items()}


def _section(form: SectionForm, number: int, indicators: Mapping[str, Indicator]) -> Section:
    """A section's indicators: those it names, those that belong to it, and those of its domains, in turn."""
    domains = tuple(Domain(id_, title, _belonging(id_, indicators)) for id_, title in form.domains.items())
    own = [*form.indicators, *_belonging(form.id, indicators)]
    listed = tuple(dict.fromkeys(own + [id_ for domain in domains for id_ in domain.indicators]))
    return Section(form.id, form.title, listed, form.note, form.kind, number, domains)


def _belonging(place: str, indicators: Mapping[str, Indicator]) -> tuple[str, ...]:
    return tuple(id_ for id_, indicator in indicators.items() if indicator.belongs == place)


def _numbers(sections: Sequence[SectionForm]) -> Iterable[int]:
    """Each section's number among those of its kind: it is its place in the file, and in no id."""
    met: Counter[str] = Counter()
    for section in sections:
        met[section.kind] += 1
        yield met[section.kind]
