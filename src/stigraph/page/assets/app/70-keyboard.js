const KEYS = [
  [["/"], "key-search"], [["←", "→", "↑", "↓"], "key-arrows"], [["Enter"], "key-enter"], [["e"], "key-expand"], [["o"], "key-only"], [["h"], "key-hide"],
  [["b", "Alt + ←"], "key-back"], [["Alt + →"], "key-forward"], [["f"], "key-fit"], [["+", "−"], "key-zoom"], [["p", "l", "t"], "key-tabs"], [["Esc"], "key-escape"], [["?"], "key-help"],
];
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function fillHelp() {
  byId("help-keys").replaceChildren(...KEYS.flatMap(([keys, meaning]) => {
    const names = el("dt", {});
    keys.forEach((key, turn) => names.append(turn ? " " : "", el("kbd", {}, key)));
    return [names, el("dd", {}, word(meaning))];
  }));
}

/* The node that is nearest in a direction: distance counts, and twice as much what lies aside. */
function nextInDirection(from, [dx, dy]) {
  let best = null, least = Infinity;
  for (const i of shownNodes) {
    if (i === from) continue;
    const along = (xs[i] - xs[from]) * dx + (ys[i] - ys[from]) * dy;
    if (along <= 0) continue;
    const aside = Math.abs((xs[i] - xs[from]) * dy) + Math.abs((ys[i] - ys[from]) * dx);
    if (aside > along * 2.5) continue;
    const cost = along + 2 * aside;
    if (cost < least) {
      least = cost;
      best = i;
    }
  }
  return best;
}

function startingNode() {
  if (picture.cursor !== null && shown[picture.cursor]) return picture.cursor;
  if (state.selection && state.selection.kind === "node" && shown[state.selection.index]) return state.selection.index;
  return null;
}

function step(direction) {
  if (!shownNodes.length) return;
  const from = startingNode();
  const next = from === null ? (Number.isInteger(graph.root) && shown[graph.root] ? graph.root : shownNodes[0]) : nextInDirection(from, direction);
  if (next === null) return;
  picture.cursor = next;
  keepInSight(next);
  repaint();
  announce(word("node-reached", labelOf(next), classLabel(next), number(linksOf(next, true).reduce((sum, group) => sum + group[2].length, 0))));
}

function keepInSight(i) {
  const area = freeArea(), { w, h } = stageSize(), view = currentView();
  const x = (xs[i] - view.x) * view.scale + w / 2, y = (ys[i] - view.y) * view.scale + h / 2;
  const left = area.x + 40, right = area.x + area.w - 40, top = area.y + 30, bottom = area.y + area.h - 50;
  const dx = x < left ? x - left : x > right ? x - right : 0, dy = y < top ? y - top : y > bottom ? y - bottom : 0;
  if (dx || dy) moveTo({ x: view.x + dx / view.scale, y: view.y + dy / view.scale, scale: view.scale }, true);
}

function inPictureKey(event) {
  if (ARROWS[event.key] && !event.altKey) step(ARROWS[event.key]);
  else if (event.key === "Enter" || event.key === " ") {
    if (picture.cursor === null) return false;
    select({ kind: "node", index: picture.cursor });
    byId("panel").focus({ preventScroll: true });
  } else return false;
  return true;
}

function pageKey(event) {
  const i = document.activeElement === byId("network") && picture.cursor !== null ? picture.cursor
    : state.selection && state.selection.kind === "node" ? state.selection.index : null;
  switch (event.key) {
    case "/":
      if (state.tab === "table") byId("table-filter").focus();
      else byId("search").focus();
      return true;
    case "?": openHelp(); return true;
    case "l": openTab("list"); return true;
    case "t": openTab("table"); return true;
    case "p": openTab("picture"); return true;
    case "b": travel(-1); return true;
    case "f": if (state.tab === "picture") { fitView(shownNodes, true); rememberView(); } return true;
    case "+": case ";": case "=": if (state.tab === "picture") zoomBy(1.35); return true;
    case "-": case "−": if (state.tab === "picture") zoomBy(1 / 1.35); return true;
    case "e": if (i !== null) expand(i); return true;
    case "o": if (i !== null) surround(i); return true;
    case "h": if (i !== null) hide(i); return true;
    case "Escape":
      if (byId("legend").classList.contains("open")) { openLegend(false); return true; }
      if (!byId("panel").hidden) {
        const chosen = state.selection;
        closePanel();
        if (chosen && state.tab === "picture") byId("network").focus({ preventScroll: true });
        return true;
      }
      return false;
    default: return false;
  }
}

function openHelp() {
  fillHelp();
  if (!byId("help").open) byId("help").showModal();
}

function startKeyboard() {
  byId("help-button").addEventListener("click", openHelp);
  byId("help-close").addEventListener("click", () => byId("help").close());
  byId("help").addEventListener("click", (event) => { if (event.target === byId("help")) byId("help").close(); });
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || byId("help").open) return;
    const place = event.target;
    if (event.altKey && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
      travel(event.key === "ArrowLeft" ? -1 : 1);
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (place instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(place.tagName) && place.type !== "checkbox") return;
    if ((place === byId("network") && inPictureKey(event)) || pageKey(event)) event.preventDefault();
  });
  const tabs = [...byId("tabs").children];
  byId("tabs").addEventListener("keydown", (event) => {
    const turn = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!turn || event.altKey) return;
    const next = tabs[(tabs.indexOf(document.activeElement) + turn + tabs.length) % tabs.length];
    next.focus();
    openTab(next.id.slice(4));
    event.preventDefault();
  });
  for (const tab of tabs) tab.addEventListener("click", () => openTab(tab.id.slice(4)));
  byId("network").addEventListener("focus", () => {
    if (byId("network").matches(":focus-visible")) {
      if (picture.cursor === null) picture.cursor = startingNode();
      repaint();
    }
  });
  byId("network").addEventListener("blur", repaint);
  byId("network").addEventListener("pointerdown", () => {
    picture.cursor = null;
    byId("network").focus({ preventScroll: true });
  });
}
