const legendRows = [];

function legendEntry(part, place, symbol, label, off) {
  const box = el("input", { type: "checkbox" });
  const name = saying("span", label, { class: "label" });
  const tally = el("span", { class: "count" });
  const only = el("button", { type: "button", class: "only quiet", "aria-label": `${word("only")}: ${label}` }, word("only"));
  const row = el("li", { [`data-${part}`]: idOfEntry(part, place) }, el("label", {}, box, symbol, name), tally, only);
  box.addEventListener("change", () => act(() => { if (box.checked) off().delete(place); else off().add(place); }));
  only.addEventListener("click", () => act(() => {
    off().clear();
    for (const other of legendRows) if (other.part === part && other.place !== place) off().add(other.place);
  }));
  legendRows.push({ part, place, row, box, tally, off });
  return row;
}

function idOfEntry(part, place) {
  if (part === "flag") return place === NO_FLAG ? "" : flags[place].id;
  return (part === "class" ? classes : relations)[place].id;
}

function buildLegend() {
  legendRows.length = 0;
  const totals = tallies(null);
  const fillIn = (id, rows) => {
    byId(id).hidden = rows.length === 0;
    byId(id).querySelector("ul").replaceChildren(...rows);
  };
  fillIn("classes", classes.map((c, place) => totals.class[place] ? legendEntry("class", place, symbolOf(place), told(c.label) || c.id, () => state.classesOff) : null).filter(Boolean));
  fillIn("relations", relations.map((r, place) => totals.relation[place] ? legendEntry("relation", place, lineOf(place, false), told(r.label) || r.id, () => state.relationsOff) : null).filter(Boolean));
  const marks = flags.map((_, place) => place).filter((place) => totals.flag[place]);
  if (marks.length && totals.flag[NO_FLAG]) marks.push(NO_FLAG);
  fillIn("flags", marks.map((place) => legendEntry("flag", place, flagSymbol(place), place === NO_FLAG ? word("no-flag") : told(flags[place].label) || flags[place].id, () => state.flagsOff)));
  if (inferred.size) byId("relations").querySelector("ul").append(el("li", { class: "place" }, word("inferred-line")));
  refreshLegend();
}

function tallies(drawn) {
  const found = { class: new Array(classes.length).fill(0), relation: new Array(relations.length).fill(0), flag: new Array(flags.length).fill(0) };
  found.flag[NO_FLAG] = 0;
  const nodes = drawn ? shownNodes : ids.keys();
  for (const i of nodes) {
    found.class[classOf[i]]++;
    const own = flagsOf(i);
    if (own.length) for (const flag of own) found.flag[flag]++;
    else found.flag[NO_FLAG]++;
  }
  if (drawn) for (const k of shownEdges) found.relation[relationOf[k]]++;
  else for (let k = 0; k < edgeCount; k++) found.relation[relationOf[k]]++;
  return found;
}

let allTallies = null;

function refreshLegend() {
  allTallies = allTallies || tallies(null);
  const now = tallies(shownNodes);
  for (const { part, place, row, box, tally, off } of legendRows) {
    box.checked = !off().has(place);
    row.classList.toggle("off", !box.checked);
    tally.textContent = word("shown-short", number(now[part][place]), number(allTallies[part][place]));
  }
  byId("classes-all").disabled = !state.classesOff.size;
  byId("relations-all").disabled = !state.relationsOff.size;
  byId("flags-all").disabled = !state.flagsOff.size;
}

function openLegend(open) {
  byId("legend").classList.toggle("open", open);
  byId("legend-button").setAttribute("aria-expanded", String(open));
  if (open && narrow.matches) byId("legend-close").focus();
}

function startLegend() {
  byId("classes-all").addEventListener("click", () => act(() => state.classesOff.clear()));
  byId("relations-all").addEventListener("click", () => act(() => state.relationsOff.clear()));
  byId("flags-all").addEventListener("click", () => act(() => state.flagsOff.clear()));
  byId("legend-button").addEventListener("click", () => openLegend(!byId("legend").classList.contains("open")));
  byId("legend-close").addEventListener("click", () => {
    openLegend(false);
    byId("legend-button").focus();
  });
}
