// WriteTex in VS Code: formulas from the screen at the cursor. It asks WriteTex Desktop on this computer.
"use strict";

const vscode = require("vscode");

const TOKEN = "writetex.token";
const SILENT = "WriteTex does not answer. Start it, and switch on Other programs in its settings.";
const FORMATS = { latex: "raw", tex: "raw", markdown: "obsidian", typst: "typst" };
const PICTURES = ["image/png", "image/jpeg", "image/webp"];

function activate(context) {
  const door = new Door(context.secrets);
  const command = (name, act) =>
    context.subscriptions.push(vscode.commands.registerCommand(`writetex.${name}`, () => said(act)));
  command("snip", async () => insert((form) => door.snip(form)));
  command("file", async () => insert((form) => readFile(door, form)));
  command("history", async () => insert((form) => choose(door, form)));
  command("token", () => enterToken(context.secrets));
  context.subscriptions.push(
    vscode.languages.registerDocumentPasteEditProvider(
      Object.keys(FORMATS).map((language) => ({ language })),
      new PasteProvider(door),
      {
        pasteMimeTypes: PICTURES,
        providedPasteEditKinds: [vscode.DocumentDropOrPasteEditKind.Empty.append("writetex", "formula")],
      },
    ),
  );
}

// What a picture on the clipboard becomes, where the user chooses so in VS Code's own list.
class PasteProvider {
  constructor(door) {
    this.door = door;
  }

  async provideDocumentPasteEdits(document, _ranges, transfer) {
    const type = PICTURES.find((each) => transfer.get(each));
    const file = type && transfer.get(type).asFile();
    if (!file) return [];
    try {
      const latex = await this.door.read(await file.data(), type, formOf(document));
      const kind = vscode.DocumentDropOrPasteEditKind.Empty.append("writetex", "formula");
      return [new vscode.DocumentPasteEdit(latex, "Insert as a formula (WriteTex)", kind)];
    } catch (error) {
      vscode.window.showWarningMessage(error.message);
      return [];
    }
  }
}

class Door {
  constructor(secrets) {
    this.secrets = secrets;
  }

  async snip(format) {
    return (await this.ask("POST", "/v1/snip", { format })).latex;
  }

  async read(bytes, type, format) {
    const image = `data:${type};base64,${Buffer.from(bytes).toString("base64")}`;
    return (await this.ask("POST", "/v1/recognize", { image, format })).latex;
  }

  async history() {
    return (await this.ask("GET", "/v1/history?limit=200")).data;
  }

  async convert(latex, to) {
    return (await this.ask("POST", "/v1/convert", { latex, to })).output;
  }

  async ask(method, path, body) {
    const token = await this.secrets.get(TOKEN);
    if (!token) throw new Error("There is no token yet. Run “WriteTex: Enter the token”.");
    const address = vscode.workspace.getConfiguration("writetex").get("address").replace(/\/+$/, "");
    let answer;
    try {
      answer = await fetch(address + path, {
        method,
        headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
    } catch {
      throw new Error(SILENT);
    }
    const found = await answer.json();
    if (!answer.ok) throw new Error(found.error?.message ?? SILENT);
    return found;
  }
}

function formOf(document) {
  return FORMATS[document.languageId] ?? "raw";
}

// Put at the cursor what `get` gives.
async function insert(get) {
  const editor = vscode.window.activeTextEditor;
  if (!editor) throw new Error("No text is open. Open the file that the formula goes into.");
  const text = await get(formOf(editor.document));
  if (text) await editor.edit((edit) => editor.selections.forEach((each) => edit.replace(each, text)));
}

async function readFile(door, form) {
  const chosen = await vscode.window.showOpenDialog({
    filters: { Pictures: ["png", "jpg", "jpeg", "webp", "bmp", "tiff"] },
  });
  if (!chosen) return "";
  return door.read(await vscode.workspace.fs.readFile(chosen[0]), "image/png", form);
}

async function choose(door, form) {
  const entries = await door.history();
  if (!entries.length) throw new Error("The history of WriteTex is empty. Snip a formula first.");
  const rows = entries.map((entry) => ({ label: entry.latex, description: entry.created.slice(0, 10) }));
  const chosen = await vscode.window.showQuickPick(rows, { placeHolder: "Formulas that were read before" });
  return chosen ? door.convert(chosen.label, form) : "";
}

async function enterToken(secrets) {
  const token = await vscode.window.showInputBox({
    password: true,
    prompt: "Make one in WriteTex, under Other programs.",
  });
  if (token) await secrets.store(TOKEN, token.trim());
}

// Do something; what goes wrong is said.
async function said(act) {
  try {
    await act();
  } catch (error) {
    vscode.window.showWarningMessage(error.message);
  }
}

module.exports = { activate };
