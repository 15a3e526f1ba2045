// Says on the page, in words, that a key did not work. The library only tells the console.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const place of document.querySelectorAll("[data-key-error]")) place.hidden = false;
});
