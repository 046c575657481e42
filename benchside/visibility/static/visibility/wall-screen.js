/* The wall in a hall: one picture after the other, new ones as they are approved.

     body[data-screen="<feed>"]   where to ask for what hangs
     [data-screen-plain]          the grid that stands without this file
     [data-screen-stage]          where the pictures turn
     [data-screen-do]             pause, back, on, full

   What is taken off the wall is gone from here with the next question, at the latest after 20
   seconds; the one that is seen goes at once. */
"use strict";
{
  const SHOWN_FOR = 9000;
  const ASK_EVERY = 20000;
  const body = document.body;
  const stage = document.querySelector("[data-screen-stage]");
  const plain = document.querySelector("[data-screen-plain]");
  const pauseButton = document.querySelector("[data-screen-do=pause]");
  let photos = [];
  let seen = new Set();
  let current = null;
  let paused = false;
  let timer = 0;

  function sheetOf(photo) {
    const figure = document.createElement("figure");
    figure.className = "screen__sheet";
    const image = document.createElement("img");
    image.src = photo.image;
    image.srcset = photo.srcset;
    image.sizes = "100vw";
    image.alt = photo.description;
    const words = document.createElement("figcaption");
    const caption = document.createElement("b");
    caption.textContent = photo.caption || "Technicians at work";
    const from = document.createElement("span");
    from.textContent = [photo.by, photo.school === photo.by ? "" : photo.school]
      .filter(Boolean).join(", ");
    words.append(caption, from);
    figure.append(image, words);
    return { figure, ready: image.decode().catch(() => undefined) };
  }

  async function show(photo) {
    if (!photo || photo.id === current) return;
    const { figure, ready } = sheetOf(photo);
    await ready;
    current = photo.id;
    seen.add(photo.id);
    const before = [...stage.children];
    stage.append(figure);
    requestAnimationFrame(() => requestAnimationFrame(() => {
      figure.classList.add("is-on");
      before.forEach((each) => each.classList.remove("is-on"));
    }));
    setTimeout(() => before.forEach((each) => each.remove()), 2000);
  }

  /* New ones first, so that whoever has just sent one sees it soon. */
  function turn(step) {
    const place = photos.findIndex((photo) => photo.id === current);
    const fresh = step > 0 ? photos.find((photo) => !seen.has(photo.id)) : undefined;
    show(fresh || photos[(place + step + photos.length) % photos.length]);
    again();
  }

  function again() {
    clearTimeout(timer);
    if (!paused) timer = setTimeout(() => turn(1), SHOWN_FOR);
  }

  async function ask() {
    try {
      const answer = await fetch(body.dataset.screen, { credentials: "omit" });
      if (!answer.ok) return;
      photos = (await answer.json()).items;
    } catch {
      return; /* a hall's network comes and goes: what hangs stays */
    }
    const here = new Set(photos.map((photo) => photo.id));
    seen = new Set([...seen].filter((id) => here.has(id)));
    stage.hidden = photos.length === 0;
    plain.hidden = photos.length > 0;
    if (photos.length && !here.has(current)) {
      stage.replaceChildren();
      current = null;
      turn(1);
    }
  }

  const todo = {
    pause() {
      paused = !paused;
      pauseButton.setAttribute("aria-pressed", String(paused));
      pauseButton.firstElementChild.textContent = paused ? "Go on" : "Pause";
      again();
    },
    back: () => turn(-1),
    on: () => turn(1),
    full: () => (document.fullscreenElement
      ? document.exitFullscreen()
      : document.documentElement.requestFullscreen().catch(() => undefined)),
  };
  const KEYS = { " ": "pause", ArrowLeft: "back", ArrowRight: "on", f: "full", F: "full" };

  document.querySelectorAll("[data-screen-do]").forEach((button) => {
    button.addEventListener("click", () => todo[button.dataset.screenDo]());
  });
  document.addEventListener("keydown", (event) => {
    const named = KEYS[event.key];
    const isOnControl = event.key === " " && event.target.closest("button, a");
    if (!named || isOnControl || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    todo[named]();
  });

  document.querySelectorAll("[data-screen-keys]").forEach((each) => { each.hidden = false; });
  body.classList.add("is-turning");
  ask();
  setInterval(ask, ASK_EVERY);
}
