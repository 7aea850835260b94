/** Loaded before the program (`node --require`): writes down what is opened, by its real path, to the file that OPENS names. */
const fs = require("node:fs");
const { syncBuiltinESMExports } = require("node:module");

const record = process.env["OPENS"];
const { appendFileSync, realpathSync } = fs;

function note(path) {
  if (typeof path !== "string" && !(path instanceof URL) && !Buffer.isBuffer(path)) return;
  try {
    appendFileSync(record, `${JSON.stringify(realpathSync(path))}\n`);
  } catch {
    // What does not exist is not opened.
  }
}

function watch(holder, name) {
  const original = holder[name];
  holder[name] = function (path, ...rest) {
    note(path);
    return original.call(this, path, ...rest);
  };
}

for (const name of [
  "openSync",
  "readFileSync",
  "readdirSync",
  "opendirSync",
  "createReadStream",
  "open",
  "readFile",
  "readdir",
  "opendir",
  "copyFileSync",
  "cpSync",
])
  watch(fs, name);
for (const name of ["open", "readFile", "readdir", "opendir", "copyFile", "cp"]) watch(fs.promises, name);
syncBuiltinESMExports();
