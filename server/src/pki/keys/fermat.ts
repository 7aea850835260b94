/** Fermat's method: a product of two numbers near its root is a difference of squares, and found by looking for the larger one from the root on. */

/** As many rounds as CA/Browser Forum Baseline Requirements 6.1.1.3 ask for. */
const ROUNDS = 100;

/** `bits`: how many the modulus has. */
export function hasClosePrimes(modulus: bigint, bits: number): boolean {
  // The first square not below the modulus is that of this root, or of one of the next two numbers.
  const root = rootNear(modulus, bits);
  const n = Number(modulus % SIEVE);
  const first = Number(root % SIEVE);
  let side64 = (first * first - n) & 63;
  let root64 = first & 63;
  let rootM = first % MODULUS;
  let sideM = (rootM * rootM + MODULUS - (n % MODULUS)) % MODULUS;
  for (let round = 0; round < ROUNDS + 2; round++) {
    // Squares leave few remainders, and those of each round follow from the last one's.
    if (SQUARES_64[side64] === 1 && SQUARES[sideM] === 1 && isFactored(modulus, root + BigInt(round))) return true;
    side64 = (side64 + 2 * root64 + 1) & 63;
    root64 = (root64 + 1) & 63;
    sideM = (sideM + 2 * rootM + 1) % MODULUS;
    rootM = rootM + 1 === MODULUS ? 0 : rootM + 1;
  }
  return false;
}

const MODULUS = 45_045;
const SIEVE = BigInt(64 * MODULUS);
const squaresBelow = (modulus: number): Uint8Array => {
  const squares = new Uint8Array(modulus);
  for (let it = 0; it < modulus; it++) squares[(it * it) % modulus] = 1;
  return squares;
};
const SQUARES_64 = squaresBelow(64);
const SQUARES = squaresBelow(MODULUS);
/** Of what passes the first sieve, this one lets one in fifty through. */
const PRIMES = [17, 19, 23, 29, 31, 37] as const;
const PRODUCT = BigInt(PRIMES.reduce((product, prime) => product * prime, 1));
const SQUARES_OF = PRIMES.map(squaresBelow);

/** Whether the square lies by another square above the modulus, and within the rounds. */
function isFactored(modulus: bigint, root: bigint): boolean {
  const side = root * root - modulus;
  const rest = Number(side % PRODUCT);
  if (side < 0n || PRIMES.some((prime, index) => SQUARES_OF[index]?.[rest % prime] === 0)) return false;
  const other = rootNear(side, side.toString(16).length * 4);
  const isSquare = [other, other + 1n, other + 2n].some((it) => it * it === side);
  return isSquare && (root - BigInt(ROUNDS)) ** 2n < modulus;
}

/** Of as many bits a floating-point root is off by one at most. */
const SMALL_BITS = 96;

/** Newton's method with as many digits as are right already: each step doubles them. */
interface Steps {
  /** What is left out at first. */
  readonly start: bigint;
  readonly next: readonly { readonly raise: bigint; readonly leave: bigint }[];
}
/** Keys are of few sizes. */
const STEPS = new Map<number, Steps>();

function stepsFor(bits: number): Steps {
  const next: Steps["next"][number][] = [];
  let left = 0;
  for (let rest = bits; rest > SMALL_BITS; ) {
    // Two digits more than half of them are there before the step.
    const lower = Math.floor(rest / 4) - 2;
    next.unshift({ raise: BigInt(lower - 1), leave: BigInt(left + lower + 1) });
    left += 2 * lower;
    rest -= 2 * lower;
  }
  return { start: BigInt(left), next };
}

/** The square root, rounded up, or one or two less. `bits`: the length of the value. */
function rootNear(value: bigint, bits: number): bigint {
  const steps = STEPS.get(bits) ?? stepsFor(bits);
  STEPS.set(bits, steps);
  let root = BigInt(Math.floor(Math.sqrt(Number(value >> steps.start))));
  for (const { raise, leave } of steps.next) root = (root << raise) + (value >> leave) / root;
  return root;
}
