/** What becomes of a statement or of a function's last value when its call goes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { VERIFIED } from "./case.ts";
import { fixed } from "./stage.ts";

/** The body of the function after the fix. */
const left = async (body: string, returns = ""): Promise<string> => {
  const text = await fixed({
    text: `fn f(mut it: It, builder: Builder)${returns} {\n    ${body}\n}\n`,
    at: ".danger_accept_invalid_certs",
    call: "reqwest::ClientBuilder::danger_accept_invalid_certs",
    want: VERIFIED,
    role: "client",
    versions: { reqwest: "0.12.9" },
  });
  return /\{\s*(.*?)\s*\}\n$/s.exec(text)?.[1] ?? text;
};
const LAX = ".danger_accept_invalid_certs(true)";

test("a statement goes with its call if it only had a variable or a field", async () => {
  for (const object of ["builder", "it.builder", "it.parts.0", "it /* the one */ .builder"])
    assert.equal(await left(`${object}${LAX};`), "", object);
  for (const object of ["it.builder()", "it.builder.await", "it.parts()?.builder"])
    assert.equal(await left(`${object}${LAX};`), `${object};`, object);
});

test("what fails by nothing else succeeds", async () => {
  for (const returns of ["Result<()>", "anyhow::Result<()>", "std::result::Result< ( ), E>"])
    assert.equal(await left(`builder${LAX}`, ` -> ${returns}`), "Ok(())", returns);
  for (const returns of ["Result<Builder, E>", "Result<(u8,), E>", "Option<()>", "Builder"])
    assert.equal(await left(`builder${LAX}`, ` -> ${returns}`), "builder", returns);
});

test("a call whose value is unused goes if it is made on a part of a variable", async () => {
  const without = (call: string): Promise<string> =>
    fixed({
      text: `fn f(mut it: It, param: Param) {\n    ${call}\n}\n`,
      at: ".set_time",
      call: "openssl::x509::verify::X509VerifyParamRef::set_time",
      want: { kind: "validity-check", enabled: true },
      role: "client",
      versions: { openssl: "0.10.68" },
    });
  for (const object of ["param", "it.param", "it.context()\n        .param_mut()", "it /* it */ .builder.param_mut()"])
    assert.doesNotMatch(await without(`${object}.set_time(0);`), /set_time|refused/, object);
  for (const call of ["it.param(1).set_time(0);", "param().set_time(0);", "it.param()?.set_time(0);", "let one = param.set_time(0);"])
    assert.equal(await without(call), "refused: the value of the call is used: rewrite it by hand", call);
});
