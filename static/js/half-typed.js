// Our own messages stand beside the fields, so forms are not checked by the browser. But half a date never arrives: the
// browser sends nothing in its place, and what somebody typed would be gone. Only the browser knows, so it says so.
document.addEventListener("submit", (event) => {
  const half = [...event.target.elements].find((field) => field.validity?.badInput);
  if (half) {
    event.preventDefault();
    half.reportValidity();
  }
});
