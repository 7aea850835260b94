/** Stands in for native copy-on-write copies with Node's plain ones. */
const fs = require("node:fs");

exports.copyFile = fs.promises.copyFile;
exports.copyFileSync = fs.copyFileSync;
exports.cp = fs.promises.cp;
exports.constants = fs.constants;
exports.isCloneSupported = async () => false;
