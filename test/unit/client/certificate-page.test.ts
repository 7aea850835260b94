/** The page of the certificate editor: everything is said, nothing that a file says is markup, and nothing runs or is fetched. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { certificatePage, messagePage, notAnalysed } from "../../../client/src/certificate-page.ts";
import type { InspectedFile, InspectedObject } from "../../../client/src/inspected-file.ts";

const OF = { name: "certs/server.der", uri: "file:///w/certs/server.der", nonce: "n0nce" };

const LEAF: InspectedObject = {
  kind: "certificate",
  title: "leaf certificate",
  daysLeft: 23,
  fields: [
    { label: "subject", value: "CN=service.example" },
    { label: "SHA-256", value: "AA:BB" },
    { label: "key pin", value: "sha256/abc=" },
  ],
  verdicts: [
    { stack: "rustls-webpki 0.103.13", as: "server", host: "service.example", verdict: "accepted" },
    { stack: "openssl 3", as: "client", verdict: "refused", kind: "unsuitable certificate purpose" },
    { stack: "openssl 3", as: "server", host: "service.example", completedFrom: ["certs/ca.pem"], verdict: "accepted" },
  ],
  path: [
    { name: "service.example", role: "leaf", daysLeft: 23 },
    { name: "Old CA", role: "intermediate", shown: "certs/root.pem", daysLeft: -1 },
    { name: "Root" },
  ],
  parts: [
    { name: "subject", depth: 0, offset: 30, length: 90 },
    { name: "CN=service.example", depth: 1, offset: 34, length: 86, hex: "30 0d" },
    { name: "extension", depth: 0, offset: 130, length: 9, hex: "" },
  ],
  findings: [{ rule: "expiring-certificate", severity: "warning", message: "expires soon", help: "renew it", notes: ["counted from now"] }],
};
const FILE: InspectedFile = { what: "DER", objects: [LEAF], findings: [], more: 0, moreFindings: 0, sealed: false, notAnalysed: null };

const pageOf = (file: Partial<InspectedFile>): string => certificatePage({ ...FILE, ...file }, OF);
const linksOf = (page: string): readonly string[] => [...page.matchAll(/href="([^"]*)"/g)].map(([, it = ""]) => it);

test("fields, path, verdicts, findings and bytes are there", () => {
  const page = pageOf({});
  for (const it of [
    "CN=service.example",
    "23 days left",
    "expired less than a day ago",
    "expires soon",
    "help: renew it",
    "note: counted from now",
    "in certs/root.pem",
  ])
    assert.ok(page.includes(it), it);
  assert.match(page, /<li class="over">.*intermediate.*<li class="missing">.*Root.*not in this workspace/);
  assert.match(page, /openssl 3<\/th><td>client<\/td><td class="error">refused: unsuitable certificate purpose/);
  assert.match(page, /<td>server for service\.example<\/td>/);
  assert.match(page, /<td>server for service\.example, with certs\/ca\.pem<\/td><td class="">accepted/);
  assert.match(page, /<td>34<\/td><td>86<\/td>.*30 0d … 84 more/);
  assert.match(page, /not shown: there may be a private key/);
});

test("what people compare is copied as it is, and breaks between its bytes", () => {
  assert.match(pageOf({}), /<bdi>AA:<wbr>BB<\/bdi>/);
  const copied = linksOf(pageOf({})).filter((it) => it.startsWith("command:tlslint.copyValue?"));
  assert.deepEqual(
    copied.map((it) => JSON.parse(decodeURIComponent(it.slice(it.indexOf("?") + 1)))),
    [
      ["AA:BB", "SHA-256 fingerprint"],
      ["sha256/abc=", "SPKI pin"],
    ],
  );
});

test("nothing in it is run, fetched or framed, and only our own style is applied", () => {
  for (const page of [pageOf({}), messagePage("no", OF)]) {
    assert.match(page, /content="default-src 'none'; style-src 'nonce-n0nce'; base-uri 'none'; form-action 'none'"/);
    assert.doesNotMatch(page, /<(?:script|iframe|object|embed|img|link|form|base|svg)\b|\bon\w+=|\bsrc=|url\(|@import|\sstyle=/i);
    assert.equal([...page.matchAll(/<style nonce="n0nce">/g)].length, 1);
    for (const it of linksOf(page)) assert.match(it, /^(?:#object-\d+|command:tlslint\.(?:copyValue|explainRule|openKeyStore)\?)/);
  }
});

test("only colours of the theme are used", () => {
  const style = /<style[^>]*>([^<]*)</.exec(pageOf({}))?.[1] ?? "";
  assert.ok(style.length > 1000);
  assert.doesNotMatch(style, /#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(|:\s*(?:white|black|red|green|blue|gray|grey|yellow|orange)\b/i);
});

test("a file cannot leave the text that it is shown in", () => {
  const evil = `</bdi></title></style><script>alert(1)</script><img src=x onerror="alert(1)"> " ' \` & command:workbench.action.quit`;
  const object: InspectedObject = {
    ...LEAF,
    title: evil,
    fields: [
      { label: evil, value: evil },
      { label: "SHA-256", value: evil },
    ],
    verdicts: [{ stack: evil, as: "server", host: evil, verdict: "refused", kind: evil }],
    path: [{ name: evil, shown: evil }, { name: evil }],
    parts: [{ name: evil, depth: 9, value: evil, offset: 0, length: 1, hex: "00" }],
    findings: [{ rule: evil, severity: "error", message: evil, help: evil, notes: [evil] }],
  };
  const page = certificatePage(
    { ...FILE, what: evil, notAnalysed: evil, sealed: true, objects: [object, object] },
    { ...OF, name: evil, uri: evil },
  );
  const tame = pageOf({ objects: [LEAF, LEAF], sealed: true, notAnalysed: "x" });
  assert.doesNotMatch(page, /<script|<img/);
  const tags = (it: string): readonly string[] => [...new Set([...it.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(([, name = ""]) => name))];
  assert.deepEqual(
    tags(page).filter((it) => !tags(tame).includes(it)),
    [],
  );
  for (const it of linksOf(page))
    assert.match(it, /^(?:#object-\d+|command:tlslint\.(?:copyValue|explainRule|openKeyStore)\?(?:[\w%.!()*~-]|&#39;)+)$/);
});

test("a password is asked for where one would show more, and what is cut is said", () => {
  assert.doesNotMatch(pageOf({}), /password|not shown\. <code>/);
  assert.match(pageOf({ sealed: true }), /openKeyStore\?%5B%22file%3A%2F%2F%2Fw%2Fcerts%2Fserver\.der%22%5D"[^>]*>Enter password…/);
  assert.match(pageOf({ more: 4900 }), /4900 more objects are not shown/);
  assert.match(pageOf({ moreFindings: 1 }), /1 more finding is not shown/);
  assert.match(pageOf({ notAnalysed: "the file is gone" }), /role="status">Not analysed: the file is gone/);
});

test("several objects are listed with the worst that is found in each", () => {
  assert.doesNotMatch(pageOf({}), /<nav/);
  const page = pageOf({ objects: [LEAF, { ...LEAF, findings: [], daysLeft: null }] });
  assert.match(
    page,
    /<nav aria-label="Objects in this file">.*href="#object-0".*class="warning">warning<\/span><\/li><li><a href="#object-1"/s,
  );
  const nameless = pageOf({ objects: [LEAF, { ...LEAF, title: "private key", fields: [] }] });
  assert.match(nameless, /<bdi>private key<\/bdi><\/a> <span class="dim">23 days left/, "named by what it is, and that once");
  for (const [, label = ""] of page.matchAll(/aria-labelledby="([^"]+)"/g)) assert.ok(page.includes(`id="${label}"`), label);
});

test("a server that failed is not one that does not run", () => {
  assert.match(messagePage(notAnalysed(true), OF), /role="status">The file could not be analysed\. The output of tlslint says why\.</);
  assert.match(messagePage(notAnalysed(false), OF), /role="status">The server is not running, so the file was not analysed\.</);
});
