// The options are kept as soon as they are changed.
"use strict";

const FIELDS = { address: "http://127.0.0.1:50906", token: "", format: "raw" };

document.getElementById("origin").textContent = location.origin;
chrome.storage.local.get(Object.keys(FIELDS)).then((kept) => {
  for (const [name, usual] of Object.entries(FIELDS)) {
    const field = document.getElementById(name);
    field.value = kept[name] ?? usual;
    field.addEventListener("change", () => chrome.storage.local.set({ [name]: field.value.trim() }));
  }
});
