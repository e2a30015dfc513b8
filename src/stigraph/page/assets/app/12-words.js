const WORDS = {
  language: ["言語", "Language"],
  "theme-auto": ["配色：自動", "Theme: automatic"],
  "theme-light": ["配色：明るい", "Theme: light"],
  "theme-dark": ["配色：暗い", "Theme: dark"],
  help: ["キーボード操作", "Keyboard"],
  controls: ["操作", "Controls"],
  views: ["表示の切り替え", "Ways of looking"],
  picture: ["図", "Picture"],
  list: ["一覧", "List"],
  table: ["表", "Table"],
  search: ["検索", "Search"],
  "search-hint": ["名称・略称・コードで探す", "Search by name, alias or code"],
  results: ["検索結果", "Search results"],
  legend: ["凡例", "Legend"],
  back: ["元に戻す", "Back"],
  forward: ["やり直す", "Forward"],
  about: ["この図について（資料・グラフ）", "About this picture: documents and charts"],
  "about-title": ["この図について", "About this picture"],
  download: ["保存・印刷", "Save or print"],
  "save-png": ["画像（PNG）を保存", "Save picture as PNG"],
  "save-svg": ["画像（SVG）を保存", "Save picture as SVG"],
  "save-csv": ["表（CSV）を保存", "Save table as CSV"],
  print: ["印刷", "Print"],
  close: ["閉じる", "Close"],
  classes: ["種別", "Kinds"],
  flags: ["しるし", "Marks"],
  relations: ["関係", "Relations"],
  all: ["すべて", "all"],
  only: ["これだけ", "only this"],
  "no-flag": ["しるしなし", "without mark"],
  "inferred-line": ["破線：推定によるつながり", "Dashed: link by inference"],
  "picture-label": ["図。矢印キーで項目を移動します", "Picture. Arrow keys move between items"],
  "picture-keys": [
    "矢印キーで近くの項目へ移動、Enterで詳細を表示、eで周辺を広げる、bで戻る、lで一覧表示。",
    "Arrow keys move to the nearest item, Enter opens its details, e expands its surroundings, b goes back, l opens the list.",
  ],
  zoom: ["拡大と縮小", "Zoom"],
  "zoom-in": ["拡大", "Zoom in"],
  "zoom-out": ["縮小", "Zoom out"],
  fit: ["全体を表示", "Fit everything"],
  "show-all": ["すべて元どおり表示", "Show all again"],
  "draw-whole": ["残り{0}件も描く", "Draw the other {0}"],
  "which-table": ["表の種類", "Which table"],
  nodes: ["項目", "Items"],
  links: ["つながり", "Links"],
  filter: ["表を絞り込む", "Filter the table"],
  scope: ["表の範囲", "Range of the table"],
  "scope-all": ["すべて", "everything"],
  "scope-shown": ["図に表示中のもの", "what the picture shows"],
  csv: ["CSVを保存", "Save CSV"],
  expand: ["周辺を広げる", "Expand"],
  surroundings: ["周辺だけ表示", "Only its surroundings"],
  centre: ["中央に表示", "Centre"],
  hide: ["隠す", "Hide"],
  "copy-link": ["リンクをコピー", "Copy link"],
  copied: ["リンクをコピーしました", "Link copied"],
  "copy-failed": ["コピーできません。アドレス欄のURLをお使いください", "Could not copy: take the address from the address bar"],
  shown: ["{1}件中{0}件を表示", "{0} of {1} shown"],
  "shown-short": ["{0} / {1}", "{0} / {1}"],
  "links-shown": ["つながり{0}本", "{0} links"],
  "read-in": ["出典：", "Read in: "],
  "more-documents": ["ほか{0}件", "{0} more"],
  "other-names": ["別名：", "Also: "],
  passages: ["原文", "Passages"],
  facts: ["記載事項", "Facts"],
  "found-of": ["{1}件中{0}件", "{0} of {1}"],
  "found-all": ["{0}件", "{0} found"],
  "found-none": ["見つかりません", "Nothing found"],
  "not-drawn": ["図に追加", "adds to the picture"],
  "cited-as": ["引用名：", "cited as "],
  note: ["注：", "Note: "],
  source: ["出典を開く", "open the source"],
  link: ["つながり", "Link"],
  from: ["元", "From"],
  to: ["先", "To"],
  "shows-passages": ["根拠{0}件", "{0} passages"],
  "shows-passage": ["根拠1件", "1 passage"],
  "shows-link": ["つながり", "link"],
  "no-passages": ["このつながりの原文は収録されていません。", "No passage is recorded for this link."],
  "more-rows": ["さらに表示（残り{0}件）", "Show more ({0} left)"],
  "by-inference": ["推定によるつながり", "by inference"],
  incoming: ["{0}（相手から）", "{0} (incoming)"],
  chart: ["グラフ", "Chart"],
  documents: ["出典資料", "Documents"],
  "expanded-by": ["{0}件を追加しました", "{0} added"],
  "expanded-none": ["これ以上、周辺の項目はありません", "Nothing more around it"],
  "expanded-hidden": ["{0}件を追加しました（うち{1}件は凡例で非表示）", "{0} added, {1} of them switched off in the legend"],
  "hid-one": ["「{0}」を隠しました", "{0} hidden"],
  "nothing-empty": [
    "表示するものがありません。この問いに当てはまる記載は、収録した資料にありませんでした。",
    "There is nothing to show: the documents that were read say nothing that answers this question.",
  ],
  "nothing-given": ["表示するものがありません。このグラフには項目がひとつもありません。", "There is nothing to show: this graph has no items."],
  "nothing-found": ["表示するものがありません。問い合わせの結果は0件でした。", "There is nothing to show: the query found nothing."],
  "nothing-filtered": [
    "凡例や「隠す」の指定により、{0}件すべてが非表示になっています。",
    "All {0} items are switched off in the legend or hidden.",
  ],
  "list-status": ["図に表示中の{0}件（全{1}件）を種別ごとに並べています。", "The {0} items of the picture (of {1}), by kind."],
  "no-links": ["つながりなし", "no links"],
  loading: ["読み込み中…", "Loading…"],
  "column-label": ["名称", "Name"],
  "column-class": ["種別", "Kind"],
  "column-names": ["別名", "Other names"],
  "column-flags": ["しるし", "Marks"],
  "column-links": ["つながりの数", "Links"],
  "column-id": ["識別子", "Identifier"],
  "column-from": ["元", "From"],
  "column-relation": ["関係", "Relation"],
  "column-to": ["先", "To"],
  "column-from-id": ["元の識別子", "From (identifier)"],
  "column-to-id": ["先の識別子", "To (identifier)"],
  "column-statement": ["記述の識別子", "Statement (identifier)"],
  "column-caption": ["内容", "Detail"],
  "column-basis": ["根拠の種類", "Basis"],
  "column-quote": ["原文", "Passage"],
  "column-document": ["出典", "Document"],
  "column-locator": ["箇所", "Place"],
  "column-cited": ["引用名", "Cited as"],
  "source-text": ["原文を見る", "read it"],
  "rows-of": ["{1}件中{0}件", "{0} of {1}"],
  "node-reached": ["{0}、{1}、つながり{2}本", "{0}, {1}, {2} links"],
  "key-search": ["検索", "Search"],
  "key-escape": ["消す・閉じる", "Clear or close"],
  "key-arrows": ["図の中で近くの項目へ移動", "Move to the nearest item in the picture"],
  "key-enter": ["詳細を開く", "Open the details"],
  "key-expand": ["周辺を広げる（もう一度でさらに）", "Expand its surroundings; again for more"],
  "key-only": ["周辺だけ表示", "Only its surroundings"],
  "key-hide": ["隠す", "Hide"],
  "key-back": ["元に戻す", "Back"],
  "key-forward": ["やり直す", "Forward"],
  "key-fit": ["全体を表示", "Fit everything"],
  "key-zoom": ["拡大・縮小", "Zoom in and out"],
  "key-tabs": ["図・一覧・表", "Picture, list, table"],
  "key-help": ["この表示", "This list"],
  "unnamed": ["名称なし", "no name"],
  "passages-shown": ["表示中の原文（{1}件中{0}件）", "Passages shown ({0} of {1})"],
};

