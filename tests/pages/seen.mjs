// Opens an address, waits for what a selector means, and prints the text of each as JSON.
import { createRequire } from "node:module";

const [, , tools, executablePath, address, selector] = process.argv;
const { chromium } = createRequire(tools + "/package.json")("playwright-core");
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const tab = await browser.newPage();
await tab.goto(address);
await tab.waitForSelector(selector, { timeout: 20000 });
console.log(JSON.stringify(await tab.$$eval(selector, (found) => found.map((one) => one.textContent.trim()))));
await browser.close();
