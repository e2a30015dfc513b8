const graph = JSON.parse(document.getElementById("graph").textContent);
const ids = graph.nodes.id;
const count = ids.length;
const classOf = graph.nodes.class;
const xs = Float64Array.from(graph.nodes.x, Number);
const ys = Float64Array.from(graph.nodes.y, Number);
const sources = graph.edges.from;
const targets = graph.edges.to;
const relationOf = graph.edges.relation;
const edgeCount = sources.length;
const inferred = new Set(graph.edges.inferred || []);
const captions = graph.edges.caption || {};
const flagged = graph.nodes.flags || {};
const layers = graph.layers || [];
const classes = graph.classes || [];
const relations = graph.relations || [];
const flags = graph.flags || [];
const first = Math.min(count, Number.isInteger(graph.first) ? graph.first : 1500);

const indexOf = new Map();
for (let i = 0; i < count; i++) indexOf.set(ids[i], i);

const adjacency = (() => {
  const starts = new Int32Array(count + 1);
  for (let k = 0; k < edgeCount; k++) {
    starts[sources[k] + 1]++;
    if (targets[k] !== sources[k]) starts[targets[k] + 1]++;
  }
  for (let i = 0; i < count; i++) starts[i + 1] += starts[i];
  const next = starts.slice();
  const list = new Int32Array(starts[count]);
  for (let k = 0; k < edgeCount; k++) {
    list[next[sources[k]]++] = k;
    if (targets[k] !== sources[k]) list[next[targets[k]]++] = k;
  }
  return { starts, list };
})();

function edgesAt(i) {
  return adjacency.list.subarray(adjacency.starts[i], adjacency.starts[i + 1]);
}

function otherEnd(k, i) {
  return sources[k] === i ? targets[k] : sources[k];
}

function flagsOf(i) {
  return flagged[i] || [];
}

/* Curvature of the edges that share both ends with another, so that each can be seen and hit. */
const bends = (() => {
  const groups = new Map();
  for (let k = 0; k < edgeCount; k++) {
    const low = Math.min(sources[k], targets[k]);
    const pair = low * count + Math.max(sources[k], targets[k]);
    const group = groups.get(pair);
    if (group === undefined) groups.set(pair, k);
    else if (typeof group === "number") groups.set(pair, [group, k]);
    else group.push(k);
  }
  const found = new Map();
  for (const group of groups.values()) {
    if (typeof group === "number") continue;
    const spread = Math.min(0.22, 0.9 / group.length);
    group.forEach((k, turn) => {
      const bend = (turn - (group.length - 1) / 2) * spread;
      if (sources[k] === targets[k]) found.set(k, turn);
      else if (bend) found.set(k, sources[k] < targets[k] ? bend : -bend);
    });
  }
  return found;
})();

let parsed = null;
let parsing = null;

function parseDetails() {
  if (!parsed) {
    const block = document.getElementById("details");
    if (!block) return null;
    try {
      parsed = JSON.parse(block.textContent);
    } catch (error) {
      if (document.readyState === "loading") return null;
      parsed = {};
    }
    for (const [part, empty] of [["documents", []], ["words", []], ["names", {}], ["facts", {}], ["passages", []], ["nodePassages", {}], ["edgePassages", {}], ["measures", null], ["charts", []]]) {
      if (parsed[part] === undefined || parsed[part] === null) parsed[part] = empty;
    }
  }
  return parsed;
}

/* The passages stand last in the document, so that the picture need not wait for them. */
function details() {
  if (!parsing) {
    parsing = new Promise((resolve) => {
      const read = () => resolve(parseDetails());
      if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", read, { once: true });
      else read();
    });
  }
  return parsing;
}
