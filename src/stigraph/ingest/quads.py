"""A review sheet as N-Quads: what one sheet says, in the named graph of that sheet.

Written as text, template by template, without an RDF library: forty-seven thousand sheets say some twenty million
triples. The same sheet always gives the same bytes. What sheets share and no single one of them says (the name by which
a body is called) stands in a graph of its own (`stigraph.ingest.shared`).
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from stigraph.ingest.identity import (
    bodies,
    is_ministry,
    ministry_iri,
    sheet_key,
    sheet_slug,
)
from stigraph.ingest.mentions import Mention, mentions_of
from stigraph.ingest.model import Amount, Measure, Payment, PlanNamed, Sheet, Step, Value
from stigraph.ingest.terms import ALIAS, DESCRIPTION, LABEL, NOTATION, A, escaped, one_line, sti
from stigraph.vocab import ID, PREFIXES, STI

__all__ = ["FIRST_PAYER", "sheet_quads"]

FIRST_PAYER = "担当組織"
"""The payer of a block that the ministry itself pays."""

_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGER = f'"^^<{_XSD}integer>'
_DECIMAL = f'"^^<{_XSD}decimal>'
_NOTE = f"<{PREFIXES['skos']}note>"
_LICENSE = f"<{PREFIXES['dcterms']}license>"
_REFERENCES = f"<{PREFIXES['dcterms']}references>"
_PART_OF = f"<{PREFIXES['dcterms']}isPartOf>"
_DERIVED = f"<{PREFIXES['prov']}wasDerivedFrom>"

_LICENSES = {
    "judgit": "https://creativecommons.org/licenses/by/4.0/",
    "rs-system": "https://www.digital.go.jp/resources/open_data/public_data_license_v1.0",
}
_NO_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_SAFE = re.compile(r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*")
_FIRST_REIWA = 2019
_PHASE_SLUGS = {"CarriedIn": "carried-in", "CarriedOut": "carried-out"}
_BEYOND = 10
_DOUBT = {
    "@ja": "支出額が、このシートの予算額・執行額のうち最大のものの10倍を超える。円を百万円の欄に記入した可能性がある。",
    "@en": "The amount is more than ten times the largest budget or execution that the sheet prints for any year; yen "
    "may have been entered as million yen.",
}
_OTHER_YEAR = {
    "@ja": "データの年度は元号の取り違えによるもので、改めた。",
    "@en": "The year in the data comes from a mistaken era; it is corrected here.",
}
_OBJECTIVES = frozenset({"政策", "施策"})


def _slug(text: str) -> str:
    if _SAFE.fullmatch(text):
        return text
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def sheet_quads(
    sheet: Sheet,
    programme: str,
    *,
    label: str | None = None,
    mentions: Sequence[Mention] | None = None,
    numbered: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Give what a sheet says as N-Quads, all in the graph of the sheet.

    Args:
        sheet: the sheet.
        programme: the IRI of the programme it is of.
        label: what the programme is called elsewhere; the name on the sheet is then an alias where it is another.
            Without it the name on the sheet is the label of the programme.
        mentions: the plans it names; found in it where they are not given.
        numbered: the IRIs of bodies that sheets give a corporate number (`Names.numbered`).

    Returns:
        Lines of N-Quads, in an order that depends on the sheet alone.
    """
    found = mentions_of(sheet) if mentions is None else mentions
    return "".join(_Writer(sheet, programme, numbered).lines(label, found))


