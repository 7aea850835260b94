/** `tlslint expiry`: sorted, with an exit status, as a table, JSON of a published schema, and a calendar that another program reads. */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { ROOT } from "../harness/fixtures.ts";
import { openssl } from "../harness/openssl.ts";
import { skipWithout } from "../harness/programs.ts";
import { certificate } from "../lsp/programs.ts";
import { folder, tlslint } from "./cli.ts";

interface Component {
  getAllSubcomponents(name: string): readonly Component[];
}
interface CalendarEvent {
  readonly uid: string;
  readonly summary: string;
  readonly description: string;
  readonly startDate: { readonly isDate: boolean; toString(): string };
}
const require = createRequire(join(ROOT, "package.json"));
/** Its own types do not check. */
const ICAL: {
  parse(text: string): unknown;
  readonly Component: new (parsed: unknown) => Component;
  readonly Event: new (component: Component) => CalendarEvent;
} = require("ical.js");

const POSIX = process.platform !== "win32";
const NAME = 'soon, with; "signs" and a name that is much longer than the seventy-five bytes of a line: äöü';
const FILES = {
  "certs/b.pem": certificate("late", 399.5) + certificate(NAME, 12.5),
  "certs/a.pem": certificate("gone", -3.5),
  "src/lib.rs": "pub fn f() {}\n",
};

test("the soonest comes first, and what has ended is a finding", (context) => {
  const { status, stdout, stderr } = tlslint(folder(context, FILES), ["expiry"]);
  assert.deepEqual([status, stderr], [1, ""]);
  const lines = stdout.trimEnd().split("\n");
  assert.equal(lines.length, 3);
  assert.match(lines[0] ?? "", /^3 days ago +\d{4}-\d\d-\d\d {2}root certificate {2}CN=gone +certs\/a\.pem:1$/);
  assert.match(lines[1] ?? "", /^in 12 days .*soon.* certs\/b\.pem:\d+$/);
  assert.match(lines[2] ?? "", /^in 399 days .* certs\/b\.pem:1$/);
});

test("--within tells what ends in that time, and its status says whether there is any", (context) => {
  const cwd = folder(context, FILES);
  const named = (...args: readonly string[]) => {
    const { status, stdout } = tlslint(cwd, ["expiry", "--format", "json", ...args]);
    return [status, JSON.parse(stdout).expiries.map((it: { days: number }) => it.days)];
  };
  assert.deepEqual(named("certs/b.pem", "--within", "12d"), [0, []]);
  assert.deepEqual(named("certs/b.pem", "--within", "13d"), [1, [12]]);
  assert.deepEqual(named("certs", "--within", "2w"), [1, [-4, 12]]);
  assert.deepEqual(named("certs/b.pem"), [0, [12, 399]]);
  assert.deepEqual(named("certs/b.pem", "--now", "2020-01-01")[0], 0);
  assert.match(
    tlslint(cwd, ["expiry", "--within", "soon"]).stderr,
    /invalid value `soon` for `--within`; expected days or weeks such as 30d or 4w/,
  );
});

function assertValid(value: unknown): void {
  const ajv = new Ajv({ allErrors: true });
  addFormats(ajv);
  const valid = ajv.compile(JSON.parse(readFileSync(join(ROOT, "server/schema/expiry.schema.json"), "utf8")));
  assert.ok(valid(value), JSON.stringify(valid.errors));
}

test("JSON follows its published schema", (context) => {
  const value: Readonly<Record<string, unknown>> = JSON.parse(tlslint(folder(context, FILES), ["expiry", "--format", "json"]).stdout);
  assertValid(value);
  assert.throws(() => assertValid({ ...value, expiries: [{}] }));
});

test("the calendar is read by another program, says each end once, and names them as they are", { skip: !POSIX }, (context) => {
  const cwd = folder(context, FILES);
  const { stdout } = tlslint(cwd, ["expiry", "--format", "ics"]);
  assert.ok(stdout.split("\r\n").every((line) => Buffer.byteLength(line) <= 75 && !line.includes("\n")));
  const events = new ICAL.Component(ICAL.parse(stdout)).getAllSubcomponents("vevent").map((it) => new ICAL.Event(it));
  assert.equal(events.length, 3);
  assert.equal(new Set(events.map((it) => it.uid)).size, 3);
  const soon = events.find((it) => it.summary.includes("soon"));
  assert.ok(soon?.startDate.isDate);
  assert.match(soon.summary, /^root certificate CN=.*seventy-five bytes of a line: äöü expires$/);
  const [{ end }] = JSON.parse(tlslint(cwd, ["expiry", "--format", "json", "--within", "14d", "certs/b.pem"]).stdout).expiries;
  assert.equal(soon.startDate.toString(), end.slice(0, 10));
  assert.match(soon.description, /^certs\/b\.pem:\d+\nat \d{4}-/);
  assert.equal(
    tlslint(cwd, ["expiry", "--format", "ics"]).stdout.replace(/DTSTAMP:\w+/g, ""),
    stdout.replace(/DTSTAMP:\w+/g, ""),
    "nothing else changes",
  );
  const bytes = readFileSync(join(cwd, "certs/b.pem"));
  const copied = folder(context, { "a/b.pem": bytes, "b/b.pem": bytes });
  const twice = new ICAL.Component(ICAL.parse(tlslint(copied, ["expiry", "--format", "ics"]).stdout)).getAllSubcomponents("vevent");
  assert.deepEqual(
    twice.map((it) => new ICAL.Event(it).description.split("\n").slice(0, 2)),
    [2, 1].map((at) => ["a", "b"].map((folder) => `${folder}/b.pem:${lineOf(bytes.toString("utf8"), at)}`)),
    "a certificate in two files is one event",
  );
});

