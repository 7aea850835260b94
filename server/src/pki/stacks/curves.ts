/** Whether a public key is a point of its curve: OpenSSL does not decode one that is not. */
import { CURVE_PARAMETERS, isWeierstrass, widthOf } from "../keys/curve-parameters.ts";
import { numberOf, power, remainder } from "../keys/numbers.ts";

/** Points of curves that are not known here are believed. */
export function isPoint(curve: string | undefined, key: Uint8Array): boolean {
  const [form = 0] = key;
  if (![2, 3, 4, 6, 7].includes(form)) return false;
  if (curve === undefined || !isWeierstrass(curve)) return true;
  const { p, a, b } = CURVE_PARAMETERS[curve];
  const width = widthOf(p);
  const compressed = form < 4;
  if (key.length !== 1 + width * (compressed ? 1 : 2)) return false;
  const x = numberOf(key, 1, 1 + width);
  if (x >= p) return false;
  const square = (x ** 3n + a * x + b) % p;
  // Euler's criterion.
  if (compressed) return square === 0n || power(square, (p - 1n) / 2n, p) === 1n;
  const y = numberOf(key, 1 + width);
  // The hybrid forms say twice which of the two points it is.
  return y < p && remainder(square - y * y, p) === 0n && (form === 4 || (y & 1n) === BigInt(form & 1));
}