class _Writer:
    """The lines of one sheet."""

    def __init__(self, sheet: Sheet, programme: str, numbered: Mapping[str, str]) -> None:
        self._sheet = sheet
        self._numbered = numbered
        self._key = sheet_key(sheet)
        self._source = f"<{ID}source/{self._key}>"
        self._end = f" {self._source} .\n"
        self._programme = f"<{programme}>"
        self._payees: dict[str, str] = {}
        self._aims: dict[str, str] = {}
        end = self._end
        # What every fact node ends with: its document and, before it, its ground.
        self._stated = f"{sti('basis')} {sti('Stated')}{end}"
        self._derived = f"{_DERIVED} {self._source}{end}"

    def lines(self, label: str | None, mentions: Iterable[Mention]) -> Iterator[str]:
        yield from self._source_lines()
        yield from self._programme_lines(label)
        yield from self._amount_lines()
        yield from self._payment_lines()
        yield from self._measure_lines()
        yield from self._statement_lines()
        yield from self._step_lines()
        yield from self._objective_lines()
        for number, mention in enumerate(mentions, start=1):
            yield self._mention_lines(number, mention)

    def _literal(self, subject: str, predicate: str, text: str, tag: str = "") -> str:
        return f'{subject} {predicate} "{escaped(text)}"{tag}{self._end}'

    # The sheet and its programme

    def _source_lines(self) -> Iterator[str]:
        sheet, source, end = self._sheet, self._source, self._end
        year = f"令和{sheet.year - 2018}" if sheet.year >= _FIRST_REIWA + 1 else f"平成{sheet.year - 1988}"
        year = "令和元" if sheet.year == _FIRST_REIWA else year
        yield f"{source} {A} {sti('Source')}{end}"
        yield self._literal(source, LABEL, f"{year}年度行政事業レビューシート（{one_line(sheet.name)}）", "@ja")
        yield self._literal(source, NOTATION, sheet.number)
        yield f'{source} {sti("fiscalYear")} "{sheet.year}{_INTEGER}{end}'
        yield f"{source} {_LICENSE} <{_LICENSES[sheet.database]}>{end}"
        yield f"{source} {sti('about')} {self._programme}{end}"
        yield f"{source} {sti('ministry')} <{ministry_iri(sheet.ministry)}>{end}"
        if sheet.sha256:
            yield self._literal(source, sti("sha256"), sheet.sha256)
        if sheet.url and not _NO_IRI.search(sheet.url):
            yield f"{source} {_REFERENCES} <{sheet.url}>{end}"
        for property_, text in (("bureau", sheet.bureau), ("division", sheet.division)):
            if text:
                yield self._literal(source, sti(property_), one_line(text), "@ja")
        for property_, texts in (
            ("account", sheet.accounts),
            ("implementationMethod", sheet.methods),
            ("policyArea", sheet.areas),
        ):
            for text in texts:
                yield self._literal(source, sti(property_), text, "@ja")
        yield from self._earlier_lines()

    def _earlier_lines(self) -> Iterator[str]:
        for earlier in dict.fromkeys(self._sheet.earlier):
            ministry = earlier.ministry or self._sheet.ministry
            if earlier.fiscal_year is not None and is_ministry(ministry):
                key = sheet_slug(earlier.fiscal_year, ministry, earlier.number)
                yield f"{self._source} {sti('earlierSheet')} <{ID}source/{key}>{self._end}"
            else:
                yield self._literal(self._source, sti("earlierNumber"), earlier.number)

    def _programme_lines(self, label: str | None) -> Iterator[str]:
        sheet, programme, end = self._sheet, self._programme, self._end
        name = one_line(sheet.name)
        yield f"{programme} {A} {sti('Programme')}{end}"
        if label is None:
            yield self._literal(programme, LABEL, name, "@ja")
        elif label != name:
            yield self._literal(programme, ALIAS, name, "@ja")
        if sheet.project:
            yield self._literal(programme, NOTATION, sheet.project)
        yield f"{programme} {sti('ministry')} <{ministry_iri(sheet.ministry)}>{end}"
        for property_, year in (("startFiscalYear", sheet.start), ("endFiscalYear", sheet.end)):
            if year is not None:
                yield f'{programme} {sti(property_)} "{year}{_INTEGER}{end}'

    # Money

    def _amount_lines(self) -> Iterator[str]:
        used: Counter[tuple[int, str]] = Counter()
        nodes: dict[str, str] = {}
        totals = {(amount.fiscal_year, amount.phase) for amount in self._sheet.amounts if amount.account is None}
        for amount in sorted(self._sheet.amounts, key=lambda one: one.account is not None):
            if amount.within is not None:
                whole = nodes[amount.within]
                yield self._amount(amount, f"{whole}-part", whole)
                continue
            cell = amount.fiscal_year, amount.phase
            used[cell] += 1
            stem = (
                f"{ID}budget/{self._key}-{amount.fiscal_year}-{_PHASE_SLUGS.get(amount.phase) or amount.phase.lower()}"
            )
            node = f"{stem}-{used[cell]}" if used[cell] > 1 else stem
            nodes[amount.place] = node
            part = node != stem and amount.account is not None and cell in totals
            yield self._amount(amount, node, stem if part else None)

    def _amount(self, amount: Amount, iri: str, whole: str | None) -> str:
        end = self._end
        node = f"<{iri}>"
        more = ""
        if amount.account is not None:
            more = self._literal(node, sti("account"), amount.account, "@ja")
        if whole is not None:
            more += f"{node} {_PART_OF} <{whole}>{end}"
        return (
            f"{node} {_BUDGET_LINE}{end}"
            f"{node} {_PROGRAMME} {self._programme}{end}"
            f'{node} {_FISCAL_YEAR} "{amount.fiscal_year}{_INTEGER}{end}'
            f"{node} {_PHASE}{amount.phase}>{end}"
            f'{node} {_AMOUNT} "{amount.yen}{_INTEGER}{end}'
            f'{node} {_AS_PRINTED} "{escaped(amount.printed)}"{end}'
            f"{more}"
            f'{node} {_LOCATOR} "{escaped(amount.place)}"{end}'
            f"{node} {self._stated}"
            f"{node} {self._derived}"
        )

    def _payment_lines(self) -> Iterator[str]:
        sole = _sole_payees(self._sheet.payments)
        most = _BEYOND * max((abs(amount.yen) for amount in self._sheet.amounts), default=0)
        for payment in self._sheet.payments:
            if payment.yen or payment.payee or payment.corporate_number or payment.other_number:
                yield from self._payment(payment, sole)
                if most and payment.yen > most:
                    yield from self._doubt(self._transfer(payment))

    def _transfer(self, payment: Payment) -> str:
        return f"<{ID}transfer/{self._key}-{_slug(payment.block)}{_joint(payment.block)}{payment.number}>"

    def _doubt(self, transfer: str) -> Iterator[str]:
        for tag, note in _DOUBT.items():
            yield self._literal(transfer, _NOTE, note, tag)

    def _payment(self, payment: Payment, sole: dict[str, Payment]) -> Iterator[str]:
        end = self._end
        node = self._transfer(payment)
        body, description = self._body(payment)
        payer = ""
        if payment.payer_block == FIRST_PAYER:
            payer = f"{node} {_PAYER} <{ministry_iri(self._sheet.ministry)}>{end}"
        elif payment.payer_block in sole:
            payer_body, _ = self._body(sole[payment.payer_block])
            payer = f"{node} {_PAYER} {payer_body}{end}" if payer_body else ""
        if payment.payer_block:
            payer += self._literal(node, sti("payerBlock"), payment.payer_block)
        number = payment.corporate_number or payment.other_number
        printed = " ".join(filter(None, (payment.payee, number, payment.printed)))
        yield description
        yield (
            f"{node} {_TRANSFER}{end}"
            f"{node} {_PROGRAMME} {self._programme}{end}"
            f"{payer}"
            + (f"{node} {_PAYEE} {body}{end}" if body else "")
            + (f'{node} {_AMOUNT} "{payment.yen}{_INTEGER}{end}' if payment.yen else "")
            + f'{node} {_FISCAL_YEAR} "{payment.fiscal_year}{_INTEGER}{end}'
            f'{node} {_AS_PRINTED} "{escaped(printed)}"{end}'
            f'{node} {_BLOCK} "{escaped(payment.block)}"{end}'
            + (f'{node} {DESCRIPTION} "{escaped(payment.task)}"@ja{end}' if payment.task else "")
            + f'{node} {_LOCATOR} "{escaped(payment.place)}"{end}'
            f"{node} {self._stated}"
            f"{node} {self._derived}"
        )

    def _body(self, payment: Payment) -> tuple[str, str]:
        """Give the IRI of a payee, and the lines that describe it where only this sheet knows it, once."""
        number, name = payment.corporate_number, payment.payee
        if number is not None:
            known = bodies().by_number.get(number) or self._numbered.get(number)
            return f"<{known or f'{ID}organization/houjin-{number}'}>", ""
        if name is None:
            return "", ""
        curated = bodies().by_name.get("".join(name.split()))
        if curated is not None:
            return f"<{curated}>", ""
        known = self._payees.get(name)
        if known is not None:
            return known, ""
        iri = f"<{ID}organization/{self._key}-{_slug(payment.block)}{_joint(payment.block)}{payment.number}>"
        self._payees[name] = iri
        return iri, f"{iri} {A} {sti('Organization')}{self._end}" + self._literal(iri, LABEL, name, "@ja")

    # Goals and what is measured

    def _measure_lines(self) -> Iterator[str]:
        count: Counter[str] = Counter()
        goals: dict[str, str] = {}
        for measure in self._sheet.measures:
            count[measure.kind] += 1
            stem = f"{self._key}-{measure.kind}-{count[measure.kind]}"
            indicator = f"<{ID}indicator/{stem}>"
            goal = measure.goal if measure.goal != measure.indicator else None
            if goal is not None and goal not in goals:
                goals[goal] = f"<{ID}objective/{self._key}-goal-{len(goals) + 1}>"
                yield f"{goals[goal]} {A} {sti('Objective')}{self._end}"
                yield self._literal(goals[goal], LABEL, one_line(goal), "@ja")
            if measure.goal is not None:
                self._aims.setdefault(measure.goal, indicator if goal is None else goals[goal])
            yield self._indicator(measure, indicator, goals[goal] if goal is not None else None)
            yield from self._values(measure.values, stem, indicator)

    def _indicator(self, measure: Measure, indicator: str, goal: str | None) -> str:
        end = self._end
        return (
            f"{indicator} {A} {sti('Indicator')}{end}"
            + self._literal(indicator, LABEL, one_line(measure.indicator), "@ja")
            + f"{indicator} {_INDICATOR_CLASS}{end}"
            + f"{indicator} {_MEASURES} {self._programme}{end}"
            + (f"{indicator} {_MEASURES} {goal}{end}" if goal else "")
            + (self._literal(indicator, sti("unit"), one_line(measure.unit)) if measure.unit else "")
            + (f"{indicator} {sti('betterWhen')} {sti(measure.better)}{end}" if measure.better else "")
        )

    def _values(self, values: Iterable[Value], stem: str, indicator: str) -> Iterator[str]:
        end = self._end
        used: Counter[str] = Counter()
        for value in values:
            name = f"{stem}-{value.fiscal_year or 'undated'}-{value.kind.lower()}"
            used[name] += 1
            node = f"<{ID}observation/{name}{f'-{used[name]}' if used[name] > 1 else ''}>"
            yield (
                f"{node} {_OBSERVATION}{end}"
                f"{node} {_INDICATOR} {indicator}{end}"
                + (f'{node} {_VALUE} "{value.number}{_DECIMAL}{end}' if value.number is not None else "")
                + (f'{node} {_TEXT_VALUE} "{escaped(value.text)}"@ja{end}' if value.text is not None else "")
                + (
                    f'{node} {_YEAR} "{value.fiscal_year}{_INTEGER}{end}{node} {_YEAR_KIND}{end}'
                    if value.fiscal_year is not None
                    else ""
                )
                + (self._corrected(node, value.printed_year) if value.printed_year else f"{node} {self._stated}")
                + f"{node} {_VALUE_KIND}{value.kind}>{end}"
                f'{node} {_LOCATOR} "{escaped(value.place)}"{end}'
                f"{node} {self._derived}"
            )

    def _corrected(self, node: str, printed: str) -> str:
        """Say that the year of a value is not the one the sheet has, and which that is."""
        return (
            f"{node} {sti('basis')} {sti('Inferred')}{self._end}"
            + self._literal(node, _AS_PRINTED, printed)
            + "".join(self._literal(node, _NOTE, note, tag) for tag, note in _OTHER_YEAR.items())
        )

    # What it says in words

    def _statement_lines(self) -> Iterator[str]:
        sheet = self._sheet
        for name, kind, text, place in (
            ("purpose", "Aim", sheet.purpose, "事業目的"),
            ("outline", "Measure", sheet.outline, "事業概要"),
            ("issues", "Background", sheet.issues, "現状・課題"),
            ("no-target", "Background", sheet.no_target_reason, "定量的な目標が設定できない理由"),
            ("one-stage", "Background", sheet.one_stage_reason, "アウトカムを複数段階で設定できない理由"),
        ):
            if text:
                node = f"<{ID}statement/{self._key}-{name}>"
                yield self._statement(node, kind, text, place) + f"{node} {self._stated}{node} {self._derived}"
                if name == "outline":
                    yield from (
                        f"{node} {_REFERENCES} <{page}>{self._end}" for page in sheet.pages if not _NO_IRI.search(page)
                    )

    def _step_lines(self) -> Iterator[str]:
        """Say what is done (a measure) and why one goal leads to the next (background), under the goal it leads to."""
        for number, step in enumerate(self._sheet.steps, start=1):
            name, kind = ("activity", "Measure") if step.origin is None else ("step", "Background")
            node = f"<{ID}statement/{self._key}-{number}-{name}>"
            yield self._statement(node, kind, step.text, step.place) + f"{node} {self._stated}{node} {self._derived}"
            yield from self._ends_of(step, node)

    def _ends_of(self, step: Step, node: str) -> Iterator[str]:
        """Tie a step to its goals; a goal that is told by its indicator alone is what the step speaks of."""
        for goal in step.goals:
            aim = self._aims.get(goal)
            if aim is not None:
                yield f"{node} {_UNDER if '/objective/' in aim else _ABOUT} {aim}{self._end}"
        origin = self._aims.get(step.origin or "")
        if origin is not None:
            yield f"{node} {_ABOUT} {origin}{self._end}"

    def _statement(self, node: str, kind: str, quote: str, place: str) -> str:
        end = self._end
        return (
            f"{node} {_STATEMENT}{end}"
            f"{node} {_STATEMENT_KIND}{kind}>{end}"
            f'{node} {_QUOTE} "{escaped(quote)}"@ja{end}'
            f"{node} {_ABOUT} {self._programme}{end}"
            f'{node} {_LOCATOR} "{escaped(place)}"{end}'
        )

    def _objective_lines(self) -> Iterator[str]:
        policies = [plan for plan in self._sheet.plans if plan.kind in _OBJECTIVES]
        nodes: dict[str, str] = {}
        for text in dict.fromkeys(plan.text for plan in policies):
            node = nodes[text] = f"<{ID}objective/{self._key}-policy-{len(nodes) + 1}>"
            yield f"{node} {A} {sti('Objective')}{self._end}"
            yield self._literal(node, LABEL, one_line(text), "@ja")
            yield f"{self._programme} {sti('contributesTo')} {node}{self._end}"
        wholes = {_row_of(plan): nodes[plan.text] for plan in policies if plan.kind == "政策"}
        parts = {(nodes[plan.text], wholes.get(_row_of(plan))): None for plan in policies if plan.kind == "施策"}
        for part, whole in parts:
            if whole is not None and whole != part:
                yield f"{part} {_PART_OF} {whole}{self._end}"

    def _mention_lines(self, number: int, mention: Mention) -> str:
        end = self._end
        node = f"<{ID}statement/{self._key}-plan-{number}>"
        return (
            self._statement(node, mention.kind, mention.quote, mention.locator)
            + self._literal(node, _CITED_AS, mention.cited_as)
            + (f"{node} {_STATED_IN} <{mention.document}>{end}" if mention.document else "")
            + (self._literal(node, _NOTE, mention.note, "@ja") if mention.note else "")
            + f"{node} {_BASIS}{mention.basis}>{end}"
            + f"{node} {self._derived}"
            + (f"{self._programme} {_CITES} {node}{end}" if mention.kind == "Declaration" else "")
        )