/** Of the first or second certificate. */
const lineOf = (text: string, at: number): number => text.split("-----BEGIN", at).join("").split("\n").length;

test("a folder without certificates is not said to have none that expire in some time", (context) => {
  const cwd = folder(context, { "Cargo.toml": '[package]\nname = "none"\n' });
  assert.deepEqual(tlslint(cwd, ["expiry"]), { status: 0, stdout: "no certificates or CRLs found\n", stderr: "" });
  assert.equal(tlslint(cwd, ["expiry", "--within", "2w"]).stdout, "nothing expires within 14 days\n");
});

test("a folder that the configuration excludes is named", (context) => {
  const cwd = folder(context, { ...FILES, "tlslint.toml": 'exclude = ["certs/"]\n' });
  const { status, stdout, stderr } = tlslint(cwd, ["expiry"]);
  assert.deepEqual(
    [status, stdout, stderr],
    [0, "no certificates or CRLs found\n", "tlslint: certs: skipped: the configuration excludes it\n"],
  );
});

test("encrypted PKCS#12 is told, and ends with 2 until it is acknowledged; one whose certificates lie open is read", {
  skip: skipWithout("openssl", "version"),
}, (context) => {
  const cwd = folder(context, { "Cargo.toml": '[package]\nname = "none"\n', "src/lib.rs": "" });
  openssl(cwd, ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "k", "-out", "c", "-subj", "/CN=store", "-days", "30"]);
  const store = (name: string, ...args: readonly string[]) =>
    openssl(cwd, ["pkcs12", "-export", "-in", "c", "-inkey", "k", "-out", name, "-passout", "pass:x", ...args]);
  for (const folder of ["closed", "open"]) mkdirSync(join(cwd, folder));
  store("closed/a.p12");
  store("open/b.p12", "-certpbe", "NONE");
  const reason = "what it holds is encrypted and was not read; `tlslint inspect --password-stdin` reads it with its password";
  const closed = tlslint(cwd, ["expiry", "closed"]);
  assert.deepEqual([closed.status, closed.stderr], [2, `tlslint: closed/a.p12: not analysed: ${reason}\n`]);
  assert.equal(closed.stdout, "no certificates or CRLs found in the files that were read\n");
  assert.deepEqual(JSON.parse(tlslint(cwd, ["expiry", "closed", "--format", "json"]).stdout).notAnalysed, [
    { path: "closed/a.p12", reason },
  ]);
  const { status, stdout, stderr } = tlslint(cwd, ["expiry", "open"]);
  assert.deepEqual([status, stderr], [0, ""]);
  assert.match(stdout, /^in 29 days .* CN=store +open\/b\.p12:\d+$/m);

  const checked = tlslint(cwd, ["check", "closed", "open"]);
  assert.equal(checked.status, 0, checked.stdout);
  assert.deepEqual(checked.stdout.match(/^.*: out of reach: .*$/gm), [`closed/a.p12: out of reach: ${reason}`]);
  assert.equal(tlslint(cwd, ["check", "--strict", "closed"]).status, 2);

  writeFileSync(join(cwd, "tlslint.toml"), '[acknowledged]\n"closed/" = "its owner watches it"\n');
  const known = tlslint(cwd, ["expiry", "closed"]);
  assert.deepEqual(
    [known.status, known.stderr],
    [0, `tlslint: closed/a.p12: not analysed: ${reason} (acknowledged: its owner watches it)\n`],
  );
  const json: Readonly<Record<string, unknown>> = JSON.parse(tlslint(cwd, ["expiry", "closed", "--format", "json"]).stdout);
  assert.deepEqual(json["notAnalysed"], [{ path: "closed/a.p12", reason, acknowledged: "its owner watches it" }]);
  assertValid(json);
  assert.equal(tlslint(cwd, ["check", "--strict", "closed"]).status, 0);
});

test("what cannot be read is told, and ends with 2", (context) => {
  const cwd = folder(context, { ...FILES, "certs/broken.pem": "MIIB" });
  const { status, stderr } = tlslint(cwd, ["expiry", "certs", "none.pem"]);
  assert.equal(status, 2);
  assert.match(stderr, /^tlslint: none\.pem: not analysed: /m);
});
