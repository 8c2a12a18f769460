"""`[[rule]]` of `programme.toml`: what may not be known, of everything or of single sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import asdict, replace

from fullpicture.core.errors import Mistake
from fullpicture.disclosure import Rule, Rules
from fullpicture.programme.forms import ProgrammeForm, RuleForm
from fullpicture.programme.toml import nearest_hint


def rules_of(form: ProgrammeForm) -> Rules:
    """The rules of a programme: what one for single sources does not say is as for everything."""
    every = Rule(form.threshold, form.hide_zeros)
    for one in form.rule:
        every = every if one.sources else _over(every, one)
    by_source = ((source, _over(every, one)) for one in form.rule for source in one.sources)
    return Rules(every, tuple(by_source))


def rule_mistakes(form: ProgrammeForm, sources: Collection[str]) -> Iterator[Mistake]:
    """Rules for sources that are not there, and two for the same thing."""
    named = Counter(source for one in form.rule for source in one.sources or ("",))
    for source, times in named.items():
        where = f'programme.toml [[rule]] sources "{source}"' if source else "programme.toml [[rule]]"
        if source and source not in sources:
            yield Mistake(where, "there is no such source.", nearest_hint(source, sorted(sources)))
        if times > 1:
            yield Mistake(where, "two rules are for the same.", "Put all that is asked into one of them.")


def rules_in_words(form: ProgrammeForm) -> tuple[str, ...]:
    """What is asked beyond the threshold, of everything and of single sources; nothing where nothing is."""
    if not form.rule:
        return ()
    rules = rules_of(form)
    return (
        f"Everywhere: {rules.every.words}",
        *(f"Of {source}: {rule.words}" for source, rule in rules.by_source),
    )


def _over(every: Rule, form: RuleForm) -> Rule:
    said = {name: value for name, value in asdict(form).items() if name != "sources" and value is not None}
    return replace(every, **said)
