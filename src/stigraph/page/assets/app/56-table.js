/* The table behind the picture: everything, or what the picture shows; sorted, filtered, and drawn a few rows at a time. */
const table = { which: "nodes", text: "", scope: "all", sort: { nodes: null, links: null }, rows: [], drawn: 0, built: null };
const CHUNK = 150;
const collator = new Intl.Collator(["ja", "en"], { numeric: true, sensitivity: "base" });

function nodeColumns(block) {
  const columns = [
    { id: "label", title: word("column-label"), value: labelOf, node: true },
    { id: "class", title: word("column-class"), value: classLabel },
    { id: "names", title: word("column-names"), value: (i) => namesBeside(i, block) },
  ];
  if (flags.length) columns.push({ id: "flags", title: word("column-flags"), value: (i) => flagsOf(i).map((flag) => told(flags[flag].label)).join(" · ") });
  columns.push({ id: "links", title: word("column-links"), value: (i) => edgesAt(i).length, number: true });
  const measures = block.measures;
  if (measures && Array.isArray(measures.columns)) {
    measures.columns.forEach((column, place) => columns.push({
      id: String(column.id), title: told(column.label) || String(column.id), number: true,
      value: (i) => { const value = (measures.rows[i] || [])[place]; return typeof value === "number" ? value : ""; },
    }));
  }
  columns.push({ id: "id", title: word("column-id"), value: (i) => ids[i], code: true });
  return columns;
}

function namesBeside(i, block) {
  const label = labelOf(i);
  return [...new Set([graph.nodes.ja[i], graph.nodes.en[i], ...(block.names[i] || [])])].filter((name) => name && name !== label).join(" · ");
}

function linkColumns(block) {
  const passage = (row, place) => { const found = row[1] === null ? null : block.passages[row[1]]; return found && found[place] !== null && found[place] !== undefined ? found[place] : ""; };
  const columns = [
    { id: "from", title: word("column-from"), value: ([k]) => labelOf(sources[k]), node: true, of: ([k]) => sources[k] },
    { id: "relation", title: word("column-relation"), value: ([k]) => relationLabel(relationOf[k]) },
    { id: "to", title: word("column-to"), value: ([k]) => labelOf(targets[k]), node: true, of: ([k]) => targets[k] },
  ];
  if (Object.keys(captions).length) columns.push({ id: "caption", title: word("column-caption"), value: ([k]) => captionOf(k) });
  columns.push(
    { id: "quote", title: word("column-quote"), value: (row) => String(passage(row, 3)), long: true },
    { id: "document", title: word("column-document"), value: (row) => { const held = block.documents[passage(row, 1)]; return held ? told(held) || held.id : ""; } },
    { id: "locator", title: word("column-locator"), value: (row) => String(passage(row, 2)) },
    { id: "cited", title: word("column-cited"), value: (row) => String(passage(row, 4)) },
    { id: "basis", title: word("column-basis"), value: (row) => wordIn(block, passage(row, 5) === "" ? null : passage(row, 5)) },
  );
  columns.push(
    { id: "from-id", title: word("column-from-id"), value: ([k]) => ids[sources[k]], code: true },
    { id: "to-id", title: word("column-to-id"), value: ([k]) => ids[targets[k]], code: true },
    { id: "statement", title: word("column-statement"), value: (row) => String(passage(row, 0)), code: true },
  );
  return columns;
}

function tableItems(block) {
  if (table.which === "nodes") return table.scope === "shown" ? shownNodes.slice() : Array.from(ids.keys());
  const rows = [];
  const edges = table.scope === "shown" ? shownEdges : sources.keys();
  for (const k of edges) {
    const passages = block.edgePassages[k] || [];
    if (passages.length) for (const place of passages) rows.push([k, place]);
    else rows.push([k, null]);
  }
  return rows;
}

function filtered(items, columns) {
  const query = fold(table.text);
  if (!query) return items;
  const folded = new Map();
  const holds = (text) => {
    let known = folded.get(text);
    if (known === undefined) {
      known = fold(text).includes(query);
      folded.set(text, known);
    }
    return known;
  };
  return items.filter((item) => columns.some((column) => holds(String(column.value(item)))));
}

function sorted(items, columns) {
  const order = table.sort[table.which];
  const column = order && columns.find((one) => one.id === order.column);
  if (!column) return items;
  const turn = order.down ? -1 : 1;
  const values = items.map(column.value);
  let rank;
  if (column.number) rank = (value) => (value === "" ? -Infinity : value);
  else {
    const places = new Map([...new Set(values)].sort(collator.compare).map((text, place) => [text, text === "" ? Infinity * turn : place]));
    rank = (value) => places.get(value);
  }
  const ranks = values.map(rank);
  return Array.from(items.keys()).sort((a, b) => (ranks[a] === ranks[b] ? a - b : (ranks[a] < ranks[b] ? -1 : 1) * turn)).map((place) => items[place]);
}

