/** Cipher strings, as OpenSSL reads them. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { OPENSSL_KEYWORDS } from "../../../server/src/tls/cipher-keywords.ts";
import { RECOMMENDED_CIPHERS, readCipherList, suitesIn, WEAKNESSES, withoutBroken } from "../../../server/src/tls/ciphers.ts";

const weaknesses = (text: string): string[] => [...new Set(readCipherList(text).weak.map(({ suite }) => suite.weakness))].sort();
const names = (text: string): string[] => readCipherList(text).weak.map(({ suite }) => suite.name);

test("a suite is selected by its name", () => {
  assert.deepEqual(names("ECDHE-RSA-AES128-GCM-SHA256:RC4-SHA"), ["RC4-SHA"]);
  assert.deepEqual(names("NULL-SHA256"), ["NULL-SHA256"]);
});

test("`!` removes for good, also what is named later or was named before", () => {
  assert.deepEqual(names("!RC4:RC4-SHA"), []);
  assert.deepEqual(names("RC4-SHA:!RC4"), []);
  assert.deepEqual(names("RC4-SHA:!RC4:RC4"), []);
});

test("`-` removes until it is added again", () => {
  assert.deepEqual(names("RC4-SHA:-RC4"), []);
  assert.deepEqual(names("RC4-SHA:-RC4:RC4-SHA"), ["RC4-SHA"]);
});

test("`+` before a word only moves, between words it means both", () => {
  assert.deepEqual(names("HIGH:!aNULL:+RC4"), []);
  assert.deepEqual(names("RC4+aECDSA"), ["ECDHE-ECDSA-RC4-SHA"]);
  assert.deepEqual(names("kECDHE+3DES+aNULL"), ["AECDH-DES-CBC3-SHA"]);
});

test("every separator of OpenSSL separates, and `@` needs none", () => {
  for (const separator of [":", ",", " ", ";"]) assert.deepEqual(names(`ECDHE+AESGCM${separator}RC4-SHA`), ["RC4-SHA"], separator);
  assert.equal(readCipherList("DEFAULT@SECLEVEL=0").securityLevel, 0);
  assert.equal(readCipherList("DEFAULT:@SECLEVEL=2").securityLevel, 2);
  assert.equal(readCipherList("HIGH:@STRENGTH").securityLevel, undefined);
});

test("classes hold what OpenSSL puts into them", () => {
  assert.deepEqual(weaknesses("ALL"), ["anonymous", "rc4", "short-key", "small-block"]);
  assert.deepEqual(weaknesses("COMPLEMENTOFALL"), ["no-encryption"]);
  assert.deepEqual(weaknesses("eNULL"), ["no-encryption"]);
  assert.deepEqual(weaknesses("NULL"), ["no-encryption"]);
  assert.deepEqual(weaknesses("aNULL:!eNULL"), ["anonymous"]);
  assert.deepEqual(weaknesses("HIGH"), ["anonymous"]);
  assert.deepEqual(weaknesses("HIGH:!aNULL"), []);
  assert.deepEqual(weaknesses("LOW:!aNULL"), ["short-key"]);
  assert.deepEqual(weaknesses("EXPORT:!aNULL"), ["short-key"]);
  assert.deepEqual(weaknesses("ALL:!aNULL:!RC4:!3DES:!DES:!EXPORT:!IDEA"), []);
});

test("what is strong, or the library's own default, has no weak suite", () => {
  for (const list of ["DEFAULT", RECOMMENDED_CIPHERS, "ECDHE+AESGCM:ECDHE+CHACHA20", "PSK-AES128-GCM-SHA256", "", "NO-SUCH-SUITE"])
    assert.deepEqual(names(list), [], list);
});

test("a class of ciphers holds anonymous suites, too, as in OpenSSL", () => {
  assert.deepEqual(names("AESGCM"), ["ADH-AES128-GCM-SHA256", "ADH-AES256-GCM-SHA384"]);
  assert.deepEqual(names("ECDHE+AESGCM"), []);
});

test("static key exchange counts where it is named", () => {
  assert.deepEqual(weaknesses("AES128-SHA"), ["no-forward-secrecy"]);
  assert.ok(weaknesses("kRSA").includes("no-forward-secrecy"));
  assert.deepEqual(weaknesses("HIGH:!aNULL:!kRSA"), []);
});

test("the word that brought a suite in is known", () => {
  assert.equal(readCipherList("ECDHE+AESGCM:MEDIUM:RC4-SHA").weak.find(({ suite }) => suite.name === "RC4-SHA")?.word, "MEDIUM");
});

test("each weakness has a citation", () => {
  for (const { meaning, citation } of Object.values(WEAKNESSES)) {
    assert.match(citation, /RFC \d+|CVE-\d+|NIST/);
    assert.doesNotMatch(meaning, /\.$/);
  }
});

test("weak suites of BoringSSL are those that boring lists", () => {
  const suitesOf = (list: string, library: "boring 4" | "boring 5"): string => {
    const names = readCipherList(list, library).weak.map(({ suite }) => suite.name);
    return names.toSorted().join(" ");
  };
  const static4 = "AES128-GCM-SHA256 AES128-SHA AES256-GCM-SHA384 AES256-SHA DES-CBC3-SHA";
  // What `SslContextRef::ciphers` gave of boring 4.22 and 5.4, as far as it is more than forward secrecy that a class lacks.
  for (const list of ["ALL", "DEFAULT", "HIGH", "ALL:eNULL:aNULL", "3DES"]) assert.equal(suitesOf(list, "boring 4"), "DES-CBC3-SHA");
  for (const list of ["ALL", "DEFAULT", "HIGH", "ALL:eNULL:aNULL", "NULL", "RC4"]) assert.equal(suitesOf(list, "boring 5"), "");
  for (const list of ["3DES", "DES-CBC3-SHA"]) assert.equal(suitesOf(list, "boring 5"), "DES-CBC3-SHA");
  assert.equal(suitesOf("kRSA", "boring 4"), static4);
  assert.equal(suitesOf("kRSA", "boring 5"), static4.replace(" DES-CBC3-SHA", ""));
});

/** Of TLS up to 1.2, as the installed OpenSSL lists them; undefined where there is none. */
function listed(list: string): readonly string[] | undefined {
  const { status, stdout } = spawnSync("openssl", ["ciphers", `${list}:@SECLEVEL=0`], { encoding: "utf8" });
  const all = stdout
    ?.trim()
    .split(":")
    .filter((it) => it !== "" && !it.startsWith("TLS_"));
  return status === 0 ? all : [];
}

