/* What a person can do; each can be taken back. */
function select(thing) {
  if (thing) aboutOpen = false;
  folded = false;
  const closed = byId("panel").hidden;
  act(() => {
    state.selection = thing;
    afterwards = () => {
      if (closed !== byId("panel").hidden && picture.bounded && !narrow.matches && state.tab === "picture") fitView();
      else if (thing) keepSelectionInSight();
    };
  });
  if (thing) openLegend(false);
}

function keepSelectionInSight() {
  const selection = state.selection;
  if (selection && state.tab === "picture") keepInSight(selection.kind === "node" ? selection.index : sources[selection.index]);
}

/* Go to a node wherever it is: draw it if need be, centre it, select it. */
function visit(i) {
  aboutOpen = folded = false;
  act(() => {
    uncover(i);
    state.selection = { kind: "node", index: i };
    if (state.tab === "picture") afterwards = () => centreOn(i, true);
  });
  announce(labelOf(i));
}

function visitEdge(k) {
  aboutOpen = folded = false;
  act(() => {
    uncoverEdge(k);
    state.selection = { kind: "edge", index: k };
    if (state.tab === "picture") afterwards = keepSelectionInSight;
  });
}

function expand(i) {
  const before = shown.slice();
  const held = heldNodes();
  const fresh = nextAround(i, held);
  const hiddenNear = [...edgesAt(i)].map((k) => otherEnd(k, i)).filter((other) => state.hidden.has(other));
  if (!fresh.length && !hiddenNear.length) {
    notice(word("expanded-none"));
    return;
  }
  act(() => {
    for (const other of hiddenNear) state.hidden.delete(other);
    if (fresh.length) state.grown.push({ kind: "grow", node: i });
    state.grown.splice(0, state.grown.length - MOST_STEPS);
    if (state.tab === "picture") afterwards = () => showNew(before, i);
  });
  const added = shownNodes.filter((other) => !before[other]).length;
  const unseen = Math.max(0, fresh.length + hiddenNear.length - added);
  notice(unseen ? word("expanded-hidden", number(fresh.length + hiddenNear.length), number(unseen)) : word("expanded-by", number(added)));
}

/* Bring what has been added into sight, if it is not. */
function showNew(before, i) {
  const fresh = shownNodes.filter((other) => !before[other]);
  const area = freeArea(), { w, h } = stageSize(), view = currentView();
  const outside = fresh.some((other) => {
    const x = (xs[other] - view.x) * view.scale + w / 2, y = (ys[other] - view.y) * view.scale + h / 2;
    return x < area.x || y < area.y || x > area.x + area.w || y > area.y + area.h;
  });
  if (outside) fitView(state.only ? shownNodes : [...fresh, i], true);
}

function hide(i) {
  act(() => {
    state.hidden.add(i);
    state.selection = null;
  });
  notice(word("hid-one", labelOf(i)));
}

function surround(i) {
  act(() => {
    const steps = state.only && state.only.node === i ? Math.min(9, state.only.steps + 1) : 1;
    state.only = { node: i, steps };
    state.grown = [];
    state.selection = { kind: "node", index: i };
    if (state.tab === "picture") afterwards = () => fitView(shownNodes, true);
  });
}

function centreSelection() {
  const selection = state.selection;
  const go = () => {
    if (selection.kind === "node") {
      if (!shown[selection.index]) uncover(selection.index);
      centreOn(selection.index, true);
    } else fitView([sources[selection.index], targets[selection.index]], true);
    rememberView();
  };
  if (state.tab === "picture") go();
  else openTab("picture", go);
}

function showEverything() {
  act(() => {
    Object.assign(state, { classesOff: new Set(), relationsOff: new Set(), flagsOff: new Set(), hidden: new Set(), only: null });
    if (state.tab === "picture") afterwards = () => fitView(shownNodes, true);
  });
}

function drawWhole() {
  act(() => {
    state.whole = true;
    if (state.tab === "picture") afterwards = () => fitView(shownNodes, true);
  });
  byId("network").focus({ preventScroll: true });
}

function openTab(tab, then) {
  if (tab === state.tab) {
    if (then) then();
    return;
  }
  if (tab === "table" && byId("search").value) table.text = byId("search").value;
  folded = true;
  act(() => {
    state.tab = tab;
    afterwards = then || null;
  });
  if (tab === "picture") repaint();
}
