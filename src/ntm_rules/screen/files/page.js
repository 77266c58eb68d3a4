"use strict";
const words = JSON.parse(document.getElementById("words").textContent);
const lang = document.documentElement.lang;
const at = (id) => document.getElementById(id);
const fixes = {};
const marks = {};
const answered = new Set();
const touched = new Set();
let file = null;
let choices = null;
let waiting = null;
let doing = 0;

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

function noted(text, bad = false) {
  at("fits").textContent = text;
  at("fits").className = bad ? "bad" : "";
}

function fill(select, options, first) {
  select.replaceChildren(...(first ? [made("option", first, { value: "" })] : []));
  for (const { id, name } of options) select.append(made("option", name, { value: id }));
}

function shownDay(day) {
  return day.split("-").reverse().join("/");
}

function chosenPack() {
  return choices.packs.find((one) => one.reference === at("pack").value);
}

function inForce(pack, day) {
  return (!pack.from || pack.from <= day) && (!pack.to || day <= pack.to);
}

function span(pack) {
  return say("span", { from: pack.from ? shownDay(pack.from) : "…", to: pack.to ? shownDay(pack.to) : "…" });
}

function packs() {
  const day = at("day").value, kept = at("pack").value;
  const groups = [true, false].map((now) => {
    const group = made("optgroup", "", { label: now ? say("in_force", { day: shownDay(day) }) : words.out_of_force });
    for (const pack of choices.packs.filter((one) => inForce(one, day) === now)) {
      group.append(made("option", pack.title, { value: pack.reference }));
    }
    return group;
  }).filter((group) => group.children.length);
  at("pack").replaceChildren(...groups);
  if (kept) at("pack").value = kept;
}

// The set and the day belong together: what the user did not choose follows what they did.
function fitted(changed) {
  const day = at("day").value, pack = chosenPack();
  if (changed) noted("");
  if (!day || !pack || inForce(pack, day)) return Boolean(day && pack);
  const id = pack.reference.split("@")[0];
  const other = choices.packs.find((one) => one.reference.split("@")[0] === id && inForce(one, day));
  if (changed === "pack" && !touched.has("day")) {
    at("day").value = pack.to && pack.to < day ? pack.to : pack.from;
    provinces();
    noted(say("fits_day", { span: span(pack), day: shownDay(at("day").value) }));
    packs();
    return true;
  }
  if (changed === "day" && other) {
    at("pack").value = other.reference;
    noted(say("fits_pack", { day: shownDay(day), pack: other.title }));
    return true;
  }
  noted(say("fits_not", { span: span(pack), day: shownDay(day) }), true);
  return false;
}

async function look() {
  const told = await (await asked("look")).json();
  const said = [];
  if (told.day && !touched.has("day")) {
    at("day").value = told.day;
    provinces();
    packs();
    said.push(shownDay(told.day));
  }
  if (told.province && !touched.has("province")) {
    at("province").value = told.province;
    if (at("province").value) said.push(at("province").selectedOptions[0].textContent);
  }
  if (told.pack && !touched.has("pack") && told.pack !== at("pack").value) {
    at("pack").value = told.pack;
    said.push(at("pack").selectedOptions[0].textContent);
  }
  const fits = fitted("");
  if (fits && said.length) noted(say("looked", { what: said.join("; ") }));
  // The file's own conclusions count for none but the set they name.
  if (told.named.length && !told.named.includes(at("pack").value) && !told.covered) {
    const names = told.named.map((one) => `“${choices.packs.find((pack) => pack.reference === one).title}”`).join("; ");
    const chosen = touched.has("pack");
    noted(say(chosen ? "named_other" : "named_several", { names }), !chosen);
    return fits && chosen;
  }
  return fits;
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
  const answer = await fetch(`choices?lang=${lang}`).catch(() => null);
  if (!answer?.ok) throw new Error(words.failed_to_answer);
  choices = await answer.json();
  packs();
  const usual = choices.packs.find((one) => one.reference.startsWith("vn/commune@") && inForce(one, at("day").value));
  if (usual) at("pack").value = usual.reference;
  fill(at("region"), choices.regions, words.from_file);
  fill(at("level"), choices.levels, words.from_file);
  provinces();
}

