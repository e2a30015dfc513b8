// Search over the whole site. The index is a script of its own, loaded when search begins; nothing else is asked for.
(() => {
  "use strict";
  const MOST = 60;
  const box = document.querySelector(".search");
  if (!box) return;
  const input = box.querySelector("input");
  const list = box.querySelector("#found");
  const said = box.querySelector("#search-said");
  const lang = document.documentElement.lang === "en" ? "en" : "ja";
  const radicals = ["⺠⻁⻄⻅⻆⻉⻋⻑⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻫⻬⻭⻯⻲", "民虎西見角貝車長門青韋頁風飛食馬骨鬼魚鳥鹵麦黄斉齊歯竜亀"];
  const eras = { 明治: 1867, 大正: 1911, 昭和: 1925, 平成: 1988, 令和: 2018 };
  const ordinals = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
  const kanji = "〇一二三四五六七八九";

  const kanjiNumber = (text) => {
    const [tens, ones] = text.includes("十") ? text.split("十") : ["", text];
    const digits = (part) => [...part].map((sign) => kanji.indexOf(sign)).join("");
    return text.includes("十") ? (tens ? Number(digits(tens)) : 1) * 10 + (ones ? Number(digits(ones)) : 0) : Number(digits(ones));
  };

  // The form under which two spellings are equal: width, case, kana, punctuation, 第/期/年度 and era years do not matter.
  const fold = (text) => {
    let form = [...text].map((sign) => { const at = [...radicals[0]].indexOf(sign); return at < 0 ? sign : [...radicals[1]][at]; }).join("");
    form = form.normalize("NFKC").toLowerCase();
    form = form.replace(/[ァ-ヶ]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0x60));
    form = form.replace(/(?<=[ぁ-んー])[‐‑‒–—―−-](?=[ぁ-んー])/g, "ー");
    form = form.replace(/第([〇一二三四五六七八九十]+)(?=[期次回])/g, (_, number) => "第" + kanjiNumber(number));
    form = form.replace(/(明治|大正|昭和|平成|令和)(元|[0-9]+|[〇一二三四五六七八九十]+)(?=年)/g, (_, era, year) =>
      String(eras[era] + (year === "元" ? 1 : /^[0-9]+$/.test(year) ? Number(year) : kanjiNumber(year))));
    form = form.replace(/((?:19|20)[0-9]{2})\s*(?:年度|年)/g, "$1").replace(/第?([0-9]+)期/g, "$1");
    form = form.replace(/\b([0-9]+)(?:st|nd|rd|th)\b/g, "$1");
    form = form.replace(new RegExp("\\b(" + ordinals.join("|") + ")\\b", "g"), (word) => String(ordinals.indexOf(word) + 1));
    form = form.replace(/\bfy\s*(?=(?:19|20)[0-9]{2})/g, "");
    return form.replace(/[^\p{L}\p{N}]/gu, "");
  };

  const loosely = (text) => text.normalize("NFKC").toLowerCase().replace(/[ァ-ヶ]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0x60));

  let things = null;
  let loading = null;
  const prepare = () => {
    const index = window.stigraphIndex;
    things = index.things.map((row) => {
      const [kind, path, ja = "", en = "", names = [], words = ""] = row;
      const spelt = [ja, en, ...names].filter(Boolean);
      return { kind: index.classes[kind][lang === "en" ? 1 : 0], path, ja, en, spelt, keys: spelt.map(fold), loose: spelt.map(loosely), words, passage: fold(words), apart: path.includes("#") };
    });
  };
  const load = () => {
    loading ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = box.dataset.index;
      script.addEventListener("load", () => { prepare(); resolve(); });
      script.addEventListener("error", reject);
      document.head.append(script);
    });
    return loading;
  };

  const rank = (thing, parts, typed) => {
    let best = Infinity;
    let as = "";
    thing.keys.forEach((key, at) => {
      if (!parts.every((part) => key.includes(part))) return;
      const whole = parts.join("");
      // What is spelt as typed comes before what only folds to the same: 第6期 before (6).
      const score = (key === whole ? 0 : key.startsWith(parts[0]) ? 100 : 200) + (thing.loose[at].includes(typed) ? 0 : 150) + Math.min(key.length, 99) / 100;
      if (score < best) { best = score; as = thing.spelt[at]; }
    });
    if (best === Infinity && thing.passage && parts.every((part) => thing.passage.includes(part))) { best = 400; as = thing.words; }
    return best === Infinity ? null : { thing, score: best + (thing.apart ? 250 : 0), as };
  };
  const search = (text) => {
    const parts = text.split(/\s+/).map(fold).filter(Boolean);
    if (!parts.length) return null;
    const typed = loosely(text.trim());
    return things.map((thing, order) => ({ hit: rank(thing, parts, typed), order })).filter(({ hit }) => hit)
      .sort((a, b) => a.hit.score - b.hit.score || a.order - b.order).map(({ hit }) => hit);
  };

  const element = (name, className, text, language) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    if (language) made.lang = language;
    return made;
  };
  const say = (pattern, ...values) => pattern.replace(/\{(\d)\}/g, (_, at) => values[at]);
  let chosen = -1;
  const options = () => [...list.querySelectorAll("[role=option]")];
  const choose = (at) => {
    const all = options();
    all.forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
    chosen = at;
    if (all[at]) {
      input.setAttribute("aria-activedescendant", all[at].id);
      all[at].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); choose(-1); };
  const show = (hits) => {
    list.replaceChildren();
    hits.slice(0, MOST).forEach((hit, at) => {
      const { thing, as } = hit;
      const own = lang === "en" ? thing.en : thing.ja;
      const option = element("li");
      option.id = `found-${at}`;
      option.setAttribute("role", "option");
      option.dataset.path = thing.path;
      const line = element("span", "found-name");
      line.append(element("span", "", own || thing.ja || thing.en, own ? lang : thing.ja ? "ja" : "en"), element("span", "found-class", thing.kind));
      option.append(line);
      if (as && as !== own) option.append(element("span", "found-as", as, as === thing.en ? "en" : "ja"));
      option.addEventListener("click", () => go(option));
      list.append(option);
    });
    const told = !hits.length ? box.dataset.none : say(hits.length > MOST ? box.dataset.more : box.dataset.count, hits.length, MOST);
    said.textContent = told;
    if (!hits.length || hits.length > MOST) {
      const note = element("li", "found-note", told);
      note.setAttribute("role", "presentation");
      list.append(note);
    }
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    choose(-1);
  };
  const go = (option) => { close(); location.href = box.dataset.up + option.dataset.path; };
  const refresh = () => {
    const text = input.value;
    load().then(() => {
      if (text !== input.value) return;
      const hits = search(text);
      if (hits) show(hits); else close();
    }, () => { said.textContent = box.dataset.none; });
  };

  box.hidden = false;
  const home = document.querySelector("[data-search-home]");
  if (home) {
    home.append(box);
    document.querySelector("[data-search-hint]").hidden = false;
  }
  input.addEventListener("focus", () => load().catch(() => {}));
  input.addEventListener("input", refresh);
  input.addEventListener("keydown", (event) => {
    const all = options();
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) return refresh();
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (all.length) choose((chosen + step + all.length + (chosen < 0 && step < 0 ? 1 : 0)) % all.length);
    } else if (event.key === "Enter") {
      if (!list.hidden && all.length) { event.preventDefault(); go(all[Math.max(chosen, 0)]); }
    } else if (event.key === "Escape") { if (!list.hidden) { event.preventDefault(); close(); } }
  });
  box.addEventListener("focusout", (event) => { if (!box.contains(event.relatedTarget)) setTimeout(close, 150); });
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); input.focus(); }
  });
})();
