// The search page: words in, articles out, from the files that the build wrote beside it.
// Folding and terms are those of publisher/search/terms.py, buckets and digits those of index.py.
(() => {
  "use strict";
  const $ = (name) => document.getElementById("_" + name);
  const form = $("search"), field = $("query"), status = $("status"), list = $("results"), more = $("more"), hints = $("hints");
  const words = form.dataset, root = words.index, PAGE = 10, BLOCK = 16;
  const UNSPACED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005-\\u30ff\\u3400-\\u9fff\\uac00-\\ud7af\\u{20000}-\\u{3ffff}";
  const UNSEEN = /[\u00ad\u200b-\u200f\u2060\ufeff\u2120\u2122]/g;
  const MARKS = /([\u0438\u0443]\u0306|\u0456\u0308)|[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]/g;
  const LETTERS = {ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ς: "σ", ʼ: "'"};
  const COMPOUND = /[\p{L}\p{N}\p{M}]+(?:['’.,\-‐·&][\p{L}\p{N}\p{M}]+)*/gu;
  const RUN = new RegExp(`[${UNSPACED}]+|[^${UNSPACED}]+`, "gu"), unspaced = new RegExp(`^[${UNSPACED}]`, "u");

  const fold = (text) => text.replace(UNSEEN, "").normalize("NFKD").toLowerCase().replace(MARKS, "$1")
    .replace(/[ßæœøłđðþıςʼ]/g, (each) => LETTERS[each]).normalize("NFC");

  // Each wish: a term, and whether words that begin with it will do.
  const wishes = (text, typing) => {
    const found = new Map(), compounds = fold(text).match(COMPOUND) || [];
    compounds.forEach((compound, place) => {
      const parts = compound.split(/['’.,\-‐·&]/);
      const open = typing && place == compounds.length - 1 && /[\p{L}\p{N}\p{M}]$/u.test(text);
      const every = parts.length > 1 ? [...parts, parts.join("")] : parts;
      every.forEach((part, at) => (part.match(RUN) || []).forEach((run, nth, runs) => {
        const letters = [...run];
        if (unspaced.test(run)) {
          if (letters.length == 1) found.set(run, true);
          for (let i = 0; i < letters.length - 1; i++) found.set(letters[i] + letters[i + 1], false);
        } else {
          const term = letters.slice(0, 64).join("");
          found.set(term, open && at >= parts.length - 1 && nth == runs.length - 1 && letters.length > 2);
        }
      }));
    });
    return found;
  };

  const bucket = (term, buckets) => {
    let value = 2166136261;
    for (const char of [...term].slice(0, unspaced.test(term) ? 1 : 3)) value = Math.imul(value ^ char.codePointAt(), 16777619);
    return (value >>> 0) % buckets;
  };

  const files = new Map();
  const get = (path, options) => {
    if (!files.has(path)) {
      const file = fetch(root + path, options).then((answer) => answer.ok ? answer.json() : Promise.reject(answer.status));
      files.set(path, file);
      file.catch(() => files.delete(path));
    }
    return files.get(path);
  };
  // Files of another stamp number the articles differently: a copy from before the last build.
  const part = async ([name, , , stamp], file) => {
    const path = `${name}/${file}.json?${stamp}`;
    let [theirs, value] = await get(path);
    if (theirs != stamp) {
      files.delete(path);
      [theirs, value] = await get(path, {cache: "reload"});
    }
    if (theirs != stamp) throw "stale";
    return value;
  };

  // The numbers of the articles with a term, each with the worth of the place where it stands.
  const unpack = (text, into) => {
    let number = 0, gap = 0;
    for (let i = 0; i < text.length; i++) {
      let digit = text.charCodeAt(i) - 35;
      if (digit > 56) digit--;
      gap = gap * 45 + digit % 45;
      if (digit < 45) {
        number += gap;
        gap = 0;
        const article = number / 3 | 0, worth = [1, 4, 16][number % 3];
        into.set(article, Math.max(worth, into.get(article) || 0));
      }
    }
    return into;
  };

  const lookUp = async (segment, term, open, seen) => {
    const terms = await part(segment, bucket(term, segment[2])), into = new Map();
    for (const each of open ? Object.keys(terms) : [term]) {
      if (open && !each.startsWith(term) || !Object.hasOwn(terms, each)) continue;
      const before = into.size;
      unpack(terms[each], into);
      if (seen) seen.set(each, (seen.get(each) || 0) + into.size - before);
    }
    return into;
  };

  const inSegment = async (segment, place, asked) => {
    const maps = await Promise.all([...asked].map(([term, open]) => lookUp(segment, term, open)));
    const [first, ...others] = maps.sort((a, b) => a.size - b.size);
    return [...first].filter(([article]) => others.every((each) => each.has(article)))
      .map(([article]) => ({segment, place, article, worth: maps.reduce((sum, each) => sum + each.get(article), 0)}));
  };

  let hits = [], shown = 0, asked = new Map(), turn = 0;

  const element = (name, text, attributes) => {
    const made = Object.assign(document.createElement(name), attributes);
    if (text) made.textContent = text;
    return made;
  };
  const marked = (name, text, attributes) => {
    const made = element(name, "", attributes);
    let end = 0;
    for (const {0: word, index} of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
      const plain = fold(word);
      if (![...asked].some(([term, open]) => open ? plain.startsWith(term) : plain == term)) continue;
      made.append(text.slice(end, index), element("mark", word));
      end = index + word.length;
    }
    made.append(text.slice(end));
    return made;
  };

  const show = async (now, from) => {
    const next = hits.slice(from, from + PAGE);
    const rows = await Promise.all(next.map(async ({segment, article}) => (await part(segment, "b" + (article / BLOCK | 0)))[article % BLOCK]));
    if (now != turn) return;
    const items = rows.map(([href, title, dateTime, day, section, summary, language]) => {
      const item = element("article", "", {className: "card"}), head = element("h2"), meta = element("p", "", {className: "meta"});
      if (language) Object.assign(item, {lang: language, dir: "auto"});
      head.append(marked("a", title, {href}));
      meta.append(element("time", day, {dateTime}));
      if (section) meta.append(element("span", section));
      item.append(head, marked("p", summary, {className: "summary"}), meta);
      return item;
    });
    if (!from) list.replaceChildren();
    list.append(...items);
    shown = from + next.length;
    more.hidden = shown >= hits.length;
    return items[0];
  };

  // What was asked for stands nowhere: perhaps a word is meant that begins with it.
  const suggest = async (segments, text) => {
    const seen = new Map(), [[term, open] = [""]] = [...wishes(text, true)].slice(-1);
    if (!open || unspaced.test(term)) return [];
    await Promise.all(segments.map((segment) => lookUp(segment, term, true, seen)));
    return [...seen].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 8).map(([each]) => text + each.slice(term.length));
  };

  const search = async (query, typing, again) => {
    const now = ++turn, text = query.replace(/\*+$/, "");
    typing ||= text != query;
    asked = wishes(text, typing);
    const idle = !asked.size;
    for (const each of form.querySelectorAll("select")) if (each.value) asked.set("/" + each.value, false);
    try {
      const segments = asked.size ? await get("index.json", {cache: "no-cache"}) : [];
      const found = (await Promise.all(segments.map((each, place) => inSegment(each, place, asked)))).flat();
      const near = found.length || idle || typing ? [] : await suggest(segments, text.trim());
      if (now != turn) return;
      hits = found.sort((a, b) => b.worth - a.worth || b.place - a.place || b.article - a.article);
      await show(now, 0);
      if (now != turn) return;
      hints.replaceChildren(...near.map((each) => {
        const item = element("li");
        item.append(element("a", each, {href: "?q=" + encodeURIComponent(each)}));
        return item;
      }));
      const count = words.found.replace("{n}", hits.length.toLocaleString(document.documentElement.lang));
      const none = words.none.replace("{q}", () => text.trim()) + (near.length ? " " + words.near : "");
      status.textContent = !asked.size ? "" : hits.length || idle ? count : none;
    } catch (error) {
      if (now != turn) return;
      files.clear();
      if (error == "stale" && !again) return search(query, typing, true);
      list.replaceChildren();
      hints.replaceChildren();
      more.hidden = true;
      status.textContent = words.failed;
    }
  };

  // The address says all: ?q=fog, and ?q=fo* while somebody types; the filters by their names.
  const address = (typing) => {
    const wanted = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    if (typing && field.value) wanted.set("q", field.value + "*");
    return "?" + wanted;
  };
  const go = (to) => {
    const was = new URLSearchParams(location.search).get("q");
    if (to != location.search) history[was && !was.endsWith("*") ? "pushState" : "replaceState"](null, "", to);
  };
  const read = () => {
    const wanted = new URLSearchParams(location.search), query = wanted.get("q") || "", typing = query.endsWith("*");
    for (const each of form.querySelectorAll("select")) each.value = wanted.get(each.name) || "";
    field.value = typing ? query.slice(0, -1) : query;
    return search(field.value, typing);
  };

  let timer;
  field.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (event.isComposing) return;
    timer = setTimeout(() => {
      go(address(true));
      search(field.value, true);
    }, 150);
  });
  field.addEventListener("compositionend", () => field.dispatchEvent(new Event("input")));
  const submit = (event) => {
    event.preventDefault();
    clearTimeout(timer);
    go(address());
    search(field.value, false);
  };
  form.addEventListener("submit", submit);
  form.addEventListener("change", (event) => event.target != field && submit(event));
  more.addEventListener("click", async () => {
    const first = await show(turn, shown).catch(() => { status.textContent = words.failed; });
    first?.querySelector("a").focus();
  });
  // Arrows go through the results and back into the field.
  document.addEventListener("keydown", (event) => {
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key], stops = [field, ...document.querySelectorAll("#_hints a, #_results a")];
    const at = stops.indexOf(document.activeElement), to = stops[at + step];
    if (!step || at < 0 || !to) return;
    event.preventDefault();
    to.focus();
  });
  addEventListener("popstate", read);
  $("without").hidden = true;
  form.hidden = false;
  read();
  if (!field.value) field.focus();
})();
