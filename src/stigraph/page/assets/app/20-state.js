const LIMIT = Math.max(first, 1500);
const GROWTH = 400;
const MOST_STEPS = 80;
const NO_FLAG = -1;

function pristine() {
  return {
    classesOff: new Set(), relationsOff: new Set(), flagsOff: new Set(), hidden: new Set(),
    grown: [], only: null, whole: false, selection: null, tab: "picture", view: null,
  };
}

let state = pristine();
let shown = new Uint8Array(count);
let shownNodes = [];
let shownEdges = [];

/* The nodes around one, step by step: yields each circle in order of importance. */
function* circles(start) {
  const seen = new Uint8Array(count);
  seen[start] = 1;
  let circle = [start];
  while (circle.length) {
    yield circle;
    const next = [];
    for (const i of circle) {
      for (const k of edgesAt(i)) {
        const other = otherEnd(k, i);
        if (!seen[other]) {
          seen[other] = 1;
          next.push(other);
        }
      }
    }
    circle = next.sort((a, b) => a - b);
  }
}

function around(start, steps) {
  const found = [];
  let step = 0;
  for (const circle of circles(start)) {
    for (const i of circle) {
      if (found.length < LIMIT) found.push(i);
    }
    if (step++ >= steps || found.length >= LIMIT) break;
  }
  return found;
}

/* The nearest nodes around one that are not in the set, the most important first. */
function nextAround(start, held) {
  for (const circle of circles(start)) {
    const fresh = circle.filter((i) => !held[i]);
    if (fresh.length) return fresh.slice(0, GROWTH);
  }
  return [];
}

function heldNodes() {
  const held = new Uint8Array(count);
  if (state.only) for (const i of around(state.only.node, state.only.steps)) held[i] = 1;
  else held.fill(1, 0, state.whole ? Math.min(count, LIMIT) : first);
  for (const step of state.grown) {
    held[step.node] = 1;
    if (step.kind === "grow") for (const i of nextAround(step.node, held)) held[i] = 1;
  }
  return held;
}

function passes(i) {
  if (state.classesOff.has(classOf[i]) || state.hidden.has(i)) return false;
  const own = flagsOf(i);
  if (!state.flagsOff.size) return true;
  return own.length ? own.some((flag) => !state.flagsOff.has(flag)) : !state.flagsOff.has(NO_FLAG);
}

function reckon() {
  const held = heldNodes();
  shownNodes = [];
  shownEdges = [];
  for (let i = 0; i < count; i++) {
    held[i] = held[i] && passes(i) ? 1 : 0;
    if (held[i]) shownNodes.push(i);
  }
  for (let k = 0; k < edgeCount; k++) {
    if (held[sources[k]] && held[targets[k]] && !state.relationsOff.has(relationOf[k])) shownEdges.push(k);
  }
  shown = held;
}

/* How many nodes the picture may still draw beside those that it began with. */
function waiting() {
  return state.whole || state.only ? 0 : Math.min(count, LIMIT) - first;
}

function restricted() {
  return Boolean(state.classesOff.size || state.relationsOff.size || state.flagsOff.size || state.hidden.size || state.only);
}

/* Let a node be seen whatever hides it now. */
function uncover(i) {
  state.hidden.delete(i);
  state.classesOff.delete(classOf[i]);
  if (!passes(i)) {
    const own = flagsOf(i);
    state.flagsOff.delete(own.length ? own[0] : NO_FLAG);
  }
  reckon();
  if (!shown[i]) {
    state.grown.push({ kind: "find", node: i });
    state.grown.splice(0, state.grown.length - MOST_STEPS);
    reckon();
  }
}

function uncoverEdge(k) {
  state.relationsOff.delete(relationOf[k]);
  uncover(sources[k]);
  uncover(targets[k]);
}
