/**
 * The incomplete gamma function, regularised: P(a, x) below and Q(a, x) = 1 − P above, each computed where
 * it is the small one, so that neither loses its tail. Both tails of the normal and the chi-square law
 * follow from it.
 *
 * Series DLMF 8.11.4 for x < a + 1, Legendre's continued fraction DLMF 8.9.2 (modified Lentz) beyond;
 * ln Γ by Stirling's series DLMF 5.11.1 after shifting the argument above 10.
 */
export interface Tails {
  /** P(a, x), the probability below. */
  readonly lower: number;
  /** Q(a, x), the probability above. */
  readonly upper: number;
}

const enough = 1e-17;
const tiny = 1e-300;

/** Both tails of the gamma law of shape a > 0 at x ≥ 0. NaN outside. */
export function gammaTails(a: number, x: number): Tails {
  if (!(a > 0) || !(x >= 0)) return { lower: Number.NaN, upper: Number.NaN };
  if (x === Number.POSITIVE_INFINITY) return { lower: 1, upper: 0 };
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    const lower = x === 0 ? 0 : (front / a) * series(a, x);
    return { lower, upper: 1 - lower };
  }
  const upper = front * fraction(a, x);
  return { lower: 1 - upper, upper };
}

function series(a: number, x: number): number {
  let sum = 1;
  for (let n = 1, term = 1; term > enough * sum; n++) sum += term *= x / (a + n);
  return sum;
}

function fraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < 10_000; n++) {
    const top = n * (a - n);
    b += 2;
    d = 1 / nonzero(top * d + b);
    c = nonzero(b + top / c);
    value *= c * d;
    if (Math.abs(c * d - 1) < 2e-16) break;
  }
  return value;
}

const nonzero = (v: number): number => (Math.abs(v) < tiny ? tiny : v);

/** ln Γ(a) for a > 0. */
export function logGamma(a: number): number {
  let shift = 1;
  let z = a;
  for (; z < 10; z++) shift *= z;
  const w = 1 / (z * z);
  const tail =
    1 / 12 - w * (1 / 360 - w * (1 / 1260 - w * (1 / 1680 - w * (1 / 1188 - w * (691 / 360360 - w / 156)))));
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + tail / z - Math.log(shift);
}
