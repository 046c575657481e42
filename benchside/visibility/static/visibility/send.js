/* Sending photographs from a phone: several are chosen at once, each becomes a row, and they go one
   by one. A connection that drops is tried again; the server knows a picture by its bytes and the
   visit, so that none comes twice. What is typed is kept in this tab until it is sent. Without this
   file the form does the same whole.

     [data-send]            the form; [data-send-most] how many pictures at most
     [data-send-pick]       the field that takes several; [data-send-template] a row
     [data-send-row]        one picture; [data-send-said] what a screen reader is told
     [data-send-stopped]    why it stopped, when it did
*/
"use strict";
{
  const LARGEST = 25 * 1024 * 1024;
  const LONGEST = 4096;
  const TRIES = 6;
  const PATIENCE = 100;
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const wait = (seconds) => new Promise((go) => { setTimeout(go, seconds * 1000); });

  const form = one("[data-send]");
  const rows = one("[data-send-rows]", form);
  const button = one("button", form);
  const stopped = one("[data-send-stopped]", form);
  const kept = `send:${location.pathname}`;
  const most = Number(form.dataset.sendMost);
  let next = 0;

  const say = (words) => { one("[data-send-said]", form).textContent = words; };

  /* --- what is typed stays in this tab --------------------------------------------------------- */
  const isText = (field) => field.name && field.type !== "hidden" && field.type !== "file"
    && field.name !== "website";

  function remember() {
    const said = {};
    all("input, select, textarea", form).filter(isText).forEach((field) => {
      if (/^p\d+-/.test(field.name)) return;
      if (field.type === "checkbox") said[field.name] = field.checked;
      else said[field.name] = field.value;
    });
    const typed = all("[data-send-row] [name$=-caption]", rows).map((field) => field.value).filter(Boolean);
    try {
      sessionStorage.setItem(kept, JSON.stringify({ said, captions: [...typed, ...captions] }));
    } catch { /* a browser that keeps nothing: the words are still in the page */ }
  }

  let captions = [];
  function recall() {
    let found = null;
    try { found = JSON.parse(sessionStorage.getItem(kept)); } catch { return; }
    if (!found) return;
    Object.entries(found.said).forEach(([name, value]) => {
      const field = form.elements.namedItem(name);
      if (!field) return;
      if (field.type === "checkbox") field.checked ||= value;
      else if (!field.value) field.value = value;
    });
    captions = found.captions;
  }

  /* --- rows -------------------------------------------------------------------------------------- */
  function addRow(file) {
    const row = one("[data-send-template]", form).content.firstElementChild.cloneNode(true);
    const prefix = `p${next}`;
    next += 1;
    all("[name], [id], [for], [aria-describedby]", row).forEach((part) => {
      ["name", "id", "for", "aria-describedby"].forEach((named) => {
        const value = part.getAttribute(named);
        if (value) part.setAttribute(named, value.replaceAll("pROW", prefix));
      });
    });
    row.file = file;
    row.rowName = prefix;
    one("[data-send-name]", row).textContent = file.name;
    one("[data-send-file]", row).replaceChildren(preview(file), takeOut(row));
    one("[name$=-caption]", row).value = captions.shift() || "";
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.value = 0;
    bar.hidden = true;
    bar.setAttribute("aria-label", `How much of ${file.name} is sent`);
    row.append(bar);
    row.bar = bar;
    showAdults(row);
    row.addEventListener("change", () => showAdults(row));
    rows.append(row);
  }

  function showAdults(row) {
    const isAgreed = one("[name$=-in_picture]:checked", row)?.value === "agreed";
    one("[name$=-adults]", row).closest(".field").hidden = !isAgreed;
  }

  /* Drawn, not linked: the page allows no pictures but the site's own. A browser that cannot read
     the format shows the name alone. */
  function preview(file) {
    const canvas = document.createElement("canvas");
    canvas.className = "sendrow__shown";
    canvas.hidden = true;
    createImageBitmap(file, { resizeWidth: 320 }).then((image) => {
      canvas.width = image.width;
      canvas.height = image.height;
      canvas.getContext("2d").drawImage(image, 0, 0);
      canvas.hidden = false;
    }, () => {});
    return canvas;
  }

  function takeOut(row) {
    const out = document.createElement("button");
    out.type = "button";
    out.className = "btn btn--small";
    out.innerHTML = "<span>Leave this one out</span>";
    out.addEventListener("click", () => { row.remove(); one("#send-files").focus(); });
    return out;
  }

  function choose(event) {
    const files = [...event.target.files];
    const room = most - all("[data-send-row]", rows).length;
    files.slice(0, room).forEach(addRow);
    event.target.value = "";
    const left = files.length - room;
    say(left > 0 ? `${room} pictures are chosen. ${left} more do not fit: send these first.`
      : `${files.length} chosen.`);
    stop(left > 0 ? `${left} more do not fit. Send these first, then choose the others.` : "");
  }

  /* --- sending ------------------------------------------------------------------------------------ */
  async function smaller(file) {
    if (file.size <= LARGEST) return file;
    try {
      const image = await createImageBitmap(file);
      const scale = Math.min(1, LONGEST / Math.max(image.width, image.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(image.width * scale);
      canvas.height = Math.round(image.height * scale);
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      return await new Promise((done) => { canvas.toBlob((blob) => done(blob || file), "image/jpeg", 0.9); });
    } catch {
      return file;
    }
  }

  function post(row, data) {
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open("POST", form.getAttribute("action") || location.pathname);
      request.setRequestHeader("Accept", "application/json");
      request.responseType = "json";
      request.timeout = 180000;
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) row.bar.value = event.loaded / event.total;
      });
      request.addEventListener("load", () => done({ status: request.status, body: request.response || {} }));
      ["error", "timeout", "abort"].forEach((name) => {
        request.addEventListener(name, () => done({ status: 0, body: {} }));
      });
      request.send(data);
    });
  }

  function dataOf(row, file) {
    const data = new FormData();
    [...new FormData(form)].forEach(([name, value]) => {
      if (!/^p\d+-/.test(name) && !(value instanceof File)) data.append(name, value);
      if (name.startsWith(`${row.rowName}-`) && !(value instanceof File)) data.append(name, value);
    });
    data.append(`${row.rowName}-file`, file, row.file.name);
    return data;
  }

  /* Until it is in, or there is something to put right. */
  async function sendRow(row) {
    const file = await smaller(row.file);
    row.bar.hidden = false;
    for (let tried = 0, held = 0; tried < TRIES; tried += 1) {
      const { status, body } = await post(row, dataOf(row, file));
      if (status === 200) return body;
      if (status === 503 && held < PATIENCE) { /* very many send just now: wait for a turn */
        held += 1;
        tried -= 1;
        say("Very many pictures come in just now. Yours waits for its turn.");
        await wait(2 + Math.random() * 2);
        continue;
      }
      if (status !== 0 && status < 500) return body;
      say("The connection dropped. It is tried again.");
      await Promise.race([wait(2 ** tried), new Promise((go) => { addEventListener("online", go, { once: true }); })]);
    }
    return { errors: { "": ["The connection dropped. Nothing is lost: press Send again when you are back."] } };
  }

  function stop(words) {
    stopped.hidden = !words;
    stopped.textContent = words;
  }

  function clearErrors(within) {
    all(".field--error", within).forEach((field) => field.classList.remove("field--error"));
    all(".errorlist[data-send-error]", within).forEach((list) => list.remove());
  }

  function showErrors(row, errors) {
    const general = [];
    Object.entries(errors).forEach(([name, told]) => {
      const field = name && form.elements.namedItem(name);
      const control = field && (field instanceof RadioNodeList ? field[0] : field);
      /* What is wrong with the whole is told by each picture, and shown once. */
      const place = control ? control.closest(".field") : name.startsWith(`${row.rowName}-`) ? row : null;
      if (!place) { general.push(...told); return; }
      if (one("[data-send-error]", place === row ? one("[data-send-file]", row) : place)) return;
      const list = document.createElement("ul");
      list.className = "errorlist";
      list.dataset.sendError = "";
      told.forEach((words) => {
        const line = document.createElement("li");
        line.textContent = words;
        list.append(line);
      });
      if (place === row) { one("[data-send-file]", row).append(list); return; }
      place.classList.add("field--error");
      const legend = one("legend", place);
      if (legend) legend.after(list);
      else control.before(list);
    });
    return general.join(" ");
  }

  async function send(event) {
    event.preventDefault();
    const waiting = all("[data-send-row]", rows).filter((row) => !row.isIn);
    if (!waiting.length) { stop("Choose at least one picture."); one("#send-files").focus(); return; }
    clearErrors(form);
    stop("");
    remember();
    button.disabled = true;
    let follow = "";
    let wrong = 0;
    for (const row of waiting) {
      say(`Sending ${row.file.name}.`);
      const body = await sendRow(row);
      row.bar.hidden = true;
      if (body.follow) {
        follow = body.follow;
        row.isIn = true;
        row.disabled = true;
        one("[data-send-file]", row).lastElementChild.remove();
        one("[data-send-name]", row).textContent = `${row.file.name} is in`;
        row.classList.add("sendrow--in");
        continue;
      }
      wrong += 1;
      const general = showErrors(row, body.errors || { "": ["Something went wrong here. Press Send again."] });
      if (general) { stop(general); break; }
    }
    button.disabled = false;
    if (!wrong) {
      sessionStorage.removeItem(kept);
      location.assign(follow);
      return;
    }
    const first = one(".field--error input, .field--error select", form) || one(".errorlist", form);
    say("Not all pictures went. What to do stands beside each.");
    if (first) { first.scrollIntoView({ block: "center" }); first.focus?.(); }
  }

  if (form && window.XMLHttpRequest && window.FormData) {
    /* Rows that came back with an error had their file taken by the browser: choose again. */
    captions = all("[data-send-row] [name$=-caption]", rows).map((field) => field.value).filter(Boolean);
    rows.replaceChildren();
    one("[data-send-pick]", form).hidden = false;
    recall();
    remember(); /* what was typed before this file had come */
    one("#send-files").addEventListener("change", choose);
    form.addEventListener("input", remember);
    form.addEventListener("submit", send);
  }
}
