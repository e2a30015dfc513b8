"""What a review sheet says, whichever database it comes from."""

from typing import NamedTuple

__all__ = ["DASHES", "Amount", "EarlierSheet", "Measure", "Payment", "PlanNamed", "Review", "Sheet", "Step", "Value"]

DASHES = frozenset("-ー－―‐−–—ｰ─")
"""What is printed where there is nothing to say: a text of nothing but these says nothing."""


class Amount(NamedTuple):
    """One budget or execution figure of a sheet.

    Attributes:
        fiscal_year: the year it is for (FY2021 is 2021, April to March), not that of the sheet.
        phase: ``Request``, ``Initial``, ``Supplementary``, ``CarriedIn``, ``CarriedOut``, ``Reserve``, ``Total`` or
            ``Executed``.
        yen: the amount in yen. What is carried out is positive, as the vocabulary has it (total = initial +
            supplementary + carried in - carried out + reserve), although the database mostly writes it with a minus.
        printed: the figure as the database has it, with its unit: ``320.43百万円``.
        account: the account it is of (一般会計, 特別会計 …) where the database tells them apart, else None.
        place: where in the record it stands: ``予算[2014].当初予算``.
        within: the place of the amount that it is a part of, where the sheet prints both: 要望額 of 翌年度要求額.
    """

    fiscal_year: int
    phase: str
    yen: int
    printed: str
    account: str | None
    place: str
    within: str | None = None


class Value(NamedTuple):
    """One value of an indicator.

    Attributes:
        fiscal_year: the year it is for, as meant.
        kind: ``Actual``, ``Target`` or ``Forecast``.
        number: the value; None where it is said in words.
        text: the words, else None.
        place: where in the record it stands.
        printed_year: the year as the database has it where that is not the one meant: ``目標最終年度 4010``.
    """

    fiscal_year: int | None
    kind: str
    number: str | None
    text: str | None
    place: str
    printed_year: str | None = None


class Measure(NamedTuple):
    """An outcome or output of a sheet: its goal in words, its indicator, unit and values.

    ``better`` is ``Higher`` or ``Lower`` where the sheet says which of them is wanted.
    """

    kind: str
    goal: str | None
    indicator: str
    unit: str | None
    values: tuple[Value, ...]
    place: str
    better: str | None = None


class Payment(NamedTuple):
    """Money to one payee.

    Attributes:
        fiscal_year: the year in which it was paid.
        number: its number in its block.
        task: what it was paid for.
        yen: the amount in yen; 0 where the database gives none.
        printed: the figure as the database has it, with its unit.
        place: where in the record it stands: ``支出先[A1]``.
        block: the group of payees (A, B …), a stage of the flow of money.
        payer_block: the block that pays, where the database tells; None else. A payment at each stage is of the same
            money: payments of different blocks are never added up.
        payee: the name of a body; None for a person, whose name is not kept.
        corporate_number: 法人番号, 13 digits, or None.
        other_number: what is printed in the field of the corporate number where it is none; None else.
    """

    fiscal_year: int
    block: str
    number: int
    payer_block: str | None
    payee: str | None
    corporate_number: str | None
    task: str | None
    yen: int
    printed: str
    place: str
    other_number: str | None = None


class Step(NamedTuple):
    """A step on the way to the outcomes of a sheet (効果発現経路), in its words.

    Attributes:
        text: what is done (an activity), or why one goal leads to the next.
        place: where in the record it stands.
        origin: the goal that leads to the next, empty where no `Measure` of the sheet has it; None for an activity.
        goals: the goals that it leads to, as the measures have them.
    """

    text: str
    place: str
    origin: str | None
    goals: tuple[str, ...]


class Review(NamedTuple):
    """What a review of a programme found, or what is done about it (点検・評価).

    Attributes:
        text: the words, as printed.
        place: where in the record they stand; places of the same words are set apart by ``; ``.
        kind: ``Finding`` for what was found, ``Measure`` for what is done about it.
    """

    text: str
    place: str
    kind: str


class EarlierSheet(NamedTuple):
    """A sheet of an earlier year that this one names: year of its publication, ministry, number as printed."""

    fiscal_year: int | None
    ministry: str | None
    number: str


class PlanNamed(NamedTuple):
    """A plan, notice, policy, measure or law that a sheet names in a field of its own (計画通知名, 根拠法令 …)."""

    kind: str
    text: str
    place: str


class Sheet(NamedTuple):
    """One administrative review sheet (行政事業レビューシート).

    Attributes:
        database: ``judgit`` or ``rs-system``.
        year: the fiscal year of its publication.
        ministry: 府省庁, as printed.
        number: 事業番号 as printed; with year and ministry it names the sheet.
        project: 予算事業ID of the RS system (stable over years), else None.
        name: 事業名, as printed.
        start, end: fiscal years; ``end`` None where it has none or does not say.
        bureau, division: 担当部局庁, 担当課室.
        accounts, methods, areas: 会計区分, 実施方法, 主要施策.
        purpose, outline: 事業目的, 事業概要.
        no_target_reason: why no quantitative target can be set.
        url: the address of the sheet.
        sha256: fingerprint of the text of the record, where it was read from one.
        issues: 現状・課題.
        steps: アクティビティ, 後続アウトカムへのつながり.
        one_stage_reason: why there are no outcomes in several stages.
        pages: where the outline can be read (事業概要URL).
        reviews: 点検・評価.
    """

    database: str
    year: int
    ministry: str
    number: str
    project: str | None
    name: str
    start: int | None
    end: int | None
    bureau: str | None
    division: str | None
    accounts: tuple[str, ...]
    methods: tuple[str, ...]
    areas: tuple[str, ...]
    purpose: str | None
    outline: str | None
    no_target_reason: str | None
    url: str | None
    amounts: tuple[Amount, ...]
    measures: tuple[Measure, ...]
    payments: tuple[Payment, ...]
    earlier: tuple[EarlierSheet, ...]
    plans: tuple[PlanNamed, ...]
    sha256: str | None = None
    issues: str | None = None
    steps: tuple[Step, ...] = ()
    one_stage_reason: str | None = None
    pages: tuple[str, ...] = ()
    reviews: tuple[Review, ...] = ()

    @property
    def key(self) -> tuple[int, str, str]:
        """Give what names the sheet: year, ministry and number."""
        return self.year, self.ministry, self.number
