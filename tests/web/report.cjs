// usage: report.cjs CHROMIUM OUT
// Opens reports that the program wrote as a reader would, and keeps screenshots in OUT.
"use strict";
const { chromium } = require("playwright-core");
const { execFileSync } = require("child_process");
const fs = require("fs"), path = require("path");

const [, , executablePath, out] = process.argv;
const program = process.env.CHENGNUO, source = process.env.CN_SOURCE;
fs.mkdirSync(out, { recursive: true });
let passed = 0, failed = 0;
const check = (ok, what) => { if (ok) passed++; else { failed++; console.log(`FAILED: ${what}`); } };
const run = (args, input) => execFileSync(program, args, { input, maxBuffer: 1 << 28 });
const write = (name, bytes) => { const p = path.join(out, name); fs.writeFileSync(p, bytes); return p; };

const events = run(["convert", "-f", "ndjson", "--fail-on", "never", "--diagnostics", "none", path.join(source, "samples/shandong-2020/notice.txt")]).toString().trim().split("\n").map(JSON.parse);
const lines = (list) => list.map((e) => JSON.stringify(e)).join("\n") + "\n";
const html = (list) => run(["emit", "-f", "html"], lines(list));

const row = events.find((e) => e.type === "row" && e.targets.length);
const evil = `新增"><img src=x onerror="window.hit=1"></script><script>window.hit=2</script><!-- \u202e企业20家`;
const at = Array.from(evil).join("").indexOf("20家");
const points = Array.from(evil.slice(0, at)).length;
const hostile = [
  { ...events[0], title: "</title><script>window.hit=3</script>" },
  { type: "block", notice: "x", name: "<b onmouseover=window.hit=4>块</b>", kind: "section", adcode: null, line: 1 },
  { ...row, block: "<b>块</b>", task: evil, dates: [], responsible: [{ name: "<img src=x onerror=window.hit=5>", kind: "person", role: null }],
    targets: [{ ...row.targets[0], text: "20家", start: points, end: points + 3, metric: "<script>企业", where: [], value: 20, relation: "eq" }] },
  { ...events.at(-1), blocks: 1, rows: 1 },
];
const head = events.slice(0, events.findIndex((e) => e.type === "row"));
const rows = events.filter((e) => e.type === "row");
const many = [...head, ...Array.from({ length: 5000 }, (_, i) => rows[i % rows.length]), events.at(-1)];

(async () => {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--disable-component-update", "--no-first-run"] });
  const open = async (file, options = {}) => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
    page.problems = [];
    page.on("console", (m) => { if (["error", "warning"].includes(m.type())) page.problems.push(m.text()); });
    page.on("pageerror", (e) => page.problems.push(e.message));
    page.on("request", (r) => { if (!r.url().startsWith("file:")) page.problems.push("network: " + r.url()); });
    await page.goto("file://" + file);
    await page.waitForSelector("tbody tr");
    return page;
  };
  const shown = async (page) => Number((await page.textContent(".count")).match(/\d+/)[0]);

  const sample = write("sample.html", html(events));
  let page = await open(sample);
  await page.screenshot({ path: path.join(out, "light.png") });
  check((await shown(page)) === rows.length, "every row of the notice is in the report");
  check((await page.locator("svg g").count()) > 0, "the timeline has bars");
  await page.keyboard.press("/");
  check(await page.evaluate(() => document.activeElement.type === "search"), "/ goes to the search box");
  await page.keyboard.type("就业");
  const wanted = rows.filter((r) => r.task.includes("就业")).length;
  await page.waitForFunction((n) => document.querySelector(".count").textContent.match(/\d+/)[0] === String(n), wanted);
  check((await page.locator("tbody tr").count()) === wanted, "search shows the rows that hold the words");
  await page.getByRole("button", { name: "清除筛选" }).click();
  await page.selectOption("#f-block", "青岛市");
  check((await shown(page)) === rows.filter((r) => r.block === "青岛市").length, "the filter by block keeps that block's rows");
  await page.selectOption("#f-kind", "ratio");
  check((await shown(page)) === rows.filter((r) => r.block === "青岛市" && r.targets.some((t) => t.dimension === "ratio")).length, "filters add up");
  await page.getByRole("button", { name: "清除筛选" }).click();
  await page.locator("svg g").first().focus();
  await page.keyboard.press("Enter");
  check((await page.inputValue("#f-month")) !== "", "a bar of the timeline filters by keyboard");
  await page.getByRole("button", { name: "清除筛选" }).click();
  const person = rows.flatMap((r) => r.responsible).find((r) => r.kind === "person").name;
  await page.selectOption("#f-person", person);
  check((await shown(page)) === rows.filter((r) => r.responsible.some((x) => x.name === person)).length, "the filter by person keeps that person's rows");
  await page.getByRole("button", { name: "清除筛选" }).click();
  const mark = page.locator("mark.target").first();
  await mark.click();
  check((await page.textContent("#tip")).includes("指标"), "a click on a number shows what was read");
  check((await mark.textContent()) === rows.find((r) => r.targets.length).targets[0].text, "the highlight covers exactly the number expression");
  await page.keyboard.press("Escape");
  check(await page.locator("#tip").isHidden(), "Escape closes the answer");
  await page.locator("mark.target").nth(1).focus();
  check(await page.locator("#tip").isVisible(), "a number that has the keyboard's focus shows its answer");
  await page.getByRole("button", { name: "English" }).click();
  check((await page.textContent("thead")).includes("Commitment"), "labels change to English");
  check(page.problems.length === 0, "no error on the console and no request to the network: " + page.problems.join("; "));
  await page.emulateMedia({ media: "print" });
  check(await page.locator(".filters").isHidden(), "controls are not printed");
  await page.close();

  page = await open(sample, { colorScheme: "dark" });
  await page.screenshot({ path: path.join(out, "dark.png") });
  const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  check(background !== "rgb(255, 255, 255)", "a reader who asks for dark gets dark");
  await page.getByRole("button", { name: "明/暗" }).click();
  check((await page.evaluate(() => getComputedStyle(document.body).backgroundColor)) === "rgb(255, 255, 255)", "the button changes to light");
  await page.close();

  page = await open(write("hostile.html", html(hostile)));
  await page.screenshot({ path: path.join(out, "hostile.png") });
  check((await page.evaluate(() => window.hit)) === undefined, "markup in a notice does not run");
  check((await page.textContent("td.task")).includes("</script><script>window.hit=2"), "markup in a notice is shown as text");
  check((await page.textContent("td.task")).includes("U+202E"), "a direction override is shown, not obeyed");
  check((await page.locator("mark.target").textContent()) === "20家", "positions hold behind characters of every plane");
  check((await page.locator("main img, main script").count()) === 0, "no element comes from a notice");
  check(page.problems.length === 0, "the policy is not violated: " + page.problems.join("; "));
  await page.close();

  page = await open(write("many.html", html(many)));
  check((await shown(page)) === 5000, "five thousand rows are there");
  check((await page.locator("tbody tr").count()) < 1000, "rows are drawn as they are reached, not all at once");
  await page.fill("input[type=search]", "就业");
  await page.waitForFunction(() => !document.querySelector(".count").textContent.includes("5000 / "));
  check((await shown(page)) === many.filter((r) => r.type === "row" && r.task.includes("就业")).length, "search goes through all of them");
  check(page.problems.length === 0, "five thousand rows give no error: " + page.problems.join("; "));
  await browser.close();
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
})().catch((e) => { console.error(e); process.exit(1); });
