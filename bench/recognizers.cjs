/* Line 5's peer: five models of Recognizers-Text over the task cells of a notice. In: a tab text.  Out: a JSON line a row. */
const fs = require("fs");
const suite = require("@microsoft/recognizers-text-suite");
const culture = suite.Culture.Chinese;
const models = [suite.recognizeNumber, suite.recognizeOrdinal, suite.recognizePercentage, suite.recognizeCurrency, suite.recognizeDateTime];
const lines = fs.readFileSync(process.argv[2], "utf8").split("\n").filter((line) => line.includes("\t"));
for (const line of lines) {
  const cells = line.split("\t");
  const found = models.map((model) => [cells[2], cells[3]].map((cell) => (cell ? model(cell, culture) : [])));
  process.stdout.write(JSON.stringify(found) + "\n");
}
