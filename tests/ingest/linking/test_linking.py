"""The linking of review sheets: against pairs labelled by hand, on the traps of the data, and the curated joins."""

import json
import lzma
import os
import random
import resource
import time
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from stigraph.errors import DataError
from stigraph.ingest.linking import Key, Links, Record, join_curated, link, read_joins, record_of, sentences_of
from stigraph.ingest.linking.curated import PROGRAMME
from stigraph.ingest.linking.evidence import agree, close, read_entry
from stigraph.ingest.linking.names import likeness, read_name
from stigraph.ingest.linking.scoring import read_pairs, score
from stigraph.ingest.model import Amount, EarlierSheet, Sheet

HERE = Path(__file__).parent
PAIRS = read_pairs(HERE / "pairs.csv")
ROOT = HERE.parents[2]
WPI = {2015: 9610, 2016: 9441, 2017: 6001, 2018: 7012, 2019: 6750, 2020: 5871, 2021: 6100, 2022: 6100, 2023: 7088}
MILLION = 1_000_000


def read_sample() -> Iterator[Record]:
    with lzma.open(HERE / "records.ndjson.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            year, ministry, number, name, bureau, start, end, earlier, amounts, sentences = json.loads(line)
            yield Record(
                year,
                ministry,
                number,
                name,
                bureau,
                start,
                end,
                None,
                tuple((entry[0], entry[1], entry[2]) for entry in earlier),
                {(fiscal_year, phase): yen for fiscal_year, phase, yen in amounts},
                frozenset(sentences),
            )


@pytest.fixture(scope="module")
def sample() -> list[Record]:
    return list(read_sample())


@pytest.fixture(scope="module")
def links(sample: list[Record]) -> Links:
    return link(sample)


def sheet(year: int, number: str, name: str, **said: object) -> Record:
    amounts = said.pop("amounts", {})
    assert isinstance(amounts, dict)
    plain = Record(
        year,
        "文部科学省",
        number,
        name,
        "研究振興局",
        2010,
        None,
        None,
        (),
        {cell: round(yen * MILLION) for cell, yen in amounts.items()},
        frozenset(),
    )
    return plain._replace(**said)  # type: ignore[arg-type]  # each test names its own fields


def initial(**years: float) -> dict[tuple[int, str], float]:
    return {(int(year.removeprefix("fy")), "Initial"): amount for year, amount in years.items()}


def numbers(links: Links) -> list[list[str]]:
    return [[number for _, _, number in programme] for programme in links.programmes]


def test_pairs_of_all_ministries_are_labelled_and_most_are_hard() -> None:
    assert Counter(pair.part for pair in PAIRS) == {"tuning": 200, "unseen": 100, "fresh": 150}
    assert len({(pair.earlier, pair.later) for pair in PAIRS}) == 450
    assert len({key[1] for pair in PAIRS for key in (pair.earlier, pair.later)}) == 23
    assert sum(pair.kind not in {"plain", "random"} for pair in PAIRS) >= 240
    assert {pair.label for pair in PAIRS} == {"same", "different", "merged", "split", "moved", "unclear"}
    assert all(pair.earlier[0] <= pair.later[0] for pair in PAIRS)


def test_the_third_sample_shares_no_sheet_with_the_first_two() -> None:
    drawn: dict[bool, set[Key]] = {True: set(), False: set()}
    for pair in PAIRS:
        drawn[pair.part == "fresh"] |= {pair.earlier, pair.later}
    assert not drawn[True] & drawn[False]


def test_labelled_names_are_those_of_the_sheets(sample: list[Record]) -> None:
    names = {record.key: "".join(record.name.split()) for record in sample}
    for pair in PAIRS:
        for key, name in zip((pair.earlier, pair.later), pair.names, strict=True):
            assert names[key] == "".join(name.split())


def test_precision_and_recall(links: Links) -> None:
    result = score(links, PAIRS)
    assert result.precision >= 0.99, result.faults
    assert result.recall >= 0.97, result.faults


@pytest.mark.parametrize("part", ["tuning", "unseen", "fresh"])
def test_precision_and_recall_of_each_part(links: Links, part: str) -> None:
    result = score(links, [pair for pair in PAIRS if pair.part == part])
    assert result.precision >= 0.99, result.faults
    assert result.recall >= 0.96, result.faults


def test_a_sheet_is_in_one_programme_and_a_programme_has_one_sheet_a_year(sample: list[Record], links: Links) -> None:
    keys = [key for programme in links.programmes for key in programme]
    assert sorted(keys) == sorted(record.key for record in sample)
    for programme in links.programmes:
        years = [year for year, _, _ in programme]
        assert years == sorted(set(years))
        assert all(later - earlier <= 3 for earlier, later in pairwise(years))


def test_the_order_of_the_sheets_does_not_matter(sample: list[Record], links: Links) -> None:
    shuffled = random.Random(1).sample(sample, len(sample))
    assert link(shuffled) == links


def test_relations_lie_between_programmes_and_forward(links: Links) -> None:
    places = links.by_sheet()
    assert {relation.kind for relation in links.relations} == {"merged", "split", "moved"}
    for relation in links.relations:
        assert places[relation.earlier] != places[relation.later]
        assert relation.later[0] - relation.earlier[0] in ({-1, 0, 1} if relation.kind == "moved" else {1})
        assert relation.kind != "moved" or relation.earlier[1] != relation.later[1]


def test_wpi_has_its_nine_sheets_and_initial_budgets(sample: list[Record], links: Links) -> None:
    joins = join_curated(links)
    (place,) = [place for place, found in joins.items() if any(join.programme == f"{PROGRAMME}wpi" for join in found)]
    held = {record.key: record for record in sample}
    programme = [held[key] for key in links.programmes[place]]
    assert {one.year: one.amounts[one.year, "Initial"] // MILLION for one in programme} == WPI


def test_curated_joins_name_sheets_and_programmes_that_exist(sample: list[Record], links: Links) -> None:
    joins = read_joins()
    held = {record.key for record in sample}
    catalogue = (ROOT / "data" / "catalogue" / "programmes.ttl").read_text(encoding="utf-8")
    for join in joins:
        assert f"\nprogramme:{join.programme.removeprefix(PROGRAMME)}\n" in catalogue
        assert join.reason
    told = {(join.programme, join.relation) for found in join_curated(links).values() for join in found}
    assert told == {(join.programme, join.relation) for join in joins if join.sheet in held}
    assert {join.programme for join in joins if join.sheet in held} == {join.programme for join in joins}


def test_sicorp_and_satreps_lie_inside_grants_and_are_never_the_grant() -> None:
    for name in ("sicorp", "satreps"):
        found = [join for join in read_joins() if join.programme == PROGRAMME + name]
        assert found
        assert {join.relation for join in found} == {"contains"}


def test_two_sheets_of_a_year_are_not_one_curated_programme(links: Links) -> None:
    wpi = next(join for join in read_joins() if join.programme == f"{PROGRAMME}wpi")
    places = links.by_sheet()
    other = next(key for key in places if key[0] == 2023 and places[key] != places[wpi.sheet])
    with pytest.raises(ValueError, match="Two sheets of 20"):
        join_curated(links, [wpi, wpi._replace(sheet=other)])
    with pytest.raises(ValueError, match="two curated programmes"):
        join_curated(links, [wpi, wpi._replace(programme=f"{PROGRAMME}kakenhi")])


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("year,number\n", 1),
        ("year,ministry,number,relation,programme,reason\n2023,文部科学省,1,like,wpi,name\n", 2),
        ("year,ministry,number,relation,programme,reason\n2023,文部科学省,1,same,wpi,\n", 2),
        ("year,ministry,number,relation,programme,reason\nR5,文部科学省,1,same,wpi,name\n", 2),
    ],
)
def test_a_bad_table_of_joins_is_refused_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    table = tmp_path / "curated.csv"
    table.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_joins(table)
    assert caught.value.line == line


