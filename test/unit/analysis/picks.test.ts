/** Of several certificates one is taken: told from all of them being put to use. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { underlined } from "./underlined.ts";

const picked = (text: string): Promise<readonly string[]> => underlined("partial-bundle", text);

/** What becomes of the certificates of a bundle. */
const load = (body: string): string => `pub fn load(bundle: &[u8]) -> RootCertStore {
    let mut roots = RootCertStore::empty();
    ${body}
    roots
}
`;

const READ = "CertificateDer::pem_slice_iter(bundle)";
const ALL = `let all = ${READ}.collect::<Result<Vec<_>, _>>().unwrap();`;

const cases: readonly (readonly [string, string, ...(readonly string[])])[] = [
  ["the first by index", load(`${ALL}\n    roots.add(all[0].clone()).unwrap();`), "warning: [0]"],
  ["the first by name", load(`${ALL}\n    roots.add(all.first().unwrap().clone()).unwrap();`), "warning: first"],
  [
    "the last, whatever a name says",
    load(`${ALL}\n    roots.add(all.into_iter().next_back().unwrap()).unwrap();`).replaceAll("bundle", "pem"),
    "warning: next_back",
  ],
  ["each by its index", load(`${ALL}\n    for at in 0..all.len() {\n        roots.add(all[at].clone()).unwrap();\n    }`)],
  [
    "one after the other",
    load(`let mut read = ${READ};\n    while let Some(it) = read.next() {\n        roots.add(it.unwrap()).unwrap();\n    }`),
  ],
  [
    "the first, and then the others",
    load(
      `let mut read = ${READ};\n    roots.add(read.next().unwrap().unwrap()).unwrap();\n    for it in read {\n        roots.add(it.unwrap()).unwrap();\n    }`,
    ),
  ],
  [
    "a helper reads them, and its caller picks one",
    `${load("roots.add(read(bundle).remove(0)).unwrap();")}
fn read(bundle: &[u8]) -> Vec<Certificate> {
    ${READ}.map(|it| it.unwrap()).collect()
}
`,
    "warning: remove",
  ],
  [
    "a helper that is given them takes all",
    `${load(`${ALL}\n    add(&mut roots, &all);`)}
fn add(roots: &mut RootCertStore, all: &[Certificate]) {
    for it in all {
        roots.add(it.clone()).unwrap();
    }
}
`,
  ],
  [
    "a helper that is given them takes the last",
    `${load(`${ALL}\n    add(&mut roots, all);`)}
fn add(roots: &mut RootCertStore, mut all: Vec<Certificate>) {
    roots.add(all.pop().unwrap()).unwrap();
}
`,
    "warning: pop",
  ],
  ["whoever calls may use them all", `pub fn read(bundle: &[u8]) -> Vec<Certificate> {\n    ${READ}.map(|it| it.unwrap()).collect()\n}\n`],
];

for (const [name, text, ...expected] of cases) test(name, async () => assert.deepEqual(await picked(text), expected));
