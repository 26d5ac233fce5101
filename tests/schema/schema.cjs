// Validates what the program writes (json, events of extract and of normalize) for every notice of the tests.
"use strict";
const { execFileSync } = require("child_process");
const fs = require("fs"), path = require("path");
const Ajv = require("ajv/dist/2020").default, formats = require("ajv-formats").default;
const program = process.env.CHENGNUO, source = process.env.CN_SOURCE;
let passed = 0, failed = 0;
const check = (ok, what) => { if (ok) passed++; else { failed++; console.log(`FAILED: ${what}`); } };
const run = (args, input) => execFileSync(program, args, { input, maxBuffer: 1 << 28 }).toString();
const quiet = ["--fail-on", "never", "--diagnostics", "none"];

const ajv = formats(new Ajv({ strict: true, allErrors: true, strictTypes: false, allowUnionTypes: true }));
const validators = {};
for (const name of ["notice", "event"]) {
  const printed = run(["schema", name]);
  check(printed === fs.readFileSync(path.join(source, `schema/${name}.schema.json`), "utf8"), `schema/${name}.schema.json is what 'chengnuo schema ${name}' prints`);
  validators[name] = ajv.compile(JSON.parse(printed));
}
const valid = (name, value, what) => check(validators[name](value), `${what}: ${ajv.errorsText(validators[name].errors?.slice(0, 3))}`);

const files = [path.join(source, "samples/shandong-2020/notice.txt")];
for (const folder of ["tests/accuracy/notices", "tests/variants/files"])
  for (const f of fs.readdirSync(path.join(source, folder))) files.push(path.join(source, folder, f));
for (const base of fs.readdirSync(path.join(source, "tests/golden")))
  for (const f of fs.existsSync(path.join(source, "tests/golden", base, ".")) && fs.statSync(path.join(source, "tests/golden", base)).isDirectory() ? fs.readdirSync(path.join(source, "tests/golden", base)) : [])
    if (f.startsWith("notice.")) files.push(path.join(source, "tests/golden", base, f));
check(files.length > 20, "there are notices to try");

let rows = 0;
for (const file of files) {
  const name = path.relative(source, file), layout = name.includes("-sent-") ? ["--layout", "lines"] : [];
  let extracted;
  try {
    extracted = run(["extract", ...layout, ...quiet, file]);
  } catch (e) {
    continue; // a golden case of an input that is refused
  }
  const normalized = run(["normalize", "--all", ...quiet], extracted);
  for (const [what, text] of [["extract", extracted], ["normalize", normalized]])
    for (const line of text.trim().split("\n")) valid("event", JSON.parse(line), `${name}: ${what}`);
  rows += normalized.split("\n").filter((l) => l.startsWith('{"type":"row"')).length;
  valid("notice", JSON.parse(run(["emit", "-f", "json", ...quiet], normalized)), `${name}: json`);
}
check(rows > 300, `rows were validated (${rows})`);
check(!validators.notice({ schema: "chengnuo/1" }), "a record without its members is not valid");
check(!validators.event({ type: "row", no: "1" }), "a row with a text for a number is not valid");
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
