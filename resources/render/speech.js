// Turns Speech Rule Engine and what it stands on into two functions, WriteTexSpeech.ready and .speak.
//
// It runs in a QuickJS context of its own (writetex_desktop/adapters/exporters/speech.py). There is no page and no
// file: modules are handed in as functions, and the rules of a language as JSON.
"use strict";

globalThis.console = { log() {}, warn() {}, error() {}, info() {} };
globalThis.process = { cwd: () => "", env: {}, version: "", exit() {} };
globalThis.global = globalThis;
globalThis.__dirname = "";
globalThis.setTimeout = (later) => Promise.resolve().then(later);

globalThis.WriteTexSpeech = (function () {
  const definitions = {
    commander: (module) => (module.exports = {}),
    fs: (module) => (module.exports = {}),
    process: (module) => (module.exports = globalThis.process),
  };
  const modules = {};
  const rules = {};
  let failure = "";

  function require(path) {
    const name = path.replace(/^\.\//, "").replace(/\.js$/, "");
    if (!modules[name]) {
      if (!definitions[name]) throw new Error(`There is no module ${name}.`);
      modules[name] = { exports: {} };
      definitions[name](modules[name], modules[name].exports, require);
    }
    return modules[name].exports;
  }

  definitions["@xmldom/xmldom"] = (module) => (module.exports = require("index"));
  globalThis.require = require;
  globalThis.SREfeature = { json: "", custom: (language) => Promise.resolve(rules[language]) };

  return {
    define(name, body) {
      definitions[name] = body;
    },
    learn(language, text) {
      rules[language] = text;
    },
    // Chooses language and kind; the promise is kept when the pending jobs have run.
    choose(locale, modality) {
      failure = "It was not ready.";
      require("sre")
        .setupEngine({ locale, modality, domain: modality === "braille" ? "default" : "mathspeak", style: "brief" })
        .then(
          () => (failure = ""),
          (error) => (failure = String(error)),
        );
    },
    failure: () => failure,
    speak: (mathml) => [require("sre").toSpeech(mathml)].join(""),
  };
})();