const withoutOpenssl = spawnSync("openssl", ["version"]).status === 0 ? false : "openssl is not installed";
test("each keyword selects what OpenSSL selects by it", { skip: process.env["CI"] === "true" ? false : withoutOpenssl }, () => {
  const here = new Set(listed("ALL:COMPLEMENTOFALL"));
  assert.ok(here.size > 100);
  const lists = [
    ...Object.keys(OPENSSL_KEYWORDS),
    ...["DEFAULT", "DEFAULT:aNULL", "HIGH:DEFAULT", "DEFAULT+kRSA", "RSA+AES128", "ECDHE+RSA", "kRSA+AES128-SHA", "HIGH+SHA256"],
    ...["aNULL+AES+SHA1", "ALL:!kRSA:-AES:AES128:+PSK", "HIGH:!aNULL:aNULL", "SUITEB128:AES128-SHA", "AES128-SHA:SUITEB192"],
    ...["ECDHE+NO-SUCH-WORD:AES128-SHA", "HIGH@STRENGTH:eNULL", "AES256,CAMELLIA;ARIA SHA"],
  ];
  for (const list of lists)
    assert.deepEqual(
      suitesIn(list)
        .filter((it) => here.has(it))
        .toSorted(),
      (listed(list) ?? []).toSorted(),
      list,
    );
});

test("a list keeps what is strong in it, whatever the word for that is", () => {
  assert.equal(withoutBroken("AES:RC4-SHA"), "AES:!aNULL");
  assert.equal(withoutBroken("EECDH+AESGCM:3DES"), "EECDH+AESGCM");
  assert.equal(withoutBroken("CHACHA20:MEDIUM"), "CHACHA20");
  assert.equal(withoutBroken("SHA256:kECDHE"), "SHA256:kECDHE:!aNULL:!eNULL:!RC4:!3DES");
});

test("a list of BoringSSL is mended in its own words", () => {
  // What it has no suites for it does not know, and `set_strict_cipher_list` refuses.
  assert.equal(withoutBroken("HIGH", "boring 4"), "HIGH:!3DES");
  assert.equal(withoutBroken("DEFAULT", "boring 4"), "DEFAULT:!3DES");
  assert.equal(withoutBroken("ECDHE:DES-CBC3-SHA", "boring 5"), "ECDHE");
  assert.equal(withoutBroken("ALL:RC4", "boring 5"), undefined);
});
