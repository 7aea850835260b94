/** The rows of the views: what stands in them for the eye and for a screen reader, and what their menus are about. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ListedCertificate, ListedEndpoint } from "../../../client/src/overview/answers.ts";
import { certificateRows, endWords, filterWords } from "../../../client/src/overview/certificate-rows.ts";
import { endpointRows } from "../../../client/src/overview/endpoint-rows.ts";
import type { Row, Shown } from "../../../client/src/overview/rows.ts";

const shown: Shown = ({ uri, range }) => `${uri.slice("file:///w/".length)}${range === undefined ? "" : `:${range.start.line + 1}`}`;
const at = (line: number, file = "src/main.rs") => ({
  uri: `file:///w/${file}`,
  range: { start: { line, character: 4 }, end: { line, character: 9 } },
});
const END = Date.parse("2026-12-20T12:00:00Z");

const CERTIFICATE: ListedCertificate = {
  ...at(0, "certs/billing.pem"),
  kind: "certificate",
  role: "leaf",
  name: "billing",
  subject: "CN=billing",
  issuer: "CN=ca",
  fingerprint: "ab12",
  end: END,
  daysLeft: 23,
  uses: [{ ...at(6), call: "openssl::ssl::SslAcceptorBuilder::set_ca_file", role: "client-ca" }],
  findings: [{ ...at(0, "certs/billing.pem"), rule: "expiring-certificate", severity: "warning", message: "expires in 23 days" }],
};

test("a certificate says until when, what it is and who reads it, and its menu knows its fingerprint", () => {
  const [row, ...more] = certificateRows({ total: 1, items: [CERTIFICATE] }, shown);
  assert.deepEqual(more, []);
  assert.equal(row?.label, "billing");
  assert.equal(row.description, "expires in 23 days (2026-12-20) · leaf certificate");
  assert.equal(row.icon, "warning");
  assert.equal(row.spoken, "billing, leaf certificate, expires in 23 days (2026-12-20), read in 1 place, 1 problem");
  assert.equal(row.fingerprint, "ab12");
  assert.deepEqual(
    row.children?.map((it) => [it.label, it.description, it.icon]),
    [
      ["expires in 23 days", "expiring-certificate", "warning"],
      ["src/main.rs:7", "read by set_ca_file", "place"],
    ],
  );
});

test("ends are said in days, and lists by their next update", () => {
  const words = (daysLeft: number, kind: ListedCertificate["kind"] = "certificate") => endWords({ kind, daysLeft, end: END });
  assert.deepEqual(
    [1, 0, -1, -2, -31].map((it) => words(it).replace(" (2026-12-20)", "")),
    ["expires in 1 day", "expires in less than a day", "expired less than a day ago", "expired 1 day ago", "expired 30 days ago"],
  );
  assert.equal(words(2, "revocation-list"), "next update in 2 days (2026-12-20)");
  assert.equal(words(-4, "revocation-list"), "next update was due 3 days ago (2026-12-20)");
});

test("what is not shown of a long list is counted, with a way to it", () => {
  const rows = certificateRows({ total: 5000, items: [CERTIFICATE] }, shown);
  assert.deepEqual([rows.length, rows[1]?.kind, rows[1]?.description], [2, "more", "4999 more that end later"]);
});

test("files that could not be analysed are counted below all others", () => {
  const last = (rows: readonly Row[]) => rows.slice(-1).map(({ kind, label, icon }) => [kind, label, icon]);
  const files = [["not-analysed", "3 files not listed in full", "warning"]];
  assert.deepEqual(last(certificateRows({ total: 5, items: [CERTIFICATE], notListed: 3 }, shown)), files);
  assert.deepEqual(last(endpointRows({ total: 5, items: [], notListed: 3 }, shown)), files);
  assert.deepEqual(last(endpointRows({ total: 0, items: [], notListed: 1 }, shown)), [
    ["not-analysed", "1 file not listed in full", "warning"],
  ]);
  assert.deepEqual(endpointRows({ total: 0, items: [], notListed: 0 }, shown), []);
});

test("the files that were not analysed are named below, with why, as far as they are told", () => {
  const leftOut = [{ uri: "file:///w/certs/store.p12", reason: "a password is needed" }];
  const [row] = certificateRows({ total: 0, items: [], notListed: 3, leftOut }, shown);
  assert.deepEqual(
    row?.children?.map((it) => [it.kind, it.label, it.description]),
    [
      ["file", "certs/store.p12", "a password is needed"],
      ["not-analysed", "and 2 more files", undefined],
    ],
  );
  assert.deepEqual(row.children?.[0]?.at, { uri: "file:///w/certs/store.p12" });
});

test("a filter says how much it leaves out", () => {
  assert.equal(filterWords({ total: 2, unfiltered: 14 }), "Only those with problems: 2 of 14");
});

test("a certificate that no code reads says so", () => {
  const [row] = certificateRows({ total: 1, items: [{ ...CERTIFICATE, uses: [], findings: [] }] }, shown);
  assert.equal(row?.spoken, "billing, leaf certificate, expires in 23 days (2026-12-20), not referenced by code in this workspace");
});

const ENDPOINT: ListedEndpoint = {
  ...at(4),
  role: "server",
  sort: "configuration",
  made: "openssl",
  facts: [
    { ...at(4), kind: "minimum-version", value: "TLS 1.2", words: "TLS 1.2 or newer", conditions: [], byDefault: true },
    {
      ...at(7),
      kind: "client-authentication",
      value: "optional",
      words: "client certificate optional",
      conditions: ["if `ask`"],
      byDefault: false,
    },
  ],
  files: [{ uri: "file:///w/certs/ca.pem" }],
  findings: [],
};

test("endpoints stand in groups, each with what it requires and where that is said", () => {
  const client: ListedEndpoint = { ...ENDPOINT, role: "client", made: "reqwest", purpose: "test" };
  const groups = endpointRows({ total: 2, items: [ENDPOINT, client] }, shown);
  assert.deepEqual(
    groups.map((it) => [it.label, it.description, it.open]),
    [
      ["Servers", "1", true],
      ["Tests and examples", "1", false],
    ],
  );
  const [server] = groups[0]?.children ?? [];
  assert.equal(server?.description, "client certificate optional (if ask) · TLS 1.2 or newer · openssl");
  assert.equal(server.spoken, "src/main.rs:5, openssl server, client certificate optional (if ask), TLS 1.2 or newer");
  assert.deepEqual(
    server.children?.map((it) => [it.label, it.description]),
    [
      ["TLS 1.2 or newer", "by default"],
      ["client certificate optional (if ask)", "src/main.rs:8"],
      ["certs/ca.pem", "certificate file"],
    ],
  );
});
