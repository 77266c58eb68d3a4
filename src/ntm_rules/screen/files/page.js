"use strict";
const words = JSON.parse(document.getElementById("words").textContent);
const lang = document.documentElement.lang;
const at = (id) => document.getElementById(id);
const fixes = {};
const marks = {};
let file = null;
let choices = null;

function made(tag, text, attributes = {}) {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function say(key, values) {
  return words[key].replace(/\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g, (_, name, one, several) => {
    const noun = one === undefined ? "" : " " + (values[name] === 1 ? one : several);
    return `${values[name]}${noun}`;
  });
}

function tell(text, bad = false) {
  at("state").textContent = text;
  at("state").className = bad ? "bad" : "";
}

function fill(select, options, first) {
  select.replaceChildren(...(first ? [made("option", first, { value: "" })] : []));
  for (const { id, name } of options) select.append(made("option", name, { value: id }));
}

function provinces() {
  const days = Object.keys(choices.provinces).sort();
  const day = at("day").value >= days[1] ? days[1] : days[0];
  const kept = at("province").value;
  fill(at("province"), choices.provinces[day], words.from_file);
  at("province").value = [...at("province").options].some((option) => option.value === kept) ? kept : "";
}

async function start() {
  at("language").href = lang === "vi" ? "?lang=en" : "?lang=vi";
  at("language").lang = lang === "vi" ? "en" : "vi";
  const now = new Date();
  at("day").value = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
  choices = await (await fetch(`choices?lang=${lang}`)).json();
  fill(at("pack"), choices.packs.map((pack) => ({ id: pack.reference, name: `${pack.title} – ${pack.reference}` })));
  fill(at("region"), choices.regions, words.from_file);
  fill(at("level"), choices.levels, words.from_file);
  provinces();
}

async function asked(path, more = {}) {
  const register = at("register").files[0];
  const body = {
    register_name: register ? register.name : "", register_data: register ? await encoded(register) : "",
    name: file.name, data: await encoded(file), pack: at("pack").value, day: at("day").value, lang, fixes, marks,
    province: at("province").value, region: at("region").value || null, level: at("level").value || null, ...more,
  };
  let answer;
  try {
    answer = await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  } catch {
    throw new Error(words.failed_to_answer);
  }
  if (answer.status === 422) throw new Error((await answer.json()).problems.map((one) => one.text).join("\n"));
  if (!answer.ok) throw new Error(words.failed_to_answer);
  return answer;
}

function encoded(blob) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => failed(new Error(words.failed_to_answer));
    reader.readAsDataURL(blob);
  });
}

async function busy(work) {
  tell(words.reading);
  document.body.setAttribute("aria-busy", "true");
  try {
    await work();
    tell("");
  } catch (error) {
    tell(error.message, true);
  } finally {
    document.body.removeAttribute("aria-busy");
  }
}

function page(link, html) {
  if (link.href.startsWith("blob:")) URL.revokeObjectURL(link.href);
  link.hidden = !html;
  if (html) link.href = URL.createObjectURL(new Blob([html], { type: "text/html" }));
}

function list(id, lines, part) {
  at(id).replaceChildren(...lines.map((line) => made("li", line)));
  at(part).hidden = !lines.length;
}

function shown(told) {
  at("read").hidden = false;
  at("count").textContent = told.units.length ? `${say("units_read", { count: told.units.length })} ${told.units.map((unit) => unit.name).slice(0, 12).join(", ")}${told.units.length > 12 ? ", …" : ""}` : "";
  at("problems").replaceChildren(...told.problems.map((problem, number) => {
    const row = made("tr");
    row.append(made("td", problem.cell), made("td", problem.text, { id: `why-${number}` }));
    const cell = made("td");
    if (problem.cell) {
      const input = made("input", "", { "aria-label": `${words.new_value}: ${problem.cell}`, "aria-describedby": `why-${number}`, autocomplete: "off" });
      input.dataset.cell = problem.cell;
      input.value = fixes[problem.cell] ?? "";
      cell.append(input);
    }
    row.append(cell);
    return row;
  }));
  at("marks").replaceChildren(...told.marks.map(({ mark, count }) => {
    const label = made("label", say("mark", { mark, count }));
    const select = made("select", "", { required: "" });
    select.dataset.mark = mark;
    fill(select, ["met", "not_met", "not_applicable", "nothing", "wrong"].map((id) => ({ id, name: words[`mark_${id}`] })), words.mark_choose);
    select.value = marks[mark] ?? "";
    label.append(select);
    return label;
  }));
  at("marking").hidden = !told.marks.length;
  at("fixing").hidden = !told.problems.length || told.marks.length > 0;
  list("doubts", told.doubts, "doubting");
  page(at("seen"), told.seen);
  at("judge").disabled = !told.units.length;
  at("result").hidden = true;
}

