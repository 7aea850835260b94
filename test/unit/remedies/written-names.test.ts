/** What is still written somewhere stays: as code or in the braces of a format, not in a comment or a plain text. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { R23, VERIFIED } from "./case.ts";
import { guide } from "./cases-guide.ts";
import { fixOn } from "./stage.ts";

const lax = (line: string): string => `fn client() -> reqwest::Result<reqwest::Client> {
    let lax = true;
    ${line}
    reqwest::Client::builder().danger_accept_invalid_certs(lax).build()
}
`;
const isKept = async (line: string): Promise<boolean> => {
  const { text } = await fixOn({
    text: lax(line),
    at: ".danger_accept_invalid_certs",
    call: "reqwest::ClientBuilder::danger_accept_invalid_certs",
    want: VERIFIED,
    role: "client",
    versions: { reqwest: "0.12.9" },
  });
  assert.doesNotMatch(text, /danger|refused/);
  return text.includes("let lax");
};

for (const line of ['println!("{lax}");', 'println!("{:lax$}", 1);', 'println!("{}", lax);', "trace!(lax = lax);"])
  test(`a variable stays for ${line}`, async () => assert.ok(await isKept(line)));
for (const line of ['println!("lax");', "println!(/* lax */);", 'println!("{{lax}}");'])
  test(`a variable goes in spite of ${line}`, async () => assert.ok(!(await isKept(line))));

test("an import goes in spite of a comment that has its name", async () => {
  const [tidy] = guide;
  assert.ok(tidy !== undefined);
  const { text } = await fixOn({ ...tidy, text: `${tidy.text}\n// The Identity is read from a file.\n` });
  assert.doesNotMatch(text, /use native_tls::Identity|refused/);
});

const trust = (line: string, head = ""): ReturnType<typeof fixOn> =>
  fixOn({
    text: `${head}fn trust() -> Result<rustls::ClientConfig, Box<dyn std::error::Error>> {
    ${line}
    let config = rustls::ClientConfig::builder()
        .dangerous()
        .with_custom_certificate_verifier(std::sync::Arc::new(NoVerify))
        .with_no_client_auth();
    Ok(config)
}
`,
    at: ".with_custom_certificate_verifier",
    call: "rustls::client::danger::DangerousClientConfigBuilder::with_custom_certificate_verifier",
    want: VERIFIED,
    role: "client",
    versions: R23,
  });

test("a new variable has no name that the function writes", async () => {
  const named = async (line: string): Promise<string | undefined> => /let mut (\w+) =/.exec((await trust(line)).text)?.[1];
  assert.deepEqual(await Promise.all(["", "// roots", 'println!("roots");', "let roots = 1;", 'println!("{roots}");'].map(named)), [
    "roots",
    "roots",
    "roots",
    "roots_2",
    "roots_2",
  ]);
});

test("imports stand before what is half-typed in front of a function, and behind attributes of the file", async () => {
  assert.match((await trust("", "pub asyn ")).text, /^use (?:.*\n)+pub asyn fn trust/);
  assert.match((await trust("", "#![allow(dead_code)]\n")).text, /^#!\[allow\(dead_code\)\]\nuse /);
});
