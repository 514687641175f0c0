// WriteTex in a browser: right click on a picture. It asks WriteTex Desktop on this computer.
"use strict";

const DEFAULTS = { address: "http://127.0.0.1:50906", token: "", format: "raw" };
const SILENT = "WriteTex does not answer. Start it, and switch on Other programs in its settings.";

chrome.runtime.onInstalled.addListener(() => {
  chrome.contextMenus.create({ id: "read", title: "Copy as LaTeX (WriteTex)", contexts: ["image"] });
});

chrome.contextMenus.onClicked.addListener((info, tab) => read(info.srcUrl, tab.id));

// Read a picture of a page and copy its LaTeX; what goes wrong is said in the page.
async function read(source, tab) {
  try {
    await badge(tab, "…");
    const image = await pictureOf(source, tab);
    const { latex } = await ask("/v1/recognize", { image });
    await inPage(tab, (text) => navigator.clipboard.writeText(text), latex);
    await badge(tab, "✓");
  } catch (error) {
    await badge(tab, "!");
    await inPage(tab, (text) => alert(text), error.message);
  }
}

// Give a picture as a data URL. The page itself is asked first: it may see what we may not.
async function pictureOf(source, tab) {
  if (source.startsWith("data:")) return source;
  const seen = await inPage(tab, fetchAsDataUrl, source);
  if (seen) return seen;
  const origin = `${new URL(source).origin}/*`;
  if (await chrome.permissions.request({ origins: [origin] })) {
    const fetched = await fetchAsDataUrl(source);
    if (fetched) return fetched;
  }
  throw new Error("The page does not give this picture away. Snip it with WriteTex instead.");
}

// Runs in the page too, so it uses nothing from outside.
async function fetchAsDataUrl(source) {
  try {
    const blob = await (await fetch(source)).blob();
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let text = "";
    for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
    return `data:${blob.type || "image/png"};base64,${btoa(text)}`;
  } catch {
    return "";
  }
}

async function ask(path, body) {
  const settings = { ...DEFAULTS, ...(await chrome.storage.local.get(Object.keys(DEFAULTS))) };
  if (!settings.token) throw new Error("There is no token yet. Enter one in the options of WriteTex.");
  let answer;
  try {
    answer = await fetch(settings.address.replace(/\/+$/, "") + path, {
      method: "POST",
      headers: { Authorization: `Bearer ${settings.token}`, "Content-Type": "application/json" },
      body: JSON.stringify({ ...body, format: settings.format }),
    });
  } catch {
    throw new Error(`${SILENT} This extension's origin, ${location.origin}, must be allowed there.`);
  }
  const found = await answer.json();
  if (!answer.ok) throw new Error(found.error?.message ?? SILENT);
  return found;
}

async function inPage(tab, act, argument) {
  const [done] = await chrome.scripting.executeScript({ target: { tabId: tab }, func: act, args: [argument] });
  return done?.result;
}

async function badge(tab, text) {
  await chrome.action?.setBadgeText({ tabId: tab, text });
}
