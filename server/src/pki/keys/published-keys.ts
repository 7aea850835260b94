/**
 * Keys whose private half is published: in examples that people copy, in test suites and in standards. Read from their repositories in
 * November 2026; the pin of RFC 7469 for each, and where it comes from.
 */
import type { PublicKey } from "../x509/algorithms.ts";

/** By four bytes of the SubjectPublicKeyInfo that lie within the key, so that no digest is made for others; completes "is published …". */
const PUBLISHED: Readonly<Record<string, readonly [pin: string, where: string]>> = {
  "703166e1": ["oekVYFTgT6yJmunydRMs3Ael28TqLCrTof/G4NJTaB8=", "in RFC 8410, 10.3"],
  d00aa2e0: ["ZO695NlKhhyhsGKhA+9R1NiiwbCiEzg4GYIw6chUB+0=", "with the tests of Go's `net/http`"],
  "6d83bd73": ["oRloWQkMzzPPU1UFXgSg1vOGnqu6x8TEF+4rlc/wE9Q=", "with the tests of gRPC"],
  // github.com/actix/examples, https-tls
  "13f9cab7": ["HTzwccG1qzHbKIevt8X4AU6KMK4o+344PFPkFuoZCKI=", "with the examples of Actix"],
  "5e48430d": ["5CSsIj79QOdrgIhVhQ/0IclNS2YAAhl4pRYUNe6hLso=", "with the examples of Actix"],
  "16141dc2": ["UjcgUvZapI3eb55FYOqGulp6YgcGpLw/Wjmn/qVGtHI=", "with the examples of Actix"],
  "85310a49": ["XiJvJ4m671/ilQrEvz/qnbe4bpnlLdza2b7Vm4QwZFM=", "with the examples of Actix"],
  ad025f59: ["GoEflkbTXdHl0yNndiijx2G51ZPS+r4LCrdS7CQQuHo=", "with the examples of Actix"],
  b35f9c62: ["zhg1EkFkn7bn+0TDx1mkG18m+PDzlKgzCjrX0reMDns=", "with the examples of Actix"],
  // github.com/hyperium/tonic, examples/data/tls and interop/data
  "1815dfd0": ["q4GSTLhXfi2pn99AhcR4NhFK/VNZmxpubRV4gWmvbKw=", "with the examples of tonic"],
  "8f15ba0e": ["qa5G/p23diEdmI4tEbfDVqxgRxxlQwCOmLAA5vgqhdE=", "with the examples of tonic"],
  e1c5c251: ["SSCVv7o2XEeaQWZ4rC9l76p2MD9XGld9RpBJLXXW/SQ=", "with the examples of tonic"],
  "6965e123": ["qDza/mVNPeEtIXWHm3Q1Wx6a9p3OpETN1LXTP+ZMgKo=", "with the examples of tonic"],
  "1601ccd8": ["oK74QaWG+ECfZFZFghlkmw42EYFRmIuT33oS6NHBOhA=", "with the examples of tonic"],
  "8d3c6f8d": ["+AgvbmxZ22y8vbuEtFwWsdsPF65pYQvxIE+0WO+/T0Q=", "with the examples of tonic"],
  ca7eaf5e: ["qNCGvv+C3llLp7u3ILv/PC+58IfGskdXpvrDttbjweE=", "with the tests of tonic"],
  // github.com/seanmonstar/warp, examples/tls
  daabd67a: ["nPEXaxYBKsWgVUwjKPFs1TltopnSDvQBrnMnjVAWrAs=", "with the examples of warp"],
  // github.com/rwf2/Rocket, examples/tls/private
  cca7f56f: ["cQInCAYQMcsOsLdKggmKidx4PzACSmMYZs6jd43RAww=", "with the examples of Rocket"],
  "4df51b83": ["p9VL4zqDtTnvvl0P1ut6I2Sl0tS5yJgyzKrJZTTg3jo=", "with the examples of Rocket"],
  "11143bc1": ["AQqG1xzV8NaEV8NO6Inq0Gp1ncByFkHZ/hayk7aQ8wM=", "with the examples of Rocket"],
  af743374: ["OBk59xXAYdSIq5lkN2dnCxcEe4Xabe3/lJndE4wAX9M=", "with the examples of Rocket"],
  c3f30c48: ["oNqgaYjfjR01Tig391HAZT2Ew0vrNepssbn9GhgrFKs=", "with the examples of Rocket"],
  "8fb5d133": ["D5HKh8wQ5Ulfwa5M06yDOb4wowgVfaurzcBb8cqWvj0=", "with the examples of Rocket"],
  "5d762283": ["Cs9EULocfGUWLDIVFAqH/EOuQXIBV48B57cr7pZSeBA=", "with the examples of Rocket"],
  // github.com/tokio-rs/axum, examples
  "1fd54304": ["DeBYx0oLurjUJ/oplrttcbeWmOByb1HW5RQQBvRpbbE=", "with the examples of axum"],
};
/** Where the four bytes stand in a SubjectPublicKeyInfo. */
const SAMPLE = 40;
const SAMPLES: ReadonlySet<number> = new Set(Object.keys(PUBLISHED).map((it) => Number.parseInt(it, 16)));
const BY_PIN: ReadonlyMap<string, string> = new Map(Object.values(PUBLISHED).map(([pin, where]) => [`sha256/${pin}`, where]));

/** Where the private half of a key is published. `der`: what holds it. */
export function publishedAt(der: Uint8Array, key: PublicKey): string | undefined {
  let sample = 0;
  for (let at = key.start + SAMPLE; at < key.start + SAMPLE + 4; at++) sample = (sample << 8) | (der[at] ?? 0);
  return SAMPLES.has(sample >>> 0) ? BY_PIN.get(key.pin) : undefined;
}

/** Of a private key, by its pin. */
export const publishedPin = (pin: string | undefined): string | undefined => (pin === undefined ? undefined : BY_PIN.get(pin));
