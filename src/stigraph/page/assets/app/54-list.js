/* The picture in words: what is drawn, by class, each with its links. */
let stopListing = () => undefined;
let listed = "";

function refreshList() {
  if (state.tab !== "list") return;
  const key = `${language}|${shownNodes.length}|${shownEdges.length}|${writeAddressOfShown()}`;
  if (key === listed) return;
  listed = key;
  stopListing();
  byId("list-status").textContent = word("list-status", number(shownNodes.length), number(count));
  const content = byId("list-content");
  content.replaceChildren();
  if (!shownNodes.length) content.append(el("p", {}, byId("nothing").querySelector("p").textContent));
  const kinds = new Map();
  for (const i of shownNodes) {
    if (kinds.has(classOf[i])) kinds.get(classOf[i]).push(i);
    else kinds.set(classOf[i], [i]);
  }
  const work = listing([...kinds.entries()].sort((a, b) => a[0] - b[0]), content);
  stopListing = inSlices(() => !work.next().done);
}

function* listing(kinds, content) {
  for (const [c, nodes] of kinds) {
    const list = el("ul", { class: "things" });
    content.append(el("section", { "data-class": (classes[c] || {}).id },
      el("h2", {}, symbolOf(c), saying("span", told((classes[c] || {}).label)), el("span", { class: "count" }, number(nodes.length))), list));
    for (const i of nodes) {
      list.append(listItem(i));
      yield;
    }
  }
}

function listItem(i) {
  const item = el("li", { class: "item", "data-item": ids[i] }, goTo(i));
  for (const flag of flagsOf(i)) item.append(saying("span", told(flags[flag].label), { class: "mark" }));
  const links = el("ul", {});
  const rows = [];
  for (const [r, way, list] of linksOf(i, true)) for (const k of list) rows.push([r, way, k]);
  const add = (from, to) => {
    for (const [r, way, k] of rows.slice(from, to)) {
      const said = captionOf(k);
      const guess = inferred.has(k) && !/infer|推定|推論/i.test(said) ? word("by-inference") : "";
      const about = [directed(r, way), said, guess].filter(Boolean).join(" · ");
      links.append(el("li", {}, saying("span", about, { class: "relation" }), goTo(otherEnd(k, i))));
    }
  };
  add(0, MOST_ROWS);
  if (rows.length > MOST_ROWS) {
    const more = el("button", { type: "button", class: "quiet" }, word("more-rows", number(rows.length - MOST_ROWS)));
    more.addEventListener("click", () => {
      add(MOST_ROWS, rows.length);
      more.remove();
    });
    item.append(links, more);
  } else if (rows.length) item.append(links);
  return item;
}

function writeAddressOfShown() {
  let hash = 7;
  for (const i of shownNodes) hash = (Math.imul(hash, 31) + i) | 0;
  for (const k of shownEdges) hash = (Math.imul(hash, 31) + k) | 0;
  return hash;
}