async function read() {
  shown(await (await asked("read")).json());
  at("read").focus({ preventScroll: true });
  at("read").scrollIntoView();
}

const MARKS = { MET: "✓", NOT_MET: "✗", UNKNOWN: "?", NOT_APPLICABLE: "–" };

function result(judged) {
  const count = (verdict) => judged.units.filter((unit) => unit.verdict === verdict).length;
  at("summary").textContent = say("summary", { met: count("MET"), failed: count("NOT_MET"), open: count("UNKNOWN") });
  list("refusals", judged.refusals, "refusing");
  list("against", judged.against, "against-part");
  list("limits", judged.limits, "limits-part");
  const head = made("tr");
  head.append(...[words.unit, words.verdict, words.met].map((text) => made("th", text, { scope: "col" })));
  head.append(...judged.criteria.map((one) => made("th", one.code, { scope: "col", title: one.title })));
  at("matrix").replaceChildren(head, ...judged.units.map((unit) => {
    const row = made("tr");
    row.append(made("th", unit.name, { scope: "row" }), made("td", unit.said, { class: unit.verdict }), made("td", `${unit.met}/${unit.total}`));
    for (const cell of unit.cells ?? []) {
      row.append(cell ? made("td", MARKS[cell.verdict], { class: `mark ${cell.verdict}`, title: cell.why || "" }) : made("td"));
    }
    return row;
  }));
  const top = made("tr");
  top.append(...[words.agency, words.unit, words.open, words.failed].map((text) => made("th", text, { scope: "col" })));
  at("work").replaceChildren(top, ...judged.work.map((one) => {
    const row = made("tr");
    row.append(made("td", one.agency), made("td", one.unit), made("td", one.open), made("td", one.failed));
    return row;
  }));
  at("work-part").hidden = !judged.work.length;
  at("units").replaceChildren(...judged.units.map((unit) => {
    const part = made("details");
    const summary = made("summary", `${unit.name} `);
    summary.append(made("span", unit.said, { class: unit.verdict }));
    const body = made("div");
    body.innerHTML = unit.html; // escaped where it is made
    part.append(summary, body);
    return part;
  }));
  at("result").hidden = false;
  at("result").focus({ preventScroll: true });
  at("result").scrollIntoView();
}

function taken(chosen) {
  if (!chosen) return;
  file = chosen;
  for (const kept of [fixes, marks]) for (const key of Object.keys(kept)) delete kept[key];
  at("chosen").textContent = file.name;
  at("read").hidden = at("result").hidden = true;
  page(at("review"), "");
  const kind = file.name.toLowerCase().replace(/.*\./, "");
  at("decision").hidden = !["docx", "pdf", "html", "htm"].includes(kind);
  if (["pdf", "html", "htm"].includes(kind)) return decision();
  return busy(read);
}

function decision() {
  return busy(async () => page(at("review"), (await (await asked("decision")).json()).page));
}

at("file").addEventListener("change", () => taken(at("file").files[0]));
for (const [name, over] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
  at("drop").addEventListener(name, (event) => {
    event.preventDefault();
    at("drop").classList.toggle("over", over);
    if (name === "drop") taken(event.dataTransfer.files[0]);
  });
}
for (const name of ["dragover", "drop"]) addEventListener(name, (event) => event.preventDefault());
for (const id of ["pack", "day", "province", "region", "level", "register"]) {
  at(id).addEventListener("change", () => {
    if (id === "day") provinces();
    if (file && !["pdf", "html", "htm"].includes(file.name.toLowerCase().replace(/.*\./, ""))) busy(read);
  });
}
at("fixing").addEventListener("submit", (event) => {
  event.preventDefault();
  for (const input of at("problems").querySelectorAll("input")) {
    if (input.value.trim()) fixes[input.dataset.cell] = input.value;
  }
  busy(read);
});
at("marking").addEventListener("submit", (event) => {
  event.preventDefault();
  for (const select of at("marks").querySelectorAll("select")) marks[select.dataset.mark] = select.value;
  busy(read);
});
at("as-decision").addEventListener("click", decision);
at("judge").addEventListener("click", () => busy(async () => result((await (await asked("judge")).json()).judged)));
for (const button of document.querySelectorAll("[data-kind]")) {
  button.addEventListener("click", () => busy(async () => {
    const answer = await asked("report", { kind: button.dataset.kind, title: at("report-title").value });
    const link = made("a", "", { download: `${words.file}.${button.dataset.kind}` });
    link.href = URL.createObjectURL(await answer.blob());
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }));
}
busy(start);
