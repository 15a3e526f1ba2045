// Takes a person to the list of what is missing, as soon as the page is there.
document.querySelector(".vp-errors")?.focus();