function refreshTable() {
  if (state.tab !== "table") return;
  byId("table-nodes-button").setAttribute("aria-pressed", String(table.which === "nodes"));
  byId("table-links-button").setAttribute("aria-pressed", String(table.which === "links"));
  if (byId("table-filter").value !== table.text) byId("table-filter").value = table.text;
  byId("table-scope").value = table.scope;
  if (!parsed) byId("table-count").textContent = word("loading");
  withDetails((block) => {
    if (state.tab !== "table") return;
    const { columns, rows, total } = tableRows(block);
    table.rows = rows;
    table.columns = columns;
    byId("table-count").textContent = word("rows-of", number(rows.length), number(total));
    byId("table-caption").textContent = `${told(graph.title)} – ${word(table.which)}`;
    const order = table.sort[table.which];
    byId("rows").querySelector("thead").replaceChildren(el("tr", {}, ...columns.map((column) => el("th", {
      scope: "col", "aria-sort": order && order.column === column.id ? (order.down ? "descending" : "ascending") : "none",
    }, el("button", { type: "button", "data-column": column.id }, column.title)))));
    byId("rows").setAttribute("aria-rowcount", rows.length + 1);
    byId("rows").querySelector("tbody").replaceChildren();
    table.drawn = 0;
    drawRows();
  });
}

function tableRows(block) {
  const columns = table.which === "nodes" ? nodeColumns(block) : linkColumns(block);
  const items = tableItems(block);
  return { columns, rows: sorted(filtered(items, columns), columns), total: items.length };
}

function drawRows() {
  const body = byId("rows").querySelector("tbody");
  const until = Math.min(table.rows.length, table.drawn + CHUNK);
  const part = document.createDocumentFragment();
  for (let turn = table.drawn; turn < until; turn++) part.append(tableRow(table.rows[turn], turn));
  body.append(part);
  table.drawn = until;
  const left = table.rows.length - until;
  byId("rows-more").hidden = left === 0;
  byId("rows-more").textContent = word("more-rows", number(left));
}

function tableRow(item, turn) {
  const about = table.which === "nodes" ? { "data-node": ids[item] } : { "data-edge": item[0] };
  return el("tr", { ...about, "aria-rowindex": turn + 2 }, ...table.columns.map((column) => {
    const value = column.value(item);
    if (column.number) return el("td", { class: "number" }, value === "" ? "" : measured(value));
    if (column.node) return el("td", { class: "thing" }, goTo(column.of ? column.of(item) : item));
    if (column.code) return el("td", { dir: "ltr" }, String(value));
    if (column.long) return el("td", { class: "long" }, longCell(value, item[0]));
    return el("td", {}, saying("span", String(value)));
  }));
}

function longCell(value, k) {
  if (value.length <= 160) return saying("span", value);
  return el("div", {}, saying("span", `${[...value].slice(0, 160).join("")}…`), " ", el("button", { type: "button", class: "quiet", "data-edge": k }, word("source-text")));
}

function measured(value) {
  if (!Number.isFinite(value)) return String(value);
  return Number.isInteger(value) ? number(value) : value.toLocaleString(language === "en" ? "en" : "ja", { maximumSignificantDigits: 4 });
}

/* RFC 4180; what a spreadsheet would take for a formula is made text. */
function csvCell(value) {
  let text = typeof value === "number" ? String(value) : String(value ?? "");
  if (typeof value !== "number" && /^[=+\-@\t\r\n＝＋－＠]/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

function csvOf(columns, rows) {
  const lines = [columns.map((column) => csvCell(column.title)).join(",")];
  for (const row of rows) lines.push(columns.map((column) => csvCell(column.value(row))).join(","));
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

function saveTable() {
  return withDetails((block) => {
    const { columns, rows } = tableRows(block);
    save(new Blob([csvOf(columns, rows)], { type: "text/csv;charset=utf-8" }), fileName(`-${table.which}.csv`));
  });
}

function startTable() {
  let waiting = 0;
  byId("table-filter").addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      table.text = event.target.value;
      refreshTable();
    }, count > 3000 ? 180 : 0);
  });
  byId("table-filter").addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.value) {
      table.text = "";
      refreshTable();
      event.stopPropagation();
    }
  });
  byId("table-scope").addEventListener("change", (event) => {
    table.scope = event.target.value === "shown" ? "shown" : "all";
    refreshTable();
  });
  for (const which of ["nodes", "links"]) {
    byId(`table-${which}-button`).addEventListener("click", () => {
      table.which = which;
      byId("table-body").scrollTop = 0;
      refreshTable();
    });
  }
  byId("rows").addEventListener("click", (event) => {
    const head = event.target.closest("button[data-column]");
    if (!head) return;
    const order = table.sort[table.which], column = head.dataset.column;
    const numeric = table.columns.some((one) => one.id === column && one.number);
    table.sort[table.which] = !order || order.column !== column ? { column, down: numeric } : { column, down: !order.down };
    refreshTable();
    const again = [...byId("rows").querySelectorAll("button[data-column]")].find((one) => one.dataset.column === column);
    if (again) again.focus();
  });
  byId("rows-more").addEventListener("click", drawRows);
  byId("table-body").addEventListener("scroll", () => {
    const body = byId("table-body");
    if (table.drawn < table.rows.length && body.scrollTop + body.clientHeight > body.scrollHeight - 900) drawRows();
  }, { passive: true });
  byId("table-csv").addEventListener("click", saveTable);
}
