// WriteTex in Word: a snip becomes an equation at the cursor. This page comes from WriteTex itself.
"use strict";

const KEPT = "writetex-token";
const token = document.getElementById("token");
const said = document.getElementById("said");

token.value = localStorage.getItem(KEPT) ?? "";
token.addEventListener("change", () => localStorage.setItem(KEPT, token.value.trim()));

async function ask(path, body) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { Authorization: `Bearer ${token.value.trim()}`, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const found = await answer.json();
  if (!answer.ok) throw new Error(found.error.message);
  return found;
}

async function snip() {
  said.textContent = "Draw a box around the formula.";
  try {
    const { latex } = await ask("/v1/snip", {});
    const { output } = await ask("/v1/convert", { latex, to: "docx" });
    await Word.run(async (context) => {
      context.document.getSelection().insertFileFromBase64(output, "Replace");
      await context.sync();
    });
    said.textContent = latex;
  } catch (error) {
    said.textContent = error.message;
  }
}

Office.onReady(() => document.getElementById("snip").addEventListener("click", snip));
