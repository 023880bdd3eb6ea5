/**
 * exp and log as unevaluated sums of two doubles (about 100 bits): fast enough for millions of arguments.
 * Judged themselves by the fixed-point ones. Source: Dekker (1971); Hida, Li & Bailey (2001).
 */
export type Double = readonly [high: number, low: number];

function twoSum(a: number, b: number): Double {
  const s = a + b;
  const t = s - a;
  return [s, a - (s - t) + (b - t)];
}

function split(a: number): Double {
  const c = 134217729 * a;
  const high = c - (c - a);
  return [high, a - high];
}

function twoProduct(a: number, b: number): Double {
  const p = a * b;
  const [a1, a2] = split(a);
  const [b1, b2] = split(b);
  return [p, a2 * b2 - (p - a1 * b1 - a2 * b1 - a1 * b2)];
}

const add = ([a, b]: Double, [c, d]: Double): Double => {
  const [s, e] = twoSum(a, c);
  const [t, f] = twoSum(b, d);
  const [u, v] = twoSum(s, e + t);
  return twoSum(u, v + f);
};
const times = ([a, b]: Double, [c, d]: Double): Double => {
  const [p, e] = twoProduct(a, c);
  return twoSum(p, e + a * d + b * c);
};
const over = ([a, b]: Double, [c, d]: Double): Double => {
  const q = a / c;
  const [p, e] = twoProduct(q, c);
  return twoSum(q, (a - p - e + b - q * d) / c);
};
const scale = ([a, b]: Double, power: number): Double => [a * power, b * power];

const ln2: Double = [Math.LN2, 2.3190468138462996e-17];
/** 1/k! to twice the precision, from exact quotients. */
const inverseFactorials: readonly Double[] = (() => {
  const all: Double[] = [[1, 0]];
  for (let k = 1; k <= 14; k++) {
    const [a, b] = all[k - 1];
    const q = a / k;
    const [p, e] = twoProduct(q, k);
    all.push(twoSum(q, (a - p - e + b) / k));
  }
  return all;
})();

/** e^x as (value, power of two), so that neither end of the range is lost. */
export function expParts(x: Double): { value: Double; power: number } {
  const power = Math.round(x[0] / ln2[0]);
  const r = add(x, times([-power, 0], ln2));
  const small = scale(r, 2 ** -6);
  let sum = inverseFactorials[14];
  for (let k = 13; k >= 0; k--) sum = add(times(sum, small), inverseFactorials[k]);
  for (let i = 0; i < 6; i++) sum = times(sum, sum);
  return { value: sum, power };
}

/** x is positive and finite. */
export const log = (x: number): Double => (Math.abs(x - 1) < 1 / 4 ? logNearOne(x) : logOfAny(x));

/** ln x = 2 artanh(s) with s = f/(2 + f), f = x − 1: nothing cancels. */
function logNearOne(x: number): Double {
  const f = x - 1;
  const s = over([f, 0], twoSum(2, f));
  const square = times(s, s);
  let sum: Double = [0, 0];
  for (let n = 41; n >= 1; n -= 2) sum = add(times(sum, square), over([1, 0], [n, 0]));
  return scale(times(s, sum), 2);
}

/** ln x = y + ln(x e^−y), one step from the double nearest. */
function logOfAny(x: number): Double {
  const lift = x < 1e-290 ? 2 ** 80 : 1;
  const exponent = Math.floor(Math.log2(x * lift));
  const m = (x * lift) / 2 ** exponent;
  const y = Math.log(m);
  const { value, power } = expParts([-y, 0]);
  const [e, f] = add(scale(times([m, 0], value), 2 ** power), [-1, 0]);
  const fraction = add([y, 0], add([e, f], [-(e * e) / 2, 0]));
  return add(times([exponent - (lift > 1 ? 80 : 0), 0], ln2), fraction);
}

/** Distance between two doubles at this size. */
export const ulp = (x: number): number => 2 ** Math.max(Math.floor(Math.log2(Math.abs(x))) - 52, -1074);