_BUDGET_LINE = f"{A} {sti('BudgetLine')}"
_TRANSFER = f"{A} {sti('Transfer')}"
_OBSERVATION = f"{A} {sti('Observation')}"
_STATEMENT = f"{A} {sti('Statement')}"
_PROGRAMME = sti("programme")
_FISCAL_YEAR = sti("fiscalYear")
_PHASE = f"{sti('phase')} <{STI}"
_AMOUNT = sti("amount")
_AS_PRINTED = sti("asPrinted")
_LOCATOR = sti("locator")
_PAYER = sti("payer")
_PAYEE = sti("payee")
_BLOCK = sti("block")
_INDICATOR_CLASS = f"{sti('indicatorClass')} {sti('ProgrammeIndicator')}"
_MEASURES = sti("measures")
_INDICATOR = sti("indicator")
_VALUE = sti("value")
_TEXT_VALUE = sti("textValue")
_YEAR = sti("year")
_YEAR_KIND = f"{sti('yearKind')} {sti('FiscalYear')}"
_VALUE_KIND = f"{sti('valueKind')} <{STI}"
_STATEMENT_KIND = f"{sti('statementKind')} <{STI}"
_QUOTE = sti("quote")
_ABOUT = sti("about")
_UNDER = sti("underObjective")
_CITED_AS = sti("citedAs")
_STATED_IN = sti("statedIn")
_CITES = sti("cites")
_BASIS = f"{sti('basis')} <{STI}"


def _row_of(plan: PlanNamed) -> str:
    """Give the row in which a policy (政策) and its measure (施策) stand side by side."""
    return plan.place.rpartition(".")[0]


def _joint(block: str) -> str:
    """Set a block that ends in a digit apart from the number of the payee."""
    return "-" if not (block.isascii() and block.isalpha()) else ""


def _sole_payees(payments: Iterable[Payment]) -> dict[str, Payment]:
    """Give the blocks that have one payee: only there is it known who pays on."""
    blocks: dict[str, list[Payment]] = {}
    for payment in payments:
        blocks.setdefault(payment.block, []).append(payment)
    return {block: those[0] for block, those in blocks.items() if len(those) == 1}
