/* The quiz, made quicker: one card a screen, a list that moves as answers change, and a link that
   holds the code. Without this file the pages do the same by whole forms. Nothing is kept but in
   the history of this one tab, so that going back or loading again loses no answer.

     [data-quiz-form]    the cards; [data-quiz-step] one screen each; [data-quiz-live] for scripts
     [data-quiz-code]    the form that takes a code
     [data-quiz-again]   answers beside a result; [data-quiz-result="code"] is what they replace
     [data-quiz-code-here]   hidden fields that hold the code of the list now shown
*/
"use strict";
{
  const CODE = /^[0-9a-z](?:[\s_.-]?[0-9a-z]){17}$/i;
  const HURRY = window.matchMedia("(prefers-reduced-motion: reduce)");
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  function codeInAddress() {
    try {
      const text = decodeURIComponent(location.hash.slice(1));
      return CODE.test(text) ? text : "";
    } catch {
      return "";
    }
  }

  /* A code goes to the server as the body of a form, never in an address it would see. */
  function ask(code) {
    const form = one("[data-quiz-code]") || one("[data-quiz-again]") || one("[data-quiz-form]");
    const sent = document.createElement("form");
    sent.method = "post";
    sent.action = form.getAttribute("action").split("#")[0];
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = "code";
    field.value = code;
    sent.append(field, ...all("input[name=page]", form).map((ticket) => ticket.cloneNode()));
    document.body.append(sent);
    sent.submit();
  }

  const answersOf = (form) => [...new FormData(form)].filter(([name]) => name !== "version");

  function restore(form, answers) {
    const said = new Set(answers.map(([name, value]) => `${name}=${value}`));
    all("input:not([type=hidden])", form).forEach((input) => {
      input.checked = said.has(`${input.name}=${input.value}`);
    });
  }

  /* No more subjects than count: the rest wait until one is let go. */
  function limitSubjects(form) {
    const group = one("[data-quiz-most]", form);
    const boxes = all("input", group);
    const most = Number(group.dataset.quizMost);
    const picked = boxes.filter((box) => box.checked).length;
    boxes.forEach((box) => { box.disabled = picked >= most && !box.checked; });
    one("[data-quiz-subjects]", form).textContent =
      picked >= most ? `That is ${most}. Let one go to pick another.` : "";
  }

  /* --- one card a screen ---------------------------------------------------------------------- */
  function start(form) {
    const steps = all("[data-quiz-step]", form);
    const next = one("[data-quiz-next]", form);
    /* Whoever opens the page afresh, on a shared computer, finds no answers of somebody else. */
    const isAfresh = performance.getEntriesByType("navigation")[0]?.type === "navigate";
    const state = isAfresh ? null : history.state?.quiz;
    const hasProblems = one("[data-quiz-problems]");
    let place = 0;
    let byArrow = false;
    let leaving = 0;

    if (state && !hasProblems) restore(form, state.answers);
    const remember = () => {
      history.replaceState({ quiz: { place, answers: answersOf(form) } }, "");
    };
    const isAnswered = () => Boolean(one("input[type=radio]:checked:not([value=''])", steps[place]));

    function show(where, moveFocus) {
      place = Math.max(0, Math.min(where, steps.length - 1));
      steps.forEach((step, index) => { step.hidden = index !== place; });
      const isLast = place === steps.length - 1;
      const isCard = steps[place].id.startsWith("card-");
      form.classList.toggle("is-wide", !isCard);
      one(".quizhead").classList.toggle("is-under-way", place > 0);
      one("[data-quiz-back]", form).hidden = place === 0;
      next.hidden = isLast;
      one("[data-quiz-end]", form).classList.toggle("is-last", isLast);
      one("[data-quiz-stop]", form).hidden = isLast || place === 0;
      label();
      progress();
      remember();
      if (moveFocus) focusOn(steps[place]);
    }

    function label() {
      const isCard = steps[place].id.startsWith("card-");
      next.textContent = isCard && !isAnswered() ? "Skip this one" : "Next";
    }

    function progress() {
      const track = one("[role=progressbar]", form);
      track.setAttribute("aria-valuenow", String(place));
      one(".progress__done", track).setAttribute("d", `M0 0h${(300 * place) / steps.length}v24H0z`);
      one(".progress .label", form).textContent = steps[place].dataset.quizStep;
    }

    function focusOn(step) {
      const field = one("input:checked", step) || one("input:not(:disabled)", step);
      field.focus({ preventScroll: true });
      const { top, bottom } = form.getBoundingClientRect();
      if (top < 0 || bottom > window.innerHeight) form.scrollIntoView();
    }

    function go(by) {
      clearTimeout(leaving);
      show(place + by, true);
    }

    /* A card answered by touch, mouse or space bar turns itself. Arrow keys only look around. */
    function answered(event) {
      const input = event.target;
      if (!input.matches?.("input[type=radio]") || !form.classList.contains("is-live")) return;
      if (byArrow || !steps[place].id.startsWith("card-")) return;
      clearTimeout(leaving);
      leaving = setTimeout(() => go(1), HURRY.matches ? 0 : 180);
    }

    function pressed(event) {
      byArrow = event.key.startsWith("Arrow");
      if (event.key !== "Enter" || !event.target.matches("input")) return;
      if (!form.classList.contains("is-live") || place === steps.length - 1) return;
      event.preventDefault();
      go(1);
    }

    function showAll() {
      form.classList.remove("is-live", "is-wide");
      steps.forEach((step) => { step.hidden = false; });
      all("[data-quiz-live]", form).forEach((part) => { part.hidden = true; });
      focusOn(steps[place]);
      steps[place].scrollIntoView();
    }

    form.classList.add("is-live");
    all("[data-quiz-live]", form).forEach((part) => { part.hidden = false; });
    form.addEventListener("keydown", pressed);
    form.addEventListener("keyup", () => { byArrow = false; });
    form.addEventListener("click", answered);
    form.addEventListener("change", () => { limitSubjects(form); label(); remember(); });
    next.addEventListener("click", () => go(1));
    one("[data-quiz-back]", form).addEventListener("click", () => go(-1));
    one("[data-quiz-all]", form).addEventListener("click", showAll);
    /* "Pick from the list" in a message leads to its screen. */
    document.addEventListener("click", (event) => {
      const id = event.target.closest?.("a[href^='#']")?.getAttribute("href").slice(1);
      const step = id ? steps.findIndex((one) => one.id === id || one.contains(document.getElementById(id))) : -1;
      if (step < 0 || !form.classList.contains("is-live")) return;
      event.preventDefault();
      show(step, true);
    });
    limitSubjects(form);
    show(hasProblems ? firstProblem(steps) : state?.place || 0, false);
    hasProblems?.focus();
  }

  function firstProblem(steps) {
    const id = one("[data-quiz-problems] a")?.getAttribute("href").slice(1);
    const step = steps.findIndex((step) => step.id === id || step.contains(document.getElementById(id) || null));
    return Math.max(step, 0);
  }

  /* --- a result, and answers to change ---------------------------------------------------------- */
  function follow(form) {
    const frame = one("[data-quiz-url]");
    let asked = 0;

    /* The code stands in the address, after the #, where no server sees it. */
    function showCode() {
      const code = one("[data-quiz-result]").dataset.quizResult;
      all("[data-quiz-code-here]").forEach((field) => { field.value = code; });
      history.replaceState(history.state, "", `${frame.dataset.quizUrl}#${code}`);
    }

    async function change() {
      limitSubjects(form);
      const mine = ++asked;
      try {
        const answer = await fetch(form.getAttribute("action").split("#")[0], {
          method: "POST",
          body: new URLSearchParams(new FormData(form)),
        });
        if (!answer.ok) throw new Error(String(answer.status));
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (mine === asked) replace(one("#matches", page));
      } catch {
        if (mine === asked) one("[data-quiz-moved]").textContent = "We could not reach the site. Your answers are still here: try again in a moment.";
      }
    }

    function replace(fresh) {
      const old = one("#matches");
      const before = places(old);
      old.replaceWith(document.importNode(fresh, true));
      slide(before);
      showCode();
      one("[data-quiz-moved]").textContent = one("[data-quiz-said]")?.textContent || "";
      document.dispatchEvent(new CustomEvent("sheet:replaced"));
    }

    const places = (list) =>
      new Map(all("[data-quiz-role]", list).map((role) => [role.dataset.quizRole, role.getBoundingClientRect().top]));

    function slide(before) {
      if (HURRY.matches) return;
      all("#matches [data-quiz-role]").forEach((role) => {
        const was = before.get(role.dataset.quizRole);
        const by = was === undefined ? 40 : was - role.getBoundingClientRect().top;
        if (by) role.animate([{ transform: `translateY(${by}px)`, opacity: was === undefined ? 0 : 1 }, { transform: "none", opacity: 1 }], { duration: 320, easing: "ease-out" });
      });
    }

    one("[data-quiz-plain]", form).hidden = true;
    limitSubjects(form);
    form.addEventListener("change", change);
    form.addEventListener("submit", (event) => { event.preventDefault(); change(); });
    const tools = one("[data-quiz-tools]");
    tools.hidden = false;
    one("[data-quiz-print]", tools).addEventListener("click", () => window.print());
    one("[data-quiz-copy]", tools).addEventListener("click", () => {
      copy(`${frame.dataset.quizShare}#${one("[data-quiz-result]").dataset.quizResult}`);
    });
    showCode();
    /* Somebody put another code in the address; or a link within the page took its place. */
    window.addEventListener("hashchange", () => {
      const code = codeInAddress();
      if (code && code !== one("[data-quiz-result]").dataset.quizResult) ask(code);
      else showCode();
    });
  }

  async function copy(text) {
    const said = one("[data-quiz-copied]");
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = "Copied.";
    } catch {
      said.textContent = "This browser will not copy. Mark the words and copy them yourself.";
    }
  }

  function offerSnippet(snippet) {
    const button = one("[data-quiz-copy-snippet]");
    button.hidden = false;
    button.addEventListener("click", () => { snippet.select(); copy(snippet.value); });
  }

  const cards = one("[data-quiz-form]");
  const again = one("[data-quiz-again]");
  const snippet = one("[data-quiz-snippet]");
  if (snippet) offerSnippet(snippet);
  if (again) follow(again);
  if (cards && codeInAddress() && !one("[data-quiz-problems]")) {
    one("[data-quiz-wait]").hidden = false;
    cards.hidden = true;
    ask(codeInAddress());
  } else if (cards) {
    start(cards);
    window.addEventListener("hashchange", () => { if (codeInAddress()) ask(codeInAddress()); });
  }
}
