const SVG = "http://www.w3.org/2000/svg";
const byId = (id) => document.getElementById(id);

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) {
    if (child !== null && child !== undefined) node.append(child);
  }
  return node;
}

function el(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

function svg(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/* Text that comes from the data: its own language and direction. */
function saying(tag, text, attributes) {
  return el(tag, { lang: tongue(text), dir: "auto", ...attributes }, text);
}

function say(node, text) {
  node.textContent = text;
  node.lang = tongue(text);
}

function goTo(i, attributes) {
  return saying("button", labelOf(i), { type: "button", class: "go", "data-node": ids[i], ...attributes });
}

function safeLink(address) {
  if (typeof address !== "string" || !/^https?:\/\//i.test(address)) return null;
  try {
    const url = new URL(address);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch (error) {
    return null;
  }
}

function linked(text, address) {
  const href = safeLink(address);
  return href ? saying("a", text, { href, rel: "noopener noreferrer", target: "_blank" }) : saying("span", text);
}

let announcing = 0;

function announce(text) {
  clearTimeout(announcing);
  byId("announcer").textContent = "";
  announcing = setTimeout(() => { byId("announcer").textContent = text; }, 30);
}

let noticing = 0;

function notice(text) {
  announce(text);
  const box = byId("notice");
  box.textContent = text;
  box.hidden = false;
  clearTimeout(noticing);
  noticing = setTimeout(() => { box.hidden = true; }, 2600);
}

const narrow = matchMedia("(max-width: 820px)");
const still = matchMedia("(prefers-reduced-motion: reduce)");

/* Work in slices that leave the page responsive; the returned function stops it. */
function inSlices(work) {
  let handle = 0;
  const turn = () => {
    const end = performance.now() + 12;
    while (performance.now() < end) {
      if (!work()) return;
    }
    handle = setTimeout(turn, 0);
  };
  turn();
  return () => clearTimeout(handle);
}

function save(content, name) {
  const address = URL.createObjectURL(content);
  const anchor = el("a", { href: address, download: name, hidden: true });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 20000);
}

function fileName(end) {
  const base = String(graph.view || "graph").normalize("NFKC").replace(/[^\p{L}\p{N}_-]+/gu, "-").slice(0, 60) || "graph";
  return `stigraph-${base}${end}`;
}
