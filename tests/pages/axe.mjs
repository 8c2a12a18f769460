// Opens every page named on standard input and prints what is wrong, one JSON line a page: with axe at 1280 px
// and whole at 320 px; of a line that begins with "narrow ", whole at 320 px alone.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(process.argv[2] + "/package.json");
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf-8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const lines = readFileSync(0, "utf-8").split("\n").filter(Boolean);
const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];

const browser = await chromium.launch({ executablePath: process.argv[3], args: quiet });

async function judged(tab) {
  await tab.setViewportSize({ width: 1280, height: 900 });
  await tab.evaluate(axe);
  const found = await tab.evaluate((only) => globalThis.axe.run(document, { runOnly: only, preload: false, resultTypes: ["violations"] }), tags);
  return found.violations.map((rule) =>
    `axe ${rule.id} at ${rule.nodes.map((node) => node.target.join(" ")).slice(0, 3).join("; ")}`);
}

async function look(tab, path, withAxe) {
  const said = [];
  const listen = (message) => message.type() === "error" && said.push("console: " + message.text());
  tab.on("console", listen);
  await tab.setViewportSize({ width: 320, height: 640 });
  await tab.goto(pathToFileURL(path).href);
  const width = await tab.evaluate(() => document.documentElement.scrollWidth);
  if (width > 320) said.push(`at 320 px it is ${width} px wide`);
  if (withAxe) said.push(...await judged(tab));
  tab.off("console", listen);
  return said;
}

async function work() {
  const tab = await browser.newPage();
  for (let line = lines.shift(); line; line = lines.shift()) {
    const path = line.replace(/^narrow /, "");
    console.log(JSON.stringify({ page: path, wrong: await look(tab, path, path === line) }));
  }
}

await Promise.all([work(), work()]);
await browser.close();
