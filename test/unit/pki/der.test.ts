/** The strict DER reader and the primitive types: each rule of X.690 that certificates live by, and the byte an error names. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { DerReader } from "../../../server/src/pki/der/der.ts";
import { readBitString, readBoolean, readInteger, readOid, readSmallInteger, readTime } from "../../../server/src/pki/der/primitives.ts";
import { colonHex, sha256 } from "../../../server/src/pki/x509/fingerprint.ts";
import { address } from "../../../server/src/pki/x509/names.ts";
import { fromHex, noise, oid, text, tlv } from "../../certificates/build.ts";

/** The error of reading the bytes, as `offset: message`. */
function failure(hex: string, read: (reader: DerReader) => unknown = (reader) => reader.readAny()): string | undefined {
  const reader = new DerReader(fromHex(hex));
  read(reader);
  reader.finish("it");
  return reader.error === undefined ? undefined : `${reader.error.offset}: ${reader.error.message}`;
}

test("tags and lengths", () => {
  assert.equal(failure("30 00"), undefined);
  assert.equal(failure(`04 81 80 ${"00".repeat(128)}`), undefined);
  assert.equal(failure(`04 82 01 00 ${"00".repeat(256)}`), undefined);
  assert.match(failure("04 81 7f") ?? "", /^1: a length that is not minimal/);
  assert.match(failure("04 82 00 ff") ?? "", /^1: a length that is not minimal/);
  assert.match(failure("04 83 00 01 00") ?? "", /^1: a length that is not minimal/);
  assert.match(failure("30 80 00 00") ?? "", /^1: an indefinite length/);
  assert.match(failure("04 85 00 00 00 00 01") ?? "", /^1: a length of 5 bytes/);
  assert.match(failure("1f 81 00") ?? "", /^0: a tag number above 30/);
  assert.match(failure("04 05 00") ?? "", /^0: an element of 5 bytes is cut off after 1/);
  assert.match(failure("04") ?? "", /^1: the data ends within an element/);
  assert.match(failure("04 82 01") ?? "", /^1: the data ends within an element/);
  assert.match(failure("") ?? "", /^0: the data ends/);
  assert.match(failure("04 00 ff") ?? "", /^2: 1 bytes follow it/);
});

test("the first error stays, and reading goes on quietly", () => {
  const reader = new DerReader(fromHex("30 04 04 05 00 00"));
  const inner = reader.inside(reader.readAny());
  const broken = inner.readAny();
  assert.equal(inner.more, false);
  assert.equal(broken.start, broken.end);
  inner.read(0x02, "a number");
  assert.equal(reader.error?.offset, 2);
  assert.equal(new DerReader(fromHex("04 01 00")).apart({ start: 1, end: 2 }).error, undefined);
});

test("integers", () => {
  const read = (reader: DerReader) => readInteger(reader, "n");
  for (const good of ["020100", "02017f", "02020080", "0201ff", "0202ff7f"]) assert.equal(failure(good, read), undefined, good);
  assert.match(failure("0200", read) ?? "", /^0: n is empty/);
  assert.match(failure("02020001", read) ?? "", /^2: n has a superfluous first byte/);
  assert.match(failure("0202ff80", read) ?? "", /^2: n has a superfluous first byte/);
  assert.equal(readSmallInteger(new DerReader(fromHex("020500ffffffff")), "n"), 0xffffffff);
  assert.equal(readSmallInteger(new DerReader(fromHex("0201ff")), "n"), undefined);
  assert.equal(readSmallInteger(new DerReader(fromHex("02060100000000 00")), "n"), undefined);
});

test("booleans and bit strings", () => {
  assert.equal(readBoolean(new DerReader(fromHex("0101ff")), "b"), true);
  assert.equal(readBoolean(new DerReader(fromHex("010100")), "b"), false);
  for (const bad of ["010101", "0100", "0102ffff"])
    assert.match(failure(bad, (reader) => readBoolean(reader, "b")) ?? "", /neither 00 nor FF/);
  const bits = (reader: DerReader) => readBitString(reader, "bits");
  for (const good of ["030100", "03020780", "030200ff"]) assert.equal(failure(good, bits), undefined, good);
  for (const bad of ["0300", "030101", "030208ff", "03020781"]) assert.match(failure(bad, bits) ?? "", /wrong unused bits/, bad);
});

test("object identifiers", () => {
  const of = (bytes: Uint8Array): string => readOid(new DerReader(bytes), "it");
  for (const dotted of ["1.2.840.113549.1.1.11", "2.5.29.17", "0.9.2342.19200300.100.1.25", "1.3.6.1.4.1.11129.2.4.2", "2.999.3"])
    assert.equal(of(oid(dotted)), dotted);
  assert.equal(of(fromHex("0613 6982d0e5c7a0f1a3c7e6f08fd8c1b0a2d5e87f".replaceAll(" ", ""))).startsWith("2.25."), true);
  for (const bad of ["0600", "060180"]) assert.match(failure(bad, (reader) => readOid(reader, "it")) ?? "", /empty, cut off or too long/);
});

test("times: RFC 5280 and nothing else", () => {
  const at = (tag: number, value: string): number | undefined => readTime(new DerReader(tlv(tag, text(value))), "a time").milliseconds;
  assert.equal(at(0x17, "260101000000Z"), Date.UTC(2026, 0, 1));
  assert.equal(at(0x17, "491231235959Z"), Date.UTC(2049, 11, 31, 23, 59, 59));
  assert.equal(at(0x17, "500101000000Z"), Date.UTC(1950, 0, 1));
  assert.equal(at(0x18, "99991231235959Z"), Date.UTC(9999, 11, 31, 23, 59, 59));
  assert.equal(at(0x17, "280229120000Z"), Date.UTC(2028, 1, 29, 12));
  for (const bad of [
    "2601010000Z",
    "260101000000",
    "260101000000+0100",
    "260229000000Z",
    "261301000000Z",
    "260100000000Z",
    "260101240000Z",
    "260101006000Z",
    "260101000060Z",
    "26010100000.Z",
  ])
    assert.equal(at(0x17, bad), undefined, bad);
  for (const bad of ["20260101000000.5Z", "260101000000Z", "00000000000000Z"]) assert.equal(at(0x18, bad), undefined, bad);
});

test("addresses", () => {
  const of = (hex: string): string => address(fromHex(hex));
  assert.equal(of("0a000001"), "10.0.0.1");
  assert.equal(of("20010db8000000000000000000000001"), "2001:db8::1");
  assert.equal(of(`${"00".repeat(15)}01`), "::1");
  assert.equal(of("00".repeat(16)), "::");
  assert.equal(of("fe80000000000000000000000000000000".slice(0, 32)), "fe80::");
  assert.equal(of("20010db8000100000001000000010001"), "2001:db8:1:0:1:0:1:1");
  assert.equal(of("20010db8000000010001000000000001"), "2001:db8:0:1:1::1");
  assert.equal(of("0a0000"), "#0a0000");
});

test("SHA-256 is SHA-256, around every block boundary", () => {
  for (const length of [0, 1, 3, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 1000, 100_000]) {
    const bytes = noise(`sha ${length}`, length);
    assert.equal(Buffer.from(sha256(bytes)).toString("hex"), createHash("sha256").update(bytes).digest("hex"), String(length));
  }
  assert.equal(colonHex(Uint8Array.of(1, 0xab)), "01:AB");
});
