"use strict";
/* The report: reads the notices in #data, draws summary, filters and table. Text from a notice only ever becomes text
   nodes; nothing is parsed as HTML. Positions in the record are code points, so tasks are cut as arrays of them. */
(() => {
  /* Values stay text, so that no digit is lost: a quote inside a text is escaped and cannot look like a key. */
  const exact = document.getElementById("data").textContent.replace(/"(value|min|max)":(-?[0-9.]+)/g, '"$1":"$2"');
  const notices = JSON.parse(exact);
  const words = {
    zh: { rows: "承诺事项", blocks: "单位/板块", targets: "量化目标", dated: "有到期日", ongoing: "长期坚持", diagnostics: "提示",
      due: "按月到期", kinds: "目标类型", search: "搜索任务、责任人、原文…（按 / 键）", block: "单位", person: "责任人", body: "责任单位", month: "到期月份", kind: "目标类型",
      all: "全部", no: "序号", task: "承诺事项", deadline: "完成时间", who: "责任人/单位", answers: "目标", shown: (n, m) => `显示 ${n} / ${m} 条`,
      more: "显示更多", none: "没有符合条件的事项", clear: "清除筛选", theme: "明/暗", lang: "English", legend: "绿色：目标　橙色：条件　蓝色：时间；悬停、点击或用键盘选中可看解析结果",
      metric: "指标", action: "动作", change: "变化", relation: "关系", value: "数值", unit: "单位", per: "每", modality: "语气", where: "条件", start: "开始", end: "截止",
      rrule: "重复", relative: "期限", assumed: "年份按文件推定", inherited: "承前句", lead: "牵头", support: "配合", supervisor: "督导", notices: "文件",
      level: "水平", increase: "增加", decrease: "减少", output: "产出", eq: "=", approx: "约", ge: "≥", gt: "＞", le: "≤", lt: "＜", range: "区间", ensure: "确保", strive: "力争",
      dim: { currency: "金额", ratio: "比率", count: "数量", length: "长度", area: "面积", volume: "体积", mass: "质量", energy: "能量", power: "功率", concentration: "浓度", duration: "时长", speed: "速度", temperature: "温度", multiple: "倍数", other: "其他" } },
    en: { rows: "commitments", blocks: "blocks", targets: "targets", dated: "with due date", ongoing: "ongoing", diagnostics: "diagnostics",
      due: "Due by month", kinds: "Targets by kind", search: "Search tasks, people, text… (press /)", block: "Block", person: "Person", body: "Body", month: "Month due", kind: "Kind of target",
      all: "all", no: "No.", task: "Commitment", deadline: "Deadline", who: "Responsible", answers: "Targets", shown: (n, m) => `${n} of ${m} shown`,
      more: "Show more", none: "Nothing matches", clear: "Clear filters", theme: "Light/dark", lang: "中文", legend: "green: target, orange: condition, blue: date; hover, click or focus a mark to see what was read",
      metric: "metric", action: "action", change: "change", relation: "relation", value: "value", unit: "unit", per: "per", modality: "modality", where: "where", start: "from", end: "until",
      rrule: "recurs", relative: "term", assumed: "year taken from the notice", inherited: "from an earlier clause", lead: "lead", support: "support", supervisor: "supervisor", notices: "notices",
      level: "level", increase: "increase", decrease: "decrease", output: "output", eq: "=", approx: "about", ge: "≥", gt: ">", le: "≤", lt: "<", range: "range", ensure: "ensure", strive: "strive", dim: {} },
  };
  let lang = (document.documentElement.lang || "zh").slice(0, 2) === "en" ? "en" : "zh";
  const t = (key) => words[lang][key] ?? key;
  const dim = (d) => words[lang].dim[d] ?? d ?? t("none");
  const el = (tag, props = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [k, v] of Object.entries(props)) k in node && k !== "role" ? (node[k] = v) : node.setAttribute(k, v);
    node.append(...children.filter((c) => c != null));
    return node;
  };
  const svg = (tag, attributes, ...children) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [k, v] of Object.entries(attributes)) node.setAttribute(k, v);
    node.append(...children);
    return node;
  };

  /* Numbers stay the text they were: the page never computes with them. */
  const short = (v) => {
    if (v == null) return "";
    const s = String(v);
    const m = /^(-?)(\d+)(\d{4})$/.exec(s);
    for (const [zeros, word] of [[12, "万亿"], [8, "亿"], [4, "万"]]) {
      if (!m) break;
      const digits = m[2] + m[3];
      if (digits.length <= zeros) continue;
      const head = digits.slice(0, -zeros), tail = digits.slice(-zeros).replace(/0+$/, "");
      if (tail.length <= 4) return m[1] + head + (tail ? "." + tail : "") + word;
    }
    return s;
  };
  const amount = (q) => {
    const number = q.relation === "range" ? `${short(q.min)}–${short(q.max)}` : `${q.relation === "eq" ? "" : t(q.relation)}${short(q.value ?? q.text)}`;
    return number + (q.unit === "百分之" || q.unit === "成" || (q.unit == null && q.unit_code === "%") ? "%" : q.unit ?? "") + (q.per ? `/${q.per}` : "");
  };

  /* Bidirectional and other invisible controls are shown, not obeyed. */
  const isControl = (c) => /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/.test(c);
  const textNodes = (points) => {
    const out = [];
    let run = "";
    for (const c of points) {
      if (!isControl(c)) { run += c; continue; }
      if (run) out.push(document.createTextNode(run));
      run = "";
      out.push(el("span", { className: "control", textContent: "U+" + c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0") }));
    }
    if (run) out.push(document.createTextNode(run));
    return out;
  };
  const plain = (s) => textNodes(Array.from(s ?? ""));

  const rows = [];
  const diagnostics = [];
  for (const notice of notices) {
    for (const d of notice.diagnostics) diagnostics.push({ notice, ...d });
    for (const block of notice.blocks) for (const row of block.rows) {
      const kinds = [...new Set(row.targets.map((x) => x.dimension ?? "other"))];
      const who = row.responsible.map((r) => r.name).join(" ");
      rows.push({ notice, block, row, kinds, month: row.due ? row.due.slice(0, 7) : "", points: null,
        people: row.responsible.filter((r) => r.kind === "person").map((r) => r.name),
        bodies: row.responsible.filter((r) => r.kind !== "person").map((r) => r.name),
        hay: [row.task, block.name, who, row.deadline?.text, row.label].join("\n").toLowerCase() });
    }
  }
  const many = notices.length > 1;
  const filter = { q: "", block: "", person: "", body: "", month: "", kind: "" };
  let sort = "", shownCount = 0, matching = rows;
  const step = 150;

  const passes = (r, except) =>
    (except === "q" || !filter.q || filter.q.toLowerCase().split(/\s+/).every((w) => r.hay.includes(w))) &&
    (except === "block" || !filter.block || (r.block.name ?? "") === filter.block) &&
    (except === "person" || !filter.person || r.people.includes(filter.person)) &&
    (except === "body" || !filter.body || r.bodies.includes(filter.body)) &&
    (except === "month" || !filter.month || r.month === filter.month) &&
    (except === "kind" || !filter.kind || r.kinds.includes(filter.kind));
  const tally = (list) => list.reduce((m, k) => m.set(k, (m.get(k) ?? 0) + 1), new Map());

  /* --- the parsed answer, on hover, focus or click --- */
  const tip = el("div", { id: "tip", role: "tooltip", hidden: true });
  let pinned = null;
  const line = (dl, key, value) => { if (value != null && value !== "" && value !== false) dl.append(el("dt", { textContent: t(key) }), el("dd", {}, ...plain(String(value)))); };
  const describe = (kind, x) => {
    const dl = el("dl");
    if (kind === "date") {
      line(dl, "start", x.start); line(dl, "end", x.end); line(dl, "rrule", x.rrule);
      if (x.relative) line(dl, "relative", `${x.relative.event ?? ""} ${x.relative.offset}${x.relative.business ? " (工作日)" : ""}`);
      if (x.year_assumed) line(dl, "assumed", "✓");
      return dl;
    }
    line(dl, "metric", x.metric ? x.metric + (x.inherited ? `（${t("inherited")}）` : "") : null);
    line(dl, "action", x.action); line(dl, "change", x.change && t(x.change)); line(dl, "relation", t(x.relation));
    line(dl, "value", x.relation === "range" ? `${x.min} – ${x.max}` : x.value);
    line(dl, "unit", [x.unit, x.unit_code && x.unit_code !== x.unit ? `(${x.unit_code})` : null].filter(Boolean).join(" "));
    line(dl, "per", x.per); line(dl, "modality", x.modality && t(x.modality));
    for (const w of x.where ?? []) line(dl, "where", `${w.metric ?? ""} ${amount(w)}`);
    return dl;
  };
  const show = (mark) => {
    tip.replaceChildren(describe(mark.dataset.kind, mark.answer));
    tip.hidden = false;
    const box = mark.getBoundingClientRect(), width = tip.offsetWidth;
    tip.style.left = `${Math.max(8, Math.min(box.left + scrollX, scrollX + innerWidth - width - 16))}px`;
    const below = box.bottom + tip.offsetHeight + 12 < innerHeight;
    tip.style.top = `${scrollY + (below ? box.bottom + 6 : box.top - tip.offsetHeight - 6)}px`;
    mark.setAttribute("aria-describedby", "tip");
  };
  const hide = () => { if (!pinned) tip.hidden = true; };
  for (const [type, on] of [["mouseover", show], ["focusin", show], ["mouseout", hide], ["focusout", hide]])
    document.addEventListener(type, (e) => { const m = e.target.closest?.("mark"); if (m && (!pinned || type === "focusin")) on(m); });
  document.addEventListener("click", (e) => {
    const m = e.target.closest?.("mark");
    pinned = m && m !== pinned ? m : null;
    if (m) show(m); else if (!e.target.closest?.("#tip")) tip.hidden = true;
  });

  /* --- a task with its marks --- */
  const marked = (r) => {
    const points = (r.points ??= Array.from(r.row.task));
    const spans = [];
    for (const x of r.row.targets) {
      spans.push([x.start, x.end, "target", x]);
      for (const w of x.where) spans.push([w.start, w.end, "where", w]);
    }
    for (const d of r.row.dates) if (d.start_at != null) spans.push([d.start_at, d.end_at, "date", d]);
    spans.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    const out = [];
    let at = 0;
    for (const [start, end, kind, x] of spans) {
      if (start < at) continue;
      out.push(...textNodes(points.slice(at, start)));
      const mark = el("mark", { className: kind, tabIndex: 0 }, ...textNodes(points.slice(start, end)));
      mark.dataset.kind = kind;
      mark.answer = x;
      out.push(mark);
      at = end;
    }
    return out.concat(textNodes(points.slice(at)));
  };
  const rowNode = (r) => {
    const answers = el("ul", { className: "answers" }, ...r.row.targets.map((x) => el("li", {}, ...plain(`${x.metric ?? ""} `), el("b", {}, ...plain(amount(x))))));
    const who = r.row.responsible.map((x) => el("div", {}, ...plain(x.name), x.role ? el("span", { className: "role", textContent: ` ${t(x.role)}` }) : null));
    const due = el("td", { className: "c-due" }, el("div", { textContent: r.row.due ?? "" }), el("div", { className: "long" }, ...plain(r.row.deadline?.text ?? "")));
    return el("tr", {},
      el("td", { className: "c-block block" }, ...plain(r.block.name ?? (many ? r.notice.title ?? r.notice.source.name : ""))), el("td", { className: "c-no" }, ...plain(r.row.label ?? "")),
      el("td", { className: "task" }, ...marked(r)), due, el("td", { className: "c-who who" }, ...who), el("td", { className: "c-targets" }, answers));
  };

  /* --- drawing --- */
  const title = () => (many ? `${notices.length} ${t("notices")}` : notices[0]?.title ?? notices[0]?.source?.name ?? "chengnuo");
  const chart = () => {
    const counts = tally(rows.filter((r) => r.month && passes(r, "month")).map((r) => r.month));
    const months = [...counts.keys()].sort();
    if (!months.length) return el("p", { className: "legend", textContent: "—" });
    const shownMonths = months.slice(0, 48), width = 640, height = 130, gap = width / shownMonths.length, max = Math.max(...counts.values());
    const root = svg("svg", { viewBox: `0 0 ${width} ${height + 34}`, role: "group", "aria-label": t("due") });
    root.append(svg("line", { class: "axis", x1: 0, x2: width, y1: height, y2: height }));
    shownMonths.forEach((m, i) => {
      const n = counts.get(m), h = Math.max(2, ((height - 18) * n) / max), bar = Math.min(46, gap * 0.7), x = i * gap + (gap - bar) / 2;
      const label = svg("text", { x: x + bar / 2, y: height + 15, "text-anchor": "middle" }); label.textContent = gap > 44 || i % Math.ceil(44 / gap) === 0 ? m : "";
      const count = svg("text", { x: x + bar / 2, y: height - h - 5, "text-anchor": "middle" }); count.textContent = n;
      const g = svg("g", { role: "button", tabindex: 0, "aria-label": `${m}: ${n}`, "aria-pressed": String(filter.month === m) },
        svg("rect", { class: filter.month === m ? "bar on" : "bar", x, y: height - h, width: bar, height: h, rx: 3 }), label, count);
      const pick = () => set("month", filter.month === m ? "" : m);
      g.addEventListener("click", pick);
      g.addEventListener("keydown", (e) => { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); pick(); } });
      root.append(g);
    });
    return root;
  };
  const kindList = () => {
    const counts = tally(rows.filter((r) => passes(r, "kind")).flatMap((r) => r.row.targets.map((x) => x.dimension ?? "other")));
    const max = Math.max(1, ...counts.values());
    return el("ul", { className: "kinds" }, ...[...counts].sort((a, b) => b[1] - a[1]).map(([k, n]) => {
      const button = el("button", { type: "button" }, el("span", { textContent: dim(k) }), el("meter", { max, value: n }), el("i", { textContent: n }));
      button.setAttribute("aria-pressed", String(filter.kind === k));
      button.addEventListener("click", () => set("kind", filter.kind === k ? "" : k));
      return el("li", {}, button);
    }));
  };
  const noteList = () => el("ul", { className: "notes" }, ...diagnostics.slice(0, 300).map((d) =>
    el("li", { className: d.severity }, el("b", { textContent: d.code }), ...plain(` ${many ? d.notice.source.name : ""}${d.line ? `:${d.line} ` : " "}${d.message}`))));

  const selects = {};
  const options = { block: (r) => [r.block.name ?? ""], person: (r) => r.people, body: (r) => r.bodies, month: (r) => [r.month], kind: (r) => r.kinds };
  const fillSelect = (key) => {
    const counts = tally(rows.filter((r) => passes(r, key)).flatMap(options[key]).filter(Boolean));
    if (filter[key] && !counts.has(filter[key])) counts.set(filter[key], 0);
    const order = [...counts].sort((a, b) => (key === "month" ? (a[0] < b[0] ? -1 : 1) : b[1] - a[1]));
    selects[key].replaceChildren(new Option(`${t(key)}：${t("all")}`, ""), ...order.map(([v, n]) => new Option(`${key === "kind" ? dim(v) : v} (${n})`, v, false, v === filter[key])));
    selects[key].value = filter[key];
    selects[key].hidden = !order.length;
  };
  const body = el("tbody"), more = el("p", { className: "more" }), count = el("span", { className: "count" });
  count.setAttribute("aria-live", "polite");
  const extend = () => {
    const next = matching.slice(shownCount, shownCount + step);
    body.append(...next.map(rowNode));
    shownCount += next.length;
    more.hidden = shownCount >= matching.length;
  };
  const refresh = () => {
    matching = rows.filter((r) => passes(r));
    if (sort) matching = matching.slice().sort((a, b) => ((a.row.due ?? "9999") < (b.row.due ?? "9999") ? -1 : 1) * (sort === "up" ? 1 : -1) || 0);
    shownCount = 0;
    body.replaceChildren();
    pinned = null; tip.hidden = true;
    extend();
    if (!matching.length) body.append(el("tr", {}, el("td", { className: "empty", colSpan: 6, textContent: t("none") })));
    count.textContent = t("shown")(matching.length, rows.length);
    Object.keys(selects).forEach(fillSelect);
    chartPanel.replaceChildren(el("h2", { textContent: t("due") }), chart());
    kindPanel.replaceChildren(el("h2", { textContent: t("kinds") }), kindList());
  };
  const set = (key, value) => { filter[key] = value; if (key === "q") search.value = value; refresh(); };

  const search = el("input", { type: "search" });
  let timer = 0;
  search.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => set("q", search.value.trim()), 120); });
  document.addEventListener("keydown", (e) => {
    if (e.key === "/" && !/INPUT|SELECT|TEXTAREA/.test(document.activeElement?.tagName ?? "")) { e.preventDefault(); search.focus(); }
    if (e.key === "Escape") { pinned = null; tip.hidden = true; }
  });
  for (const key of Object.keys(options)) {
    selects[key] = el("select", { id: `f-${key}` });
    selects[key].addEventListener("change", () => set(key, selects[key].value));
  }
  const clear = el("button", { type: "button" });
  clear.addEventListener("click", () => { for (const k of Object.keys(filter)) filter[k] = ""; search.value = ""; refresh(); });
  const moreButton = el("button", { type: "button" });
  moreButton.addEventListener("click", extend);
  more.append(moreButton);
  if ("IntersectionObserver" in window) new IntersectionObserver((seen) => { if (seen.some((s) => s.isIntersecting)) extend(); }, { rootMargin: "600px" }).observe(more);
  addEventListener("beforeprint", () => { while (shownCount < matching.length) extend(); });

  const chartPanel = el("section", { className: "panel" }), kindPanel = el("section", { className: "panel" });
  const sorter = el("button", { type: "button" });
  sorter.addEventListener("click", () => { sort = sort === "up" ? "down" : sort === "down" ? "" : "up"; label(); refresh(); });
  const theme = el("button", { type: "button" }), language = el("button", { type: "button" });
  theme.addEventListener("click", () => {
    const root = document.documentElement, dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
  language.addEventListener("click", () => { lang = lang === "zh" ? "en" : "zh"; document.documentElement.lang = lang === "zh" ? "zh-CN" : "en"; label(); refresh(); });
  if (matchMedia("(prefers-color-scheme: dark)").matches) document.documentElement.dataset.theme = "dark";

  const heading = el("h1", { className: "block" }), meta = el("p", { className: "meta" }), cards = el("ul", { className: "cards" });
  const legend = el("p", { className: "legend" }), headRow = el("tr"), notesPanel = el("section", { className: "panel wide" });
  const label = () => {
    heading.replaceChildren(...plain(title()));
    document.title = title();
    const n = notices[0];
    meta.replaceChildren(...plain(many ? "" : [n?.issuer, n?.document_number, n?.issued, n?.source?.name].filter(Boolean).join(" · ")));
    const blocks = notices.reduce((s, x) => s + x.blocks.filter((b) => b.name != null).length, 0);
    const figures = { rows: rows.length, blocks, targets: rows.reduce((s, r) => s + r.row.targets.length, 0), dated: rows.filter((r) => r.row.due).length,
      ongoing: rows.filter((r) => r.row.deadline?.ongoing).length, diagnostics: diagnostics.length };
    cards.replaceChildren(...Object.entries(figures).map(([k, v]) => el("li", {}, el("b", { textContent: v }), el("span", { textContent: t(k) }))));
    notesPanel.replaceChildren(el("h2", { textContent: t("diagnostics") }), noteList());
    notesPanel.hidden = !diagnostics.length;
    search.placeholder = t("search"); search.setAttribute("aria-label", t("search"));
    for (const k of Object.keys(selects)) selects[k].setAttribute("aria-label", t(k));
    clear.textContent = t("clear"); moreButton.textContent = t("more"); theme.textContent = t("theme"); language.textContent = t("lang"); legend.textContent = t("legend");
    sorter.textContent = t("deadline") + (sort === "up" ? " ↑" : sort === "down" ? " ↓" : " ↕");
    headRow.replaceChildren(el("th", { className: "c-block", scope: "col", textContent: t("block") }), el("th", { className: "c-no", scope: "col", textContent: t("no") }),
      el("th", { scope: "col", textContent: t("task") }), el("th", { className: "c-due", scope: "col" }, sorter), el("th", { className: "c-who", scope: "col", textContent: t("who") }),
      el("th", { className: "c-targets", scope: "col", textContent: t("answers") }));
  };
  label();
  document.body.replaceChildren(
    el("header", {}, el("div", {}, heading, meta), el("div", { className: "tools" }, language, theme)),
    el("main", {}, cards, el("div", { className: "panels" }, chartPanel, kindPanel, notesPanel),
      el("div", { className: "filters", role: "search" }, search, ...Object.values(selects), clear, count), legend,
      el("table", {}, el("thead", {}, headRow), body), more),
    tip);
  refresh();
})();
