// The site's only script: narrows the index down, and fills the page of comparisons from the CSV files.
"use strict";

const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");

function narrow(form) {
  const field = form.elements.q, list = document.getElementById(form.dataset.filter);
  const lines = [...list.querySelectorAll("li")].map((line) => [line, plain(line.textContent)]);
  const show = () => {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const [line, text] of lines) {
      line.hidden = !words.every((word) => text.includes(word));
      count += !line.hidden;
    }
    for (const part of list.querySelectorAll("section")) part.hidden = !part.querySelector("li:not([hidden])");
    document.getElementById("said").textContent = words.length ? `${count} of ${lines.length}` : "";
  };
  field.value = new URLSearchParams(location.search).get("q") || "";
  field.addEventListener("input", show);
  form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
  show();
}

// RFC 4180: a quoted cell may hold commas, line ends and doubled quotes.
function rows(text) {
  const found = [];
  let row = [], cell = "", quoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') cell += text[++at];
      else quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === ",") { row.push(cell); cell = ""; }
    else if (sign === "\n") { row.push(cell); found.push(row); row = []; cell = ""; }
    else if (sign !== "\r") cell += sign;
  }
  const [head, ...rest] = found;
  return rest.map((cells) => Object.fromEntries(head.map((name, at) => [name, cells[at]])));
}

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

const id = (figure) => ["indicator", "area_code", "period_kind", "breakdown", "category"].map((part) => figure[part]);

function address(figure) {
  const [indicator, area, kind, breakdown, category] = id(figure);
  const said = `${indicator}/${area}/${kind}:${figure.period}/${breakdown}/${category}`;
  return `areas/${encodeURIComponent(area)}.html#${encodeURI(said)}`;
}

function said(figure, decimals) {
  if (!figure) return element("td", "");
  const number = figure.value && Number(figure.value).toLocaleString("en-GB",
    { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  const cell = element("td", "");
  cell.append(element("a", number || `[${figure.absence}]`, { href: address(figure) }));
  return cell;
}

// One table an indicator: the latest period first, a column for each place; totals only.
function table(choice, figures, areas) {
  const totals = figures.filter((figure) => !figure.breakdown && areas.has(figure.area_code));
  const kind = totals.length ? totals[0].period_kind : "";
  const one = totals.filter((figure) => figure.period_kind === kind);
  const periods = [...new Set(one.map((figure) => figure.period))].sort().reverse();
  const at = new Map(one.map((figure) => [`${figure.area_code} ${figure.period}`, figure]));
  const made = document.createElement("table"), head = document.createElement("tr");
  made.append(element("caption", `${choice.title} (${choice.unit})`, { id: `c-${choice.id}` }));
  head.append(element("th", "Period", { scope: "col" }));
  for (const name of areas.values()) head.append(element("th", name, { scope: "col", class: "number" }));
  made.createTHead().append(head);
  const body = made.createTBody();
  for (const period of periods) {
    const row = body.insertRow();
    row.append(element("th", period, { scope: "row" }));
    for (const code of areas.keys()) row.append(said(at.get(`${code} ${period}`), choice.decimals));
  }
  const scroll = element("div", "", { class: "scroll", role: "region", tabindex: "0", "aria-labelledby": `c-${choice.id}` });
  scroll.append(made);
  return scroll;
}

async function fill(place, areas, choices) {
  for (const choice of choices) {
    const part = document.createElement("section");
    part.append(element("h2", choice.title));
    try {
      const answer = await fetch(`indicators/${encodeURIComponent(choice.id)}.csv`);
      if (!answer.ok) throw new Error(answer.statusText);
      part.append(table(choice, rows(await answer.text()), areas));
    } catch {
      part.append(element("p", "A browser cannot read the file when this page is opened from a folder, or the file is not there."));
    }
    const links = element("p", "");
    links.append(element("a", "Figures (CSV)", { href: `indicators/${encodeURIComponent(choice.id)}.csv` }), " ",
      element("a", "Definition, sources and quality", { href: `indicators/${encodeURIComponent(choice.id)}.html` }));
    part.append(links);
    place.append(part);
  }
}

function compare(form) {
  const asked = new URLSearchParams(location.search), chosen = { area: [], indicator: [] };
  const boxes = new Map([...form.querySelectorAll("input[type=checkbox]")].map((box) => [`${box.name} ${box.value}`, box]));
  for (const [name, value] of asked) {
    const box = boxes.get(`${name} ${value}`);
    if (!box || box.checked) continue;
    box.checked = box.closest("details").open = true;
    chosen[name].push({ id: value, title: box.parentElement.textContent.trim(), unit: box.dataset.unit, decimals: Number(box.dataset.decimals) });
  }
  const place = document.getElementById("compared");
  if (chosen.area.length && chosen.indicator.length)
    fill(place, new Map(chosen.area.map((area) => [area.id, area.title])), chosen.indicator);
  else if (chosen.area.length || chosen.indicator.length)
    place.append(element("p", chosen.area.length ? "Now choose indicators." : "Now choose places."));
}

for (const form of document.querySelectorAll("[data-filter]")) narrow(form);
for (const form of document.querySelectorAll("[data-compare]")) compare(form);
