/* The address is written by us and read from anyone: whatever is not exactly what we write is left out. */
const TABS = ["picture", "list", "table"];

const fingerprint = (() => {
  let known = null;
  return () => {
    if (known === null) {
      let hash = 2166136261;
      const step = Math.max(1, Math.floor(count / 2000));
      for (let i = 0; i < count; i += step) {
        const id = ids[i];
        for (let c = 0; c < id.length; c++) hash = Math.imul(hash ^ id.charCodeAt(c), 16777619);
      }
      hash = Math.imul(hash ^ count, 16777619);
      hash = Math.imul(hash ^ edgeCount, 16777619);
      known = (hash >>> 0).toString(36);
    }
    return known;
  };
})();

const short = (numbers) => [...numbers].map((i) => i.toString(36)).join(".");

function longer(text, limit, most = 20000) {
  if (!text) return [];
  const found = [];
  for (const part of String(text).split(".").slice(0, most)) {
    const value = /^-?[0-9a-z]{1,8}$/.test(part) ? parseInt(part, 36) : NaN;
    if (Number.isInteger(value) && value < limit && value >= -1) found.push(value);
  }
  return found;
}

/* The middle in the coordinates that were given, whatever they are drawn out to. */
function writeView({ x, y, scale }) {
  return [Number((x / stretch.x).toFixed(1)), Number((y / stretch.y).toFixed(1)), Number(scale.toPrecision(5))].join(",");
}

function writeAddress() {
  const parts = new URLSearchParams();
  const selection = state.selection;
  if (selection) parts.set(selection.kind, selection.kind === "node" ? ids[selection.index] : selection.index.toString(36));
  for (const [name, off] of [["classes", state.classesOff], ["relations", state.relationsOff], ["flags", state.flagsOff], ["hidden", state.hidden]]) {
    if (off.size) parts.set(name, short([...off].sort((a, b) => a - b)));
  }
  if (state.grown.length) parts.set("grown", state.grown.map((step) => (step.kind === "grow" ? "" : "_") + step.node.toString(36)).join("."));
  if (state.only) parts.set("only", `${state.only.node.toString(36)}.${state.only.steps.toString(36)}`);
  if (state.whole) parts.set("whole", "1");
  if (language !== graph.lang) parts.set("lang", language);
  if (state.tab !== "picture") parts.set("tab", state.tab);
  if (state.view) parts.set("view", writeView(state.view));
  const text = parts.toString();
  if (!text) return "";
  parts.set("key", fingerprint());
  return parts.toString();
}

function readAddress(text) {
  const read = pristine();
  let parts;
  try {
    parts = new URLSearchParams(text.replace(/^#/, "").slice(0, 100000));
  } catch (error) {
    return read;
  }
  const node = indexOf.get(parts.get("node"));
  if (node !== undefined) read.selection = { kind: "node", index: node };
  if (TABS.includes(parts.get("tab"))) read.tab = parts.get("tab");
  if (parts.get("lang") === "ja" || parts.get("lang") === "en") read.lang = parts.get("lang");
  if (parts.get("key") !== fingerprint()) return read;
  const at = (name, limit, most) => longer(parts.get(name), limit, most).filter((i) => i >= 0);
  read.classesOff = new Set(at("classes", classes.length));
  read.relationsOff = new Set(at("relations", relations.length));
  read.flagsOff = new Set(longer(parts.get("flags"), flags.length));
  read.hidden = new Set(at("hidden", count));
  const edge = at("edge", edgeCount, 1);
  if (edge.length && !read.selection) read.selection = { kind: "edge", index: edge[0] };
  for (const part of String(parts.get("grown") || "").split(".").slice(0, MOST_STEPS)) {
    const found = longer(part.replace(/^_/, ""), count, 1).filter((i) => i >= 0);
    if (found.length) read.grown.push({ kind: part.startsWith("_") ? "find" : "grow", node: found[0] });
  }
  const [centre, steps] = at("only", Math.max(count, 10), 2);
  if (centre !== undefined && centre < count && steps >= 1 && steps <= 9) read.only = { node: centre, steps };
  read.whole = parts.get("whole") === "1";
  const view = String(parts.get("view") || "").split(",");
  if (view.length === 3 && view.every((value) => /^-?\d{1,9}(\.\d{1,9})?(e-?\d{1,2})?$/.test(value))) {
    const [x, y, scale] = view.map(Number);
    if (scale > 1e-4 && scale < 100) read.view = { x, y, scale };
  }
  return read;
}
