// Opens every page named on standard input at 1280 and 320 px and prints what is wrong, one JSON line a page.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(process.argv[2] + "/package.json");
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf-8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const pages = readFileSync(0, "utf-8").split("\n").filter(Boolean);
const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];

const browser = await chromium.launch({ executablePath: process.argv[3], args: quiet });

async function look(tab, path) {
  const said = [];
  const listen = (message) => message.type() === "error" && said.push("console: " + message.text());
  tab.on("console", listen);
  await tab.setViewportSize({ width: 1280, height: 900 });
  await tab.goto(pathToFileURL(path).href);
  await tab.evaluate(axe);
  const found = await tab.evaluate((only) => globalThis.axe.run(document, { runOnly: only, preload: false, resultTypes: ["violations"] }), tags);
  for (const rule of found.violations)
    said.push(`axe ${rule.id} at ${rule.nodes.map((node) => node.target.join(" ")).slice(0, 3).join("; ")}`);
  await tab.setViewportSize({ width: 320, height: 640 });
  const width = await tab.evaluate(() => document.documentElement.scrollWidth);
  if (width > 320) said.push(`at 320 px it is ${width} px wide`);
  tab.off("console", listen);
  return said;
}

async function work() {
  const tab = await browser.newPage();
  for (let path = pages.shift(); path; path = pages.shift())
    console.log(JSON.stringify({ page: path, wrong: await look(tab, path) }));
}

await Promise.all([work(), work()]);
await browser.close();
