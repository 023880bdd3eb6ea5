/**
 * exp and log beyond double precision, in whole numbers: fixed point with `bits` binary places. Slow and
 * obvious, the judge of faster ones.
 */
const bits = 320n;
export const one = 1n << bits;

/** A double as fixed point. Exact for |x| above 2^-250 or so. */
export function fixed(x: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const raw = view.getBigUint64(0);
  const exponent = Number((raw >> 52n) & 0x7ffn);
  const fraction = raw & ((1n << 52n) - 1n);
  const mantissa = exponent === 0 ? fraction : fraction | (1n << 52n);
  const shift = bits + BigInt(Math.max(exponent, 1) - 1075);
  const size = shift >= 0n ? mantissa << shift : mantissa >> -shift;
  return raw >> 63n ? -size : size;
}

export const times = (a: bigint, b: bigint): bigint => (a * b) >> bits;
export const over = (a: bigint, b: bigint): bigint => (a << bits) / b;

/** The nearest double, up to a few units of its last place in 10^-16 of a unit. */
export function double(x: bigint): number {
  if (x === 0n) return 0;
  const size = x < 0n ? -x : x;
  const length = BigInt(size.toString(2).length);
  const cut = length > 64n ? length - 64n : 0n;
  const value = Number(size >> cut) * 2 ** Number(cut - bits);
  return x < 0n ? -value : value;
}

/** Σ x^k / k!, after halving until small. */
export function exp(x: bigint): bigint {
  const halvings = 16n + BigInt(((x < 0n ? -x : x) / one).toString(2).length);
  const small = x >> halvings;
  let term = one;
  let sum = one;
  for (let k = 1n; term !== 0n && term !== -1n; k++) {
    term = times(term, small) / k;
    sum += term;
  }
  for (let i = 0n; i < halvings; i++) sum = times(sum, sum);
  return sum;
}

/** 2 artanh((m − 1)/(m + 1)) + k ln 2, with x = m 2^k. */
export function log(x: bigint): bigint {
  let [m, k] = [x, 0n];
  for (; m > (3n * one) / 2n; k++) m >>= 1n;
  for (; m < (3n * one) / 4n; k--) m <<= 1n;
  return series(m) + k * ln2();
}

function series(m: bigint): bigint {
  const s = over(m - one, m + one);
  const square = times(s, s);
  let power = s;
  let sum = 0n;
  for (let n = 1n; power !== 0n && power !== -1n; n += 2n) {
    sum += power / n;
    power = times(power, square);
  }
  return 2n * sum;
}

let known: bigint | undefined;
const ln2 = (): bigint => (known ??= -series(one >> 1n));