def test_a_missing_table_of_joins_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        read_joins(tmp_path / "nothing.csv")


def test_periods_are_not_taken_for_one_another() -> None:
    years = initial(fy2014=100, fy2015=120)
    found = link([sheet(2015, "1", "研究（第1期）", amounts=years), sheet(2016, "2", "研究（第2期）", start=2016)])
    assert numbers(found) == [["1"], ["2"]]


def test_equal_amounts_carry_a_new_name() -> None:
    before = {(2013, "Executed"): 311, (2014, "Initial"): 420, (2014, "Executed"): 402, (2015, "Initial"): 431}
    after = {**before, (2015, "Executed"): 425, (2016, "Initial"): 440}
    del after[2013, "Executed"]
    found = link(
        [sheet(2015, "1", "先端計測の開発", amounts=before), sheet(2016, "2", "計測基盤の高度化", amounts=after)]
    )
    assert numbers(found) == [["1", "2"]]


def test_equal_amounts_of_another_ministry_do_not() -> None:
    amounts = {(2014, "Initial"): 42, (2014, "Executed"): 40, (2015, "Initial"): 43}
    other = sheet(2016, "2", "国際会議分担金", amounts=amounts, ministry="外務省", bureau="国際協力局", start=1995)
    assert numbers(link([sheet(2015, "1", "先端計測の開発", amounts=amounts), other])) == [["1"], ["2"]]


