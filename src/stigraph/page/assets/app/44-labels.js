/* Labels as on a map: a constant size on the screen, broken where words end, each placed where it touches nothing. */
const FONT = 12.5;
const LINE = 16;
const CELL = 48;
const GAP = 4;
const NOT_FIRST = /^[、。，．・：；？！）」』】〉》〕｝ーゝゞ々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ%％‰℃,.:;?!)\]}’”…‥〜～]/;
const NOT_LAST = /[（「『【〈《〔｛([{‘“]$/;
const RIGHT_TO_LEFT = /^[^A-Za-z\u00c0-\u024f\u3040-\u9fff]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
const segmenter = typeof Intl === "object" && Intl.Segmenter ? new Intl.Segmenter("ja", { granularity: "word" }) : null;
const ruler = document.createElement("canvas").getContext("2d");
const widths = new Map();

function fontOf(text, bold, size = FONT) {
  return `${bold ? "600 " : ""}${size}px ${JAPANESE.test(text) ? palette.japanese : palette.latin}`;
}

function widthOf(text, bold) {
  const japanese = JAPANESE.test(text);
  ruler.font = fontOf(text, bold);
  let width = 0;
  for (const sign of text) {
    const key = (japanese ? "j" : "l") + (bold ? "b" : "p") + sign;
    let known = widths.get(key);
    if (known === undefined) {
      known = ruler.measureText(sign).width;
      widths.set(key, known);
    }
    width += known;
  }
  return width;
}

function piecesOf(text) {
  const raw = segmenter ? Array.from(segmenter.segment(text), (part) => part.segment)
    : text.match(/[A-Za-z0-9'’.-]+|[\u30a0-\u30ff]+|\s+|[\s\S]/g) || [];
  const pieces = [];
  for (const part of raw) {
    const last = pieces.length - 1;
    const blank = /^\s+$/.test(part);
    if (last >= 0 && (blank || NOT_FIRST.test(part) || NOT_LAST.test(pieces[last]) || (/^[-/'’&]$/.test(part)))) pieces[last] += blank ? " " : part;
    else if (!blank) pieces.push(part);
  }
  return pieces;
}

function flow(pieces, room, bold) {
  const lines = [];
  let line = "", used = 0;
  for (const piece of pieces) {
    const tight = widthOf(piece.trimEnd(), bold), loose = widthOf(piece, bold);
    if (line && used + tight > room) {
      lines.push(line.trimEnd());
      line = "";
      used = 0;
    }
    if (tight > room) {
      for (const sign of piece) {
        const width = widthOf(sign, bold);
        if (line && used + width > room) {
          lines.push(line);
          line = "";
          used = 0;
        }
        line += sign;
        used += width;
      }
    } else {
      line += piece;
      used += loose;
    }
  }
  if (line.trim()) lines.push(line.trimEnd());
  return lines;
}

function clipLine(line, room, bold) {
  const signs = [...line];
  while (signs.length && widthOf(signs.join("") + "…", bold) > room) signs.pop();
  return signs.join("").trimEnd() + "…";
}

/* Break a text into lines of like width; what does not fit ends in an ellipsis. */
function wrap(text, room, most, bold) {
  const clean = [...text.replace(/\s+/g, " ").trim()].slice(0, most * 60).join("");
  const pieces = piecesOf(clean);
  const longest = Math.max(0, ...pieces.map((piece) => widthOf(piece.trimEnd(), bold)));
  if (longest > room && longest <= room * 1.6) room = Math.ceil(longest) + 1;
  let lines = flow(pieces, room, bold);
  const cut = lines.length > most || clean.length < text.replace(/\s+/g, " ").trim().length;
  if (lines.length > most) {
    lines = lines.slice(0, most);
    lines[most - 1] = clipLine(lines[most - 1], room, bold);
  } else if (cut) {
    lines[lines.length - 1] = clipLine(lines[lines.length - 1], room, bold);
  } else if (lines.length > 1) {
    for (let share = Math.max(widthOf(clean, bold) / lines.length, Math.min(longest, room)); share < room; share += 8) {
      const even = flow(pieces, share, bold);
      if (even.length <= lines.length) {
        lines = even;
        break;
      }
    }
  }
  const width = Math.ceil(Math.max(0, ...lines.map((line) => widthOf(line, bold))));
  return { lines, width, height: lines.length * LINE - 2, cut, bold, rightToLeft: RIGHT_TO_LEFT.test(text), font: fontOf(text, bold) };
}

const wrapped = new Map();

const MANNERS = { usual: { room: 0, lines: 3 }, slim: { room: 0.62, lines: 3 }, whole: { room: 1.5, lines: 6 }, tall: { room: 0.75, lines: 9 } };

/* The label of a node in lines: as usual, slim where room is scarce, whole or tall where it is led to. */
function blockOf(i, manner) {
  const key = `${manner}${i}`;
  let block = wrapped.get(key);
  if (!block) {
    const leading = i === graph.root;
    const usual = narrow.matches ? 112 : 148;
    const room = usual * (MANNERS[manner].room || (leading ? 1.2 : 1));
    block = wrap(labelOf(i), room, MANNERS[manner].lines + (leading ? 1 : 0), leading);
    wrapped.set(key, block);
  }
  return block;
}

function forgetLabels() {
  wrapped.clear();
  widths.clear();
}

/* A grid that knows which rectangles are taken. */
class Space {
  constructor() {
    this.cells = new Map();
  }

  each(box, use) {
    const left = Math.floor(box.x / CELL), right = Math.floor((box.x + box.w) / CELL);
    const top = Math.floor(box.y / CELL), bottom = Math.floor((box.y + box.h) / CELL);
    for (let column = left; column <= right; column++) {
      for (let row = top; row <= bottom; row++) {
        if (use(column * 1000003 + row)) return true;
      }
    }
    return false;
  }

  take(box) {
    this.each(box, (key) => {
      const held = this.cells.get(key);
      if (held) held.push(box);
      else this.cells.set(key, [box]);
    });
  }

  free(box, own) {
    return !this.each(box, (key) => {
      const held = this.cells.get(key);
      if (held) {
        for (const other of held) {
          if (other.owner !== own && box.x < other.x + other.w && other.x < box.x + box.w && box.y < other.y + other.h && other.y < box.y + box.h) return true;
        }
      }
      return false;
    });
  }
}

const SIDES = ["right", "below", "above", "left"];
const CORNERS = ["below right", "above right", "below left", "above left"];

function boxAt(side, x, y, r, block) {
  const { width: w, height: h } = block;
  if (side === "right") return { x: x + r + GAP, y: y - h / 2, w, h };
  if (side === "left") return { x: x - r - GAP - w, y: y - h / 2, w, h };
  if (side === "below") return { x: x - w / 2, y: y + r + GAP - 1, w, h };
  if (side === "above") return { x: x - w / 2, y: y - r - GAP - h + 1, w, h };
  const far = r * 0.75 + GAP;
  return { x: side.endsWith("right") ? x + far : x - far - w, y: side.startsWith("below") ? y + far : y - far - h, w, h };
}

/* How far a label that must be shown may stand from its symbol. */
const AWAY = [0, 10, 24, 40, 60, 85, 115, 150, 190, 235, 290, 350, 420];

function firstFit(distances, blocks, sides, attempt) {
  for (const away of distances) {
    for (const block of blocks) {
      const lines = block();
      for (const side of sides) {
        const found = attempt(lines, side, away);
        if (found) return found;
      }
    }
  }
  return null;
}

function cutOff(box, bounds) {
  return Boolean(bounds) && (box.x < bounds.x || box.y < bounds.y || box.x + box.w > bounds.x + bounds.w || box.y + box.h > bounds.y + bounds.h);
}

/* Place the labels of nodes (given in order of importance) at a scale; `bounds`, in the same pixels, keeps them whole. */
function placeLabels(order, obstacles, scale, radius, wholes, bounds, musts) {
  const space = new Space();
  for (const box of bounds ? bounds.taken : []) space.take({ ...box, owner: -1 });
  for (const i of obstacles) {
    const r = radius(i) + 1.5;
    space.take({ x: xs[i] * scale - r, y: ys[i] * scale - r, w: 2 * r, h: 2 * r, owner: i });
  }
  const placed = [];
  const tiny = { width: 10, height: LINE };
  for (const i of order) {
    const x = xs[i] * scale, y = ys[i] * scale, r = radius(i);
    const fits = (box) => space.free({ x: box.x - 2, y: box.y - 1, w: box.w + 4, h: box.h + 2 }, i);
    const must = musts.has(i);
    const sides = must ? [...SIDES, ...CORNERS] : SIDES.filter((side) => fits(boxAt(side, x, y, r, tiny)));
    if (!sides.length) continue;
    const whole = wholes.has(i);
    const block = blockOf(i, whole ? "whole" : "usual");
    if (!block.lines.length) continue;
    const attempt = (lines, side, away) => {
      const box = boxAt(side, x, y, r + away, lines);
      return !cutOff(box, bounds) && fits(box) ? { node: i, side, box, block: lines, away } : null;
    };
    const blocks = [() => block, () => blockOf(i, whole ? "tall" : "slim")];
    const found = firstFit(must ? AWAY.slice(0, musts.get(i)) : [0], blocks, sides, attempt);
    if (!found) continue;
    space.take({ ...found.box, owner: i });
    placed.push(found);
  }
  return { placed, space };
}

function drawBlock(context, block, box, side, ink, ground) {
  context.font = block.font;
  context.direction = block.rightToLeft ? "rtl" : "ltr";
  context.textBaseline = "alphabetic";
  const centre = side === "below" || side === "above" || side === "middle";
  context.textAlign = centre ? "center" : side.endsWith("left") ? "right" : "left";
  const x = centre ? box.x + box.w / 2 : side.endsWith("left") ? box.x + box.w : box.x;
  let y = box.y + LINE - 4.5;
  for (const line of block.lines) {
    if (ground) {
      context.strokeStyle = ground;
      context.strokeText(line, x, y);
    }
    context.fillStyle = ink;
    context.fillText(line, x, y);
    y += LINE;
  }
}