async function asked(path, more = {}) {
  const register = at("register").files[0];
  waiting?.abort();
  waiting = new AbortController();
  const { signal } = waiting;
  const body = {
    register_name: register ? register.name : "", register_data: register ? await encoded(register) : "",
    name: file.name, data: await encoded(file), pack: at("pack").value, day: at("day").value, lang, fixes, marks,
    understood: [...answered],
    province: at("province").value, region: at("region").value || null, level: at("level").value || null, ...more,
  };
  let answer;
  try {
    answer = await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body), signal });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error(words.failed_to_answer);
  }
  if (answer.status === 422) throw new Error((await answer.json()).problems.join("\n"));
  if (!answer.ok) throw new Error(words.failed_to_answer);
  return answer;
}

function encoded(blob) {
  if (blob.size > choices.most) {
    return Promise.reject(new Error(`${blob.name}: ${say("too_large", { most: choices.most / 1e6 })}`));
  }
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => {
      if (blob === at("register").files[0]) at("register").value = "";
      else file = null;
      failed(new Error(say("changed", { name: blob.name })));
    };
    reader.readAsDataURL(blob);
  });
}

// What is being done is said until it is done; what was begun before it says nothing any more.
async function busy(work, hides = false, said = say("reading", { name: file?.name })) {
  const mine = (doing += 1);
  tell(said);
  const long = setTimeout(() => mine === doing && tell(`${said} ${words.long}`), 5000);
  document.body.setAttribute("aria-busy", "true");
  try {
    if (choices === null && work !== start) await started;
    if (choices === null && work !== start) throw new Error(words.failed_to_answer);
    await work();
    if (mine === doing) tell("");
  } catch (error) {
    if (error.name === "AbortError" || mine !== doing) return; // something else was asked for meanwhile
    tell(error.message, true);
    if (hides) for (const id of ["read", "reviewed", "result"]) at(id).hidden = true;
  } finally {
    clearTimeout(long);
    if (mine === doing) document.body.removeAttribute("aria-busy");
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
  list("refused-whole", told.refused, "refused-file");
  at("fixing-head").textContent = told.fixable ? words.refused : words.refused_there;
  at("fixing").classList.toggle("unfixable", !told.fixable);
  at("problems-more").textContent = told.more ? say("refused_more", { count: told.more }) : "";
  at("problems").replaceChildren(...told.problems.map((problem, number) => {
    const row = made("tr");
    row.append(made("td", problem.cell), made("td", problem.text, { id: `why-${number}` }));
    if (told.fixable) {
      const cell = made("td", "", { class: "fixed" });
      const input = made("input", "", { "aria-label": `${words.new_value}: ${problem.cell}`, "aria-describedby": `why-${number}`, autocomplete: "off" });
      input.dataset.cell = problem.cell;
      input.value = fixes[problem.cell] ?? "";
      cell.append(input);
      row.append(cell);
    }
    return row;
  }));
  at("marks").replaceChildren(...told.marks.map(({ mark, count }) => {
    const label = made("label", say("mark", { mark, count }));
    const select = made("select");
    select.dataset.mark = mark;
    fill(select, ["met", "not_met", "not_applicable", "nothing", "wrong"].map((id) => ({ id, name: words[`mark_${id}`] })), words.mark_choose);
    select.value = marks[mark] ?? "";
    label.append(select);
    return label;
  }));
  at("words-asked").replaceChildren(...told.words.map((one) => {
    const label = made("label", "");
    const box = made("input", "", { type: "checkbox" });
    box.dataset.words = one.words;
    box.checked = answered.has(one.words);
    label.append(box, ` ${say("words_change_nothing", { words: one.words })}`);
    const line = made("p", one.asked);
    line.append(made("br"), label);
    return line;
  }));
  const left = told.marks.filter(({ mark }) => !marks[mark]).length;
  at("marks-left").textContent = left ? say("marks_left", { count: left }) : "";
  at("marks-head").hidden = !told.marks.length;
  at("words-head").hidden = !told.words.length;
  at("marking").hidden = !told.marks.length && !told.words.length;
  at("fixing").hidden = !told.problems.length || left > 0;
  list("doubts", told.doubts, "doubting");
  list("understood", told.understood, "understanding");
  at("understanding").open = told.refused.length > 0;
  page(at("seen"), told.seen);
  at("judge").disabled = !told.units.length;
  at("result").hidden = true;
}

async function read() {
  const told = await (await asked("read")).json();
  if (!told.units.length && kind() === "docx" && !Object.keys(marks).length) {
    // A Word file without a table of figures may be a decision.
    try {
      reviewed(await (await asked("decision")).json());
      return;
    } catch (error) {
      if (error.name === "AbortError") throw error;
    }
  }
  at("reviewed").hidden = true;
  shown(told);
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
  head.append(...judged.criteria.map((one) => {
    const cell = made("th", "", { scope: "col", class: "criterion" });
    cell.append(made("span", one.title), made("b", one.code));
    return cell;
  }));
  at("matrix").replaceChildren(head, ...judged.units.map((unit) => {
    const row = made("tr");
    row.append(made("th", unit.name, { scope: "row" }), made("td", unit.said, { class: unit.verdict }), made("td", `${unit.met}/${unit.total}`));
    for (const cell of unit.cells ?? []) {
      row.append(cell ? made("td", MARKS[cell.verdict], { class: `mark ${cell.verdict}`, title: cell.why || "" }) : made("td"));
    }
    return row;
  }));
  const titles = { ...Object.fromEntries(judged.criteria.map((one) => [one.code, one.title])), ...judged.first };
  const named = (codes) => codes.map((code) => (titles[code] ? `${code}. ${titles[code]}` : code)).join("; ");
  const top = made("tr");
  top.append(...[words.agency, words.unit, words.open, words.failed].map((text) => made("th", text, { scope: "col" })));
  at("work").replaceChildren(top, ...judged.work.map((one) => {
    const row = made("tr");
    row.append(made("td", one.agency), made("td", one.unit), made("td", named(one.open)), made("td", named(one.failed)));
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

function kind() {
  return file.name.toLowerCase().replace(/.*\./, "");
}

function taken(chosen) {
  if (!chosen) return;
  file = chosen;
  for (const kept of [fixes, marks]) for (const key of Object.keys(kept)) delete kept[key];
  answered.clear();
  at("chosen").textContent = file.name;
  noted("");
  for (const id of ["read", "reviewed", "result"]) at(id).hidden = true;
  at("decision").hidden = kind() !== "docx";
  if (["pdf", "html", "htm"].includes(kind())) return decision();
  return again(true);
}

function again(first) {
  if (!file || ["pdf", "html", "htm"].includes(kind())) return file && decision();
  return busy(async () => {
    if (first ? await look() : fitted("")) await read();
    else at("read").hidden = at("result").hidden = true;
  }, true);
}

function decision() {
  return busy(async () => reviewed(await (await asked("decision")).json()), true);
}

function reviewed(told) {
  at("read").hidden = at("result").hidden = true;
  at("reviewed-summary").textContent = told.summary;
  list("reviewed-doubts", told.doubts, "reviewed-doubts");
  at("reviewed-next").replaceChildren(...told.next.map((line) => made("li", line)));
  page(at("review"), told.page);
  at("reviewed").hidden = false;
  at("reviewed").focus({ preventScroll: true });
  at("reviewed").scrollIntoView();
}

async function save(path, more, name) {
  const answer = await asked(path, more);
  const link = made("a", "", { download: name });
  link.href = URL.createObjectURL(await answer.blob());
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

at("file").addEventListener("change", () => {
  const chosen = at("file").files[0];
  at("file").value = ""; // so that the same file, changed meanwhile, can be chosen again
  taken(chosen);
});
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
    touched.add(id);
    if (id === "day") {
      provinces();
      packs();
    }
    fitted(id);
    again(false);
  });
}
at("fixing").addEventListener("submit", (event) => {
  event.preventDefault();
  for (const input of at("problems").querySelectorAll("input")) {
    if (input.value.trim()) fixes[input.dataset.cell] = input.value;
    else delete fixes[input.dataset.cell];
  }
  busy(read);
});
at("marking").addEventListener("submit", (event) => {
  event.preventDefault();
  for (const select of at("marks").querySelectorAll("select")) {
    if (select.value) marks[select.dataset.mark] = select.value;
    else delete marks[select.dataset.mark];
  }
  for (const box of at("words-asked").querySelectorAll("input")) {
    if (box.checked) answered.add(box.dataset.words);
    else answered.delete(box.dataset.words);
  }
  busy(read);
});
at("as-decision").addEventListener("click", decision);
at("judge").addEventListener("click", () => busy(async () => result((await (await asked("judge")).json()).judged), false, words.judging));
for (const button of document.querySelectorAll("[data-kind]")) {
  const { kind } = button.dataset;
  button.addEventListener("click", () => busy(() => save("report", { kind, title: at("report-title").value }, `${words.file}.${kind}`), false, words.writing));
}
at("take-worksheet").addEventListener("click", () => busy(() => save("worksheet", {}, `${words.file_worksheet}.xlsx`), false, words.writing));
const started = busy(start, false, words.opening);