def test_twins_are_told_apart_by_their_amounts() -> None:
    one, two = initial(fy2014=62, fy2015=64), initial(fy2014=88, fy2015=89)
    found = link(
        [
            sheet(2015, "1", "受入支援事業", amounts=one),
            sheet(2015, "2", "受入支援事業", amounts=two),
            sheet(2016, "3", "受入支援事業", amounts=two),
            sheet(2016, "4", "受入支援事業", amounts=one),
        ]
    )
    assert numbers(found) == [["1", "4"], ["2", "3"]]


def test_a_year_without_a_sheet_is_stepped_over() -> None:
    amounts = initial(fy2014=62, fy2015=64)
    found = link([sheet(2015, "1", "受入支援事業", amounts=amounts), sheet(2017, "2", "受入支援事業", amounts=amounts)])
    assert numbers(found) == [["1", "2"]]


def test_a_name_used_again_for_another_thing_is_another_programme() -> None:
    old = sheet(2018, "1", "次期戦闘機", start=2012, amounts=initial(fy2016=66621, fy2017=107754, fy2018=92247))
    new = sheet(2020, "2", "次期戦闘機", start=2020, amounts={(2021, "Request"): 120})
    assert numbers(link([old, new])) == [["1"], ["2"]]


def test_a_stable_project_number_is_enough() -> None:
    found = link(
        [sheet(2024, "1", "甲の研究", project="3522"), sheet(2025, "2", "乙の推進", project="3522", start=2025)]
    )
    assert numbers(found) == [["1", "2"]]


def test_a_sum_of_two_sheets_is_a_merger() -> None:
    one, two = initial(fy2015=120, fy2016=131, fy2017=142), initial(fy2015=38, fy2016=41, fy2017=15)
    both = {cell: one[cell] + two[cell] for cell in one}
    found = link(
        [
            sheet(2017, "1", "国土数値情報の整備", amounts=one),
            sheet(2017, "2", "位置参照情報の整備", amounts=two),
            sheet(2018, "3", "国土数値情報の整備", amounts=both),
        ]
    )
    assert numbers(found) == [["1", "3"], ["2"]]
    assert [(one.kind, one.earlier[2], one.later[2]) for one in found.relations] == [("merged", "2", "3")]


def test_a_sheet_that_becomes_two_is_a_split() -> None:
    one, two = initial(fy2016=120, fy2017=131), initial(fy2016=38, fy2017=41)
    both = {cell: one[cell] + two[cell] for cell in one}
    found = link(
        [
            sheet(2017, "1", "国際機関分担金", amounts=both),
            sheet(2018, "2", "監督者国際機構への拠出", amounts=one, start=2000),
            sheet(2018, "3", "作業部会への拠出", amounts=two, start=2000),
        ]
    )
    assert {(one.kind, one.earlier[2], one.later[2]) for one in found.relations} == {
        ("split", "1", "2"),
        ("split", "1", "3"),
    }


def kinds(links: Links) -> set[tuple[str, str, str]]:
    return {(relation.kind, relation.earlier[2], relation.later[2]) for relation in links.relations}


def test_one_text_one_office_and_one_amount_carry_a_new_name() -> None:
    text = sentences_of("国際法の研修に各国の行政官を招く。", "若手の行政官の養成に資する。")
    before = sheet(2022, "1", "法律諮問委員会の研修", amounts=initial(fy2020=17, fy2021=17), sentences=text)
    after = sheet(2023, "2", "東京セミナーの開催", amounts=initial(fy2020=17, fy2021=17), sentences=text)
    other = after._replace(amounts={cell: yen + 3 * MILLION for cell, yen in after.amounts.items()})
    assert numbers(link([before, after])) == [["1", "2"]]
    assert numbers(link([before, other])) == [["1"], ["2"]]