let language = "ja";

function word(name, ...values) {
  const text = WORDS[name][language === "en" ? 1 : 0];
  return text.replace(/\{(\d)\}/g, (_, place) => String(values[Number(place)]));
}

function number(value) {
  return value.toLocaleString(language === "en" ? "en" : "ja");
}

/* The text of a {ja, en} pair in the language of the page. */
function told(pair) {
  if (!pair) return "";
  return String((language === "en" ? pair.en || pair.ja : pair.ja || pair.en) || "");
}

/* A text that has something to see, else none. */
function visible(text) {
  return text && /[^\s\p{C}\u115f\u1160\u2800\u3164\uffa0]/u.test(text) ? String(text) : "";
}

function labelOf(i) {
  const ja = visible(graph.nodes.ja[i]), en = visible(graph.nodes.en[i]);
  return (language === "en" ? en || ja : ja || en) || visible(ids[i]) || word("unnamed");
}

function classLabel(i) {
  return told((classes[classOf[i]] || {}).label);
}

function relationLabel(r) {
  return told((relations[r] || {}).label);
}

/* Captions that say no more than the dashes do. */
const GUESSED = /^(推論|推定|inferred|by inference)$/i;

function captionOf(k) {
  return told(captions[k]);
}

const JAPANESE = /[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60]/;

function tongue(text) {
  return JAPANESE.test(text) ? "ja" : language;
}

function setWords(root) {
  for (const part of root.querySelectorAll("[data-word]")) part.textContent = word(part.dataset.word);
  for (const part of root.querySelectorAll("[data-word-label]")) {
    const text = word(part.dataset.wordLabel);
    part.setAttribute("aria-label", text);
    if (part.tagName === "BUTTON") part.title = text;
  }
  for (const part of root.querySelectorAll("[data-word-placeholder]")) part.placeholder = word(part.dataset.wordPlaceholder);
}
