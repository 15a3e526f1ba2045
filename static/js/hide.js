// Hides the screen at once: by the button, or by pressing Shift three times.
// Without this file the button still works: it is a form that ends the session on the server.
(() => {
  "use strict";
  const form = document.querySelector("form.vp-hide");
  if (!form) return;

  const blank = () => {
    document.documentElement.classList.add("vp-gone");
    document.title = "\u2026";
  };

  const hide = () => {
    blank();
    const leave = () => window.location.replace(form.action);
    // The screen is already empty. The server ends the session; a slow network may not keep anybody waiting.
    fetch(form.action, { method: "POST", keepalive: true, credentials: "same-origin" }).then(leave, leave);
    window.setTimeout(leave, 2000);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    hide();
  });

  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") {
      presses = [];
      return;
    }
    if (event.repeat) return;
    const now = Date.now();
    presses = presses.filter((moment) => now - moment < 1500).concat(now);
    if (presses.length >= 3) hide();
  });

  // A browser may keep a whole page in memory and show it again on Back. It may not: ask the server.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    blank();
    window.location.reload();
  });
})();
