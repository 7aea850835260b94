/** The ways that a template may come out: as long as it is, with work that grows with it, and none of what cannot be told. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { renderingsOf } from "../../../server/src/edge/template/renderings.ts";

const texts = (text: string): readonly string[] | undefined => renderingsOf(text)?.map((it) => it.text);

const PARTS = [
  ...[
    "{{ x }}",
    "{{- if .a }}",
    "{{ else }}",
    "{{ else if b }}",
    "{{ end -}}",
    "{{/* } }} */}}",
    '{{ "}}" }}',
    "{{ $x := 1 }}",
    "{{",
    "}}",
  ],
  ...["{% if a %}", "{% else %}", "{% endif %}", "{% for x in y %}", "{% endfor %}", "{# c #}", "{% raw %}", "{%", "%}", "{#"],
  ...["<% if a %>", "<%= x %>", "<% end %>", "<% x.each do |y| %>", "<%", "%>", "{{{ x }}}", "{{#if a}}", "{{/if}}"],
  ...["server {", "}", ";", "\n", " ", "a", "listen 443 ssl", "#", '"', "'", "\\", "\r\n"],
];

test("each way is as long as the template, and has its own text at its place or none", () =>
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PARTS), { maxLength: 40 }), (parts) => {
      const text = parts.join("");
      for (const it of renderingsOf(text) ?? [])
        for (const made of [it.text, it.yaml]) {
          assert.equal(made.length, text.length);
          for (let at = 0; at < text.length; at++) assert.ok(made[at] === text[at] || " \n$_".includes(made[at] ?? ""), `${at} in ${made}`);
        }
    }),
    { numRuns: 2000 },
  ));

test("a text without actions comes out as it is", () => assert.deepEqual(texts("server { }\n"), ["server { }\n"]));

test("values, conditions and what joins them", () => {
  assert.deepEqual(texts("a {{ x }}b"), ["a $______b"]);
  assert.deepEqual(texts("a {{if x}}b{{end}} c"), ["a         b        c", "a                  c"]);
  assert.deepEqual(texts("a{{if x}}b{{end}};"), ["a$_______b       ;", "a                ;"]);
  assert.deepEqual(texts("a{{/* }} */}} b"), ["a             b"]);
  assert.deepEqual(texts('{{ "}}" }}'), ["$_________"]);
  assert.deepEqual(texts("a\n{{- if x }} b{{ end }}"), ["a             b         ", "a                       "]);
});

test("each branch is there once, nested ones too", () => {
  const all = texts("{{if a}}{{if b}}1{{else}}2{{end}}{{else if c}}3{{end}}{{range d}}4{{end}}") ?? [];
  assert.deepEqual(
    all.map((it) => it.replaceAll(" ", "").replaceAll("$", "").replaceAll("_", "")),
    ["14", "24", "34", "4"],
  );
});

test("what does not close or match is not read", () => {
  for (const text of [
    "{{ a",
    "{{if a}}",
    "{{end}}",
    '{{ "a }}',
    "{% if a %}",
    "{% raw %}{{ a }}{% endraw %}",
    "<% if a %>",
    "<%= a %><% b",
    "{{/* a }}",
  ])
    assert.equal(renderingsOf(text), undefined, text);
  assert.equal(renderingsOf("{{if a}}".repeat(200) + "{{end}}".repeat(200)), undefined);
});

/** Characters that methods of strings are given to look at, or look through, while something runs. */
function looked(run: () => void): number {
  let count = 0;
  const { charAt, indexOf, startsWith, lastIndexOf } = String.prototype;
  String.prototype.charAt = function (at: number) {
    count += 1;
    return charAt.call(this, at);
  };
  String.prototype.startsWith = function (word: string, at?: number) {
    count += word.length;
    return startsWith.call(this, word, at);
  };
  String.prototype.indexOf = function (word: string, at = 0) {
    const found = indexOf.call(this, word, at);
    count += (found < 0 ? this.length : found) - at + 1;
    return found;
  };
  String.prototype.lastIndexOf = function (this: string, word: string, at: number = this.length) {
    const found = lastIndexOf.call(this, word, at);
    count += at - found;
    return found;
  };
  try {
    run();
  } finally {
    Object.assign(String.prototype, { charAt, indexOf, startsWith, lastIndexOf });
  }
  return count;
}

test("twice the actions are twice the work", () => {
  for (const part of ["{{ x }}", "{{if a}}b{{end}}", "{% if a %}\n", "{{", "<% if a %>", "{{/*", '{{ "', "{{ x }}\n   ", "{# ", "{%"]) {
    const [once, twice] = [2000, 4000].map((times) => looked(() => renderingsOf(part.repeat(times))));
    assert.ok(once !== undefined && twice !== undefined && once > 0 && twice < 2.2 * once, `${part}: ${once}, ${twice}`);
  }
});