def test_a_request_goes_on_in_the_only_sheet_that_names_it() -> None:
    request = sheet(2018, "新31-0012", "医療人材育成拠点の形成", start=2019, amounts={(2019, "Request"): 1001})
    granted = sheet(2019, "新31-0009", "医療データ人材育成拠点の整備", start=2019, amounts=initial(fy2019=201))
    granted = granted._replace(earlier=((2018, "文部科学省", "新31-0012"),))
    assert numbers(link([request, granted])) == [["新31-0012", "新31-0009"]]
    twin = granted._replace(number="新31-0010", name="遺伝カウンセラーを養う大学への支援")
    assert numbers(link([request, granted, twin])) == [["新31-0012"], ["新31-0009"], ["新31-0010"]]
    assert numbers(link([request, granted._replace(start=2017)])) == [["新31-0012"], ["新31-0009"]]


def test_a_name_given_up_for_a_year_is_bridged() -> None:
    first = sheet(2020, "1", "地方モデル事業", start=2020, amounts=initial(fy2020=96))
    text = sentences_of("地方公共団体の課題を民間の団体と解決する。")
    amounts = initial(fy2020=96, fy2021=107)
    second = sheet(2021, "2", "先進的モデル事業", start=2020, amounts=amounts, sentences=text)
    third = sheet(2022, "3", "地方モデル事業", start=2020, amounts=amounts, sentences=text)
    assert numbers(link([first, second, third])) == [["1", "2", "3"]]
    assert numbers(link([first, second])) == [["1"], ["2"]]


def test_a_sheet_that_several_name_is_parted_among_those_that_print_what_it_lost() -> None:
    whole = sheet(2018, "1", "口腔保健推進事業費", amounts=initial(fy2016=328, fy2017=358))
    named = ((2018, "文部科学省", "1"),)
    one = sheet(2019, "2", "運動推進の特別対策", start=2015, amounts=initial(fy2016=100, fy2017=101), earlier=named)
    two = sheet(2019, "3", "支援センターの設置", start=2013, amounts=initial(fy2016=140, fy2017=169), earlier=named)
    new = sheet(2019, "4", "資格証の発行", start=2020, amounts={(2020, "Request"): 20}, earlier=named)
    assert kinds(link([whole, one, two, new])) == {("split", "1", "2"), ("split", "1", "3")}


def test_a_new_programme_takes_up_those_that_it_names_and_that_end() -> None:
    one = sheet(2018, "1", "ユネスコとの協力", end=2019, amounts=initial(fy2017=93))
    two = sheet(2018, "2", "民間団体への助成", end=2019, amounts=initial(fy2017=30))
    named = ((2018, "文部科学省", "1"), (2018, "文部科学省", "2"))
    new = sheet(2019, "3", "未来共創プラットフォーム", bureau="文部科学省", start=2020, earlier=named)
    assert kinds(link([one, two, new])) == {("merged", "1", "3"), ("merged", "2", "3")}


def test_a_request_printed_twice_is_taken_up_by_the_one_that_goes_on() -> None:
    one = sheet(2020, "1", "製造業の研究開発", start=2021, amounts={(2021, "Request"): 1800})
    after = sheet(2021, "3", "製造業の研究開発", start=2021, amounts=initial(fy2021=1020))
    assert kinds(link([one, one._replace(number="2"), after])) == {("merged", "2", "3")}


@pytest.mark.parametrize(("start", "found"), [(1980, {("merged", "1", "9"), ("merged", "2", "9")}), (1963, set())])
def test_parts_of_other_names_make_a_sum_where_the_oldest_began_with_the_whole(
    start: int, found: set[tuple[str, str, str]]
) -> None:
    parts = [
        sheet(2022, "1", "騒音の測定", start=1980, amounts=initial(fy2020=44, fy2021=41)),
        sheet(2022, "2", "湖沼の調査", start=2008, amounts=initial(fy2020=36, fy2021=27)),
        sheet(2022, "3", "拠出金の支払い", start=2012, amounts=initial(fy2020=90, fy2021=90)),
        sheet(2022, "4", "海底のごみ", start=2014, amounts=initial(fy2020=12, fy2021=19)),
    ]
    whole = sheet(2023, "9", "環境管理費", start=start, amounts=initial(fy2020=80, fy2021=68))
    assert kinds(link([*parts, whole])) == found


