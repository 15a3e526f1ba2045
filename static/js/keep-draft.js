// Keeps what is typed on the server while somebody types. The form works without it: it has a button that keeps a draft.
// Nothing is stored in this browser. Without a connection the text is on the page only, the page says so, and it tries
// again until it is kept.
(() => {
  const form = document.querySelector("form[data-keep]");
  const said = form?.querySelector("[data-kept]");
  if (!form || !said) return;

  const pause = 1500;
  const again = 5000;
  let timer = 0;
  let unsaved = false;
  let sending = false;
  let last = "";

  const say = (text) => {
    said.textContent = text + (last && !text.includes(last) ? " " + said.dataset.before.replace("@", last) : "");
  };

  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(keep, wait);
  };

  const keep = async () => {
    if (sending || !unsaved) return;
    sending = true;
    unsaved = false;
    try {
      const answer = await fetch(form.dataset.keep, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        redirect: "manual",
      });
      if (!answer.ok) throw answer;
      last = (await answer.json()).saved_at;
      say(said.dataset.saved.replace("@", last));
    } catch (fault) {
      unsaved = true;
      const signedOut = fault instanceof Response && (fault.type === "opaqueredirect" || fault.status === 403);
      say(signedOut ? said.dataset.signedout : said.dataset.offline);
    } finally {
      sending = false;
      if (unsaved) later(again);
    }
  };

  form.addEventListener("input", () => {
    unsaved = true;
    later(pause);
  });
  addEventListener("online", () => later(0));
  form.addEventListener("submit", () => {
    unsaved = false;
    clearTimeout(timer);
  });
  addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
})();
