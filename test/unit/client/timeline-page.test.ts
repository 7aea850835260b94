/** The timeline: rows in words, bars to scale, hostile names as text, and what is left out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ListedCertificate } from "../../../client/src/overview/answers.ts";
import { timelinePage } from "../../../client/src/overview/timeline-page.ts";

const NOW = Date.parse("2026-11-29T12:00:00Z");
const DAY = 86_400_000;
const of = { now: NOW, nonce: "abc" };

const certificate = (begin: number, end: number, more: Partial<ListedCertificate> = {}): ListedCertificate => ({
  uri: "file:///w/a.pem",
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
  kind: "certificate",
  role: "leaf",
  name: "billing",
  subject: "CN=billing",
  issuer: "CN=ca",
  fingerprint: "AB",
  begin: NOW + begin * DAY,
  end: NOW + end * DAY,
  daysLeft: end,
  uses: [],
  findings: [],
  ...more,
});

const bars = (page: string) =>
  [...page.matchAll(/class="bar (\w+)" x="(\d+)" y="4" width="(\d+)"/g)].map(([, level, x, width]) => [level, Number(x), Number(width)]);

test("each bar begins and ends where its dates are on the axis, and what is beyond ends at the edge", () => {
  const problem = { rule: "r", severity: "warning", message: "m", uri: "", range: certificate(0, 0).range } as const;
  const items = [
    certificate(-365.25, 0),
    certificate(0, 365.25, { findings: [problem] }),
    certificate(-9000, 9000),
    certificate(-9000, -8000),
  ];
  assert.deepEqual(bars(timelinePage({ total: 4, items }, of)), [
    ["fine", 0, 333],
    ["warning", 333, 334],
    ["fine", 0, 1000],
    ["error", 0, 6],
  ]);
});

test("a row says in words what its bar shows, a name is text, and no script is there", () => {
  const page = timelinePage({ total: 1, items: [certificate(-30, 23, { name: "<img src=x onerror=alert(1)>" })] }, of);
  assert.match(page, /<bdi>&lt;img src=x onerror=alert\(1\)&gt;<\/bdi>/);
  assert.match(page, /expires in 23 days \(2026-12-22\)<\/td><td>2026-10-30<\/td>/);
  assert.match(page, /default-src 'none'; style-src 'nonce-abc'/);
  assert.doesNotMatch(page, /<script| style="/);
  assert.match(page, /aria-label="2026, 2027, 2028"/);
});

test("what is not shown is said", () => {
  const page = timelinePage({ total: 300, items: [certificate(-1, 1)], notListed: 2 }, of);
  assert.match(page, /Show more<\/a> 299 more that end later/);
  assert.match(page, /2 files not listed in full/);
  assert.match(timelinePage({ total: 0, items: [] }, of), /No certificate or revocation list/);
});