def test_amounts_printed_coarser_are_the_same() -> None:
    assert close(58_800_000, 58_000_000)
    assert close(58_400_000, 58_000_000)
    assert not close(58_000_000, 59_000_000)
    one = read_entry(sheet(2015, "1", "甲", amounts=initial(fy2014=8.9, fy2015=9.4)))
    two = read_entry(sheet(2016, "2", "甲", amounts=initial(fy2014=9, fy2015=9)))
    assert agree(one, two).cells == 2


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("省エネ設備導入補助金（旧：エネルギー設備補助金）", "省エネ設備導入補助金"),
        ("地域雇用創造プロジェクト（仮称）", "地域雇用創造プロジェクト"),
        ("e-Govの整備及び運用（情報通信技術調達等適正・効率化推進費）", "e-Govの整備及び運用"),
        ("第六期計画の推進", "第６期計画の推進"),
    ],
)
def test_names_that_are_one(one: str, two: str) -> None:
    assert read_name(one).key == read_name(two).key


def test_the_ministry_before_a_name_is_left_out() -> None:
    with_ministry = read_name("経済産業省グリーンイノベーション基金事業", "経済産業省")
    assert with_ministry.key == read_name("グリーンイノベーション基金事業").key


def test_former_names_are_read() -> None:
    assert read_name("新しい補助金（旧名：古い設備の補助金）").former == {"古い設備の補助金"}
    assert read_name("都市ＯＳ実装支援（令和元年度までは「スマートシティ推進」）").former == {"スマートシティ推進"}
    assert read_name("飼料対策（前年度：草地生産性向上対策）").former == {"草地生産性向上対策"}
    assert read_name(
        "国連テロ対策事務所拠出金（令和元年度までの予算事業名は、「国連テロ対策センター拠出金」）"
    ).former == {"国連テロ対策センター拠出金"}
    assert read_name("循環資源活用対策（平成29年度：再生可能エネルギー支援）").former == {"再生可能エネルギー支援"}
    renamed = read_name("内外教育調査（平成30年度から「外国教育事情調査」に名称変更）")
    assert renamed.key == "内外教育調査"
    assert renamed.former == {"外国教育事情調査"}
    assert read_name("復旧・復興工事の適正化").former == frozenset()
    assert likeness(frozenset(), frozenset()) == 0.0


def test_a_record_takes_what_a_sheet_says() -> None:
    amounts = (
        Amount(2022, "Initial", 5 * MILLION, "5百万円", "一般会計", "予算[2022]"),
        Amount(2022, "Initial", 7 * MILLION, "7百万円", "特別会計", "予算[2022]"),
        Amount(2022, "Executed", 0, "0百万円", None, "予算[2022]"),
    )
    whole = Sheet(
        database="judgit",
        year=2023,
        ministry="文部科学省",
        number="0001",
        project=None,
        name="甲事業",
        start=2010,
        end=None,
        bureau="研究振興局",
        division=None,
        accounts=(),
        methods=(),
        areas=(),
        purpose="研究開発を支援する。",
        outline="大学に補助する。",
        no_target_reason=None,
        url=None,
        amounts=amounts,
        measures=(),
        payments=(),
        earlier=(EarlierSheet(2022, "文部科学省", "0002"),),
        plans=(),
    )
    record = record_of(whole)
    assert record.key == whole.key
    assert record.amounts == {(2022, "Initial"): 12 * MILLION}
    assert record.earlier == ((2022, "文部科学省", "0002"),)
    assert record.sentences == sentences_of("研究開発を支援する。", "大学に補助する。")
    total = Amount(2022, "Initial", 12 * MILLION, "12000000円", None, "2-1[2022].当初予算（合計）")
    assert record_of(whole._replace(amounts=(*amounts, total))).amounts == {(2022, "Initial"): 12 * MILLION}


@pytest.mark.skipif("STIGRAPH_REVIEW_SHEETS" not in os.environ, reason="STIGRAPH_REVIEW_SHEETS names no folder")
def test_all_sheets_are_linked_in_time() -> None:
    import importlib.util

    spec = importlib.util.spec_from_file_location("linking_report", ROOT / "benchmarks" / "linking.py")
    assert spec is not None
    assert spec.loader is not None
    report = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(report)
    every = list(report.records(Path(os.environ["STIGRAPH_REVIEW_SHEETS"])))
    start = time.process_time()
    links = link(every)
    assert time.process_time() - start <= 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 500 * 1024
    result = score(links, PAIRS)
    assert result.precision >= 0.99, result.faults
    assert result.recall >= 0.97, result.faults
