// The hosts of the bridges, as far as these use them: what stands in an editor, a vault, a page of a browser.
// node hosts.js HOST FOLDER ADDRESS TOKEN PICTURE; prints a JSON object of what came of it.
"use strict";

const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");

const [host, folder, address, token, picture] = process.argv.slice(2);
const bytes = fs.readFileSync(picture);
const told = { inserted: [], notices: [] };

function pretend(name, module) {
  const load = Module._load;
  Module._load = (wanted, ...rest) => (wanted === name ? module : load(wanted, ...rest));
}

async function obsidian() {
  class Plugin {
    constructor() {
      this.commands = {};
    }
    addSettingTab(tab) {
      this.tab = tab;
    }
    addCommand(command) {
      this.commands[command.id] = command;
    }
    loadData() {
      return Promise.resolve({ address, token });
    }
    saveData() {
      return Promise.resolve();
    }
  }
  class SuggestModal {
    open() {
      const entry = this.getSuggestions("X")[0];
      this.onClose();
      this.onChooseSuggestion(entry);
    }
  }
  pretend("obsidian", {
    Plugin,
    SuggestModal,
    PluginSettingTab: class {},
    Setting: class {},
    Notice: class {
      constructor(text) {
        told.notices.push(text);
      }
    },
    async requestUrl({ url, method, headers, body }) {
      const answer = await fetch(url, { method, headers, body });
      return { status: answer.status, json: await answer.json() };
    },
  });
  const Bridge = require(path.join(folder, "main.js"));
  const plugin = new Bridge();
  await plugin.onload();
  const blob = new Blob([bytes], { type: "image/png" });
  Object.defineProperty(globalThis, "navigator", {
    value: { clipboard: { read: async () => [{ types: ["image/png"], getType: async () => blob }] } },
  });
  const editor = { replaceSelection: (text) => told.inserted.push(text) };
  for (const id of ["snip", "clipboard", "history", "snip"]) await plugin.commands[id].editorCallback(editor);
  plugin.settings.token = "wrong";
  await plugin.commands.snip.editorCallback(editor);
}

async function vscode() {
  const commands = {};
  let paste;
  const kept = { "writetex.token": token };
  const kind = { append: () => kind };
  pretend("vscode", {
    commands: { registerCommand: (name, act) => ((commands[name] = act), {}) },
    languages: { registerDocumentPasteEditProvider: (_languages, provider) => ((paste = provider), {}) },
    DocumentDropOrPasteEditKind: { Empty: kind },
    DocumentPasteEdit: class {
      constructor(text) {
        this.insertText = text;
      }
    },
    workspace: {
      getConfiguration: () => ({ get: () => `${address}/` }),
      fs: { readFile: async (uri) => fs.readFileSync(uri) },
    },
    window: {
      activeTextEditor: {
        document: { languageId: "markdown" },
        selections: [0],
        edit: async (act) => act({ replace: (_where, text) => told.inserted.push(text) }),
      },
      showWarningMessage: (text) => told.notices.push(text),
      showOpenDialog: async () => [picture],
      showQuickPick: async (rows) => rows[0],
      showInputBox: async () => " new-token ",
    },
  });
  const secrets = { get: async (name) => kept[name], store: async (name, value) => (kept[name] = value) };
  require(path.join(folder, "extension.js")).activate({ secrets, subscriptions: [] });
  const declared = require(path.join(folder, "package.json")).contributes.commands.map((each) => each.command);
  if (declared.some((name) => !commands[name])) throw new Error("a command of package.json does nothing");
  for (const name of ["snip", "file", "history", "snip"]) await commands[`writetex.${name}`]();
  const file = { data: async () => bytes };
  const transfer = { get: (type) => (type === "image/png" ? { asFile: () => file } : undefined) };
  const edits = await paste.provideDocumentPasteEdits({ languageId: "latex" }, [], transfer);
  told.inserted.push(edits[0].insertText);
  await commands["writetex.token"]();
  await commands["writetex.snip"]();
  told.token = kept["writetex.token"];
}

async function browser() {
  const listeners = {};
  const page = { clipboard: [], alerts: [] };
  const heard = (name) => ({ addListener: (act) => (listeners[name] = act) });
  const kept = { address, token };
  Object.defineProperty(globalThis, "navigator", {
    value: { clipboard: { writeText: async (text) => page.clipboard.push(text) } },
  });
  globalThis.alert = (text) => page.alerts.push(text);
  globalThis.location = { origin: "chrome-extension://abcdefghijklmnop" };
  const real = globalThis.fetch;
  globalThis.fetch = async (url, wish = {}) => {
    if (url === "https://pictures.example/a.png") return new Response(bytes, { headers: { "Content-Type": "image/png" } });
    if (url.startsWith("https://")) throw new TypeError("blocked");
    return real(url, { ...wish, headers: { ...wish.headers, Origin: location.origin } });
  };
  globalThis.chrome = {
    runtime: { onInstalled: heard("installed") },
    contextMenus: { create: (menu) => (told.menu = menu), onClicked: heard("clicked") },
    scripting: { executeScript: async ({ func, args }) => [{ result: await func(...args) }] },
    permissions: { request: async () => false },
    storage: { local: { get: async () => kept } },
    action: { setBadgeText: async ({ text }) => told.notices.push(text) },
  };
  require(path.join(folder, "background.js"));
  listeners.installed();
  await listeners.clicked({ srcUrl: "https://pictures.example/a.png" }, { id: 1 });
  await listeners.clicked({ srcUrl: `data:image/png;base64,${bytes.toString("base64")}` }, { id: 1 });
  await listeners.clicked({ srcUrl: "https://closed.example/b.png" }, { id: 1 });
  kept.token = "wrong";
  await listeners.clicked({ srcUrl: "https://pictures.example/a.png" }, { id: 1 });
  told.inserted = page.clipboard;
  told.alerts = page.alerts;
}

({ obsidian, vscode, browser })[host]().then(
  () => console.log(JSON.stringify(told)),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
