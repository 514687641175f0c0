// WriteTex in Obsidian: formulas from the screen at the cursor. It asks WriteTex Desktop on this computer.
"use strict";

const { Notice, Plugin, PluginSettingTab, Setting, SuggestModal, requestUrl } = require("obsidian");

const DEFAULTS = { address: "http://127.0.0.1:50906", token: "" };
const SILENT = "WriteTex does not answer. Start it, and switch on Other programs in its settings.";

module.exports = class WriteTexPlugin extends Plugin {
  async onload() {
    this.settings = Object.assign({}, DEFAULTS, await this.loadData());
    this.addSettingTab(new WriteTexSettings(this.app, this));
    this.addCommand({
      id: "snip",
      name: "Snip a formula from the screen",
      editorCallback: (editor) => this.insert(editor, () => this.snip()),
    });
    this.addCommand({
      id: "clipboard",
      name: "Read the picture on the clipboard",
      editorCallback: (editor) => this.insert(editor, () => this.readClipboard()),
    });
    this.addCommand({
      id: "history",
      name: "Insert from the history",
      editorCallback: (editor) => this.insert(editor, () => this.choose()),
    });
  }

  // Put at the cursor what `get` gives; what goes wrong is said, and nothing is inserted.
  async insert(editor, get) {
    try {
      const text = await get();
      if (text) editor.replaceSelection(text);
    } catch (error) {
      new Notice(error.message, 10000);
    }
  }

  async snip() {
    return (await this.ask("POST", "/v1/snip", { format: "obsidian" })).latex;
  }

  async readClipboard() {
    for (const item of await navigator.clipboard.read()) {
      const type = item.types.find((each) => each.startsWith("image/"));
      if (type) {
        const data = Buffer.from(await (await item.getType(type)).arrayBuffer()).toString("base64");
        const wish = { image: `data:${type};base64,${data}`, format: "obsidian" };
        return (await this.ask("POST", "/v1/recognize", wish)).latex;
      }
    }
    throw new Error("There is no picture on the clipboard. Copy one, and try again.");
  }

  async choose() {
    const entries = (await this.ask("GET", "/v1/history?limit=200")).data;
    if (!entries.length) throw new Error("The history of WriteTex is empty. Snip a formula first.");
    const latex = await new Promise((chosen) => new HistoryModal(this.app, entries, chosen).open());
    if (!latex) return "";
    return (await this.ask("POST", "/v1/convert", { latex, to: "obsidian" })).output;
  }

  // Obsidian's own way of asking says no origin, so no page of the web has to be allowed.
  async ask(method, path, body) {
    if (!this.settings.token) throw new Error("There is no token yet. Enter one in the settings of WriteTex.");
    let answer;
    try {
      answer = await requestUrl({
        url: this.settings.address.replace(/\/+$/, "") + path,
        method,
        headers: { Authorization: `Bearer ${this.settings.token}`, "Content-Type": "application/json" },
        body: body === undefined ? undefined : JSON.stringify(body),
        throw: false,
      });
    } catch {
      throw new Error(SILENT);
    }
    if (answer.status >= 400) throw new Error(answer.json?.error?.message ?? SILENT);
    return answer.json;
  }
};

class HistoryModal extends SuggestModal {
  constructor(app, entries, chosen) {
    super(app);
    this.entries = entries;
    this.chosen = chosen;
  }

  getSuggestions(search) {
    return this.entries.filter((entry) => entry.latex.toLowerCase().includes(search.toLowerCase()));
  }

  renderSuggestion(entry, place) {
    place.setText(entry.latex);
  }

  onChooseSuggestion(entry) {
    this.chosen(entry.latex);
  }

  // Obsidian closes the box before it tells what was chosen.
  onClose() {
    setTimeout(() => this.chosen(""), 0);
  }
}

class WriteTexSettings extends PluginSettingTab {
  constructor(app, plugin) {
    super(app, plugin);
    this.plugin = plugin;
  }

  display() {
    this.containerEl.empty();
    this.field("Address", "As WriteTex shows it under Other programs, without /v1.", "address", "text");
    this.field("Token", "Make one in WriteTex, under Other programs. Obsidian keeps it in this vault.", "token", "password");
  }

  field(name, description, key, type) {
    new Setting(this.containerEl).setName(name).setDesc(description).addText((text) => {
      text.inputEl.type = type;
      text.setValue(this.plugin.settings[key]).onChange(async (value) => {
        this.plugin.settings[key] = value.trim();
        await this.plugin.saveData(this.plugin.settings);
      });
    });
  }
}
