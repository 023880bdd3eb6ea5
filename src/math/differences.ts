/**
 * Derivatives by central differences with Richardson's extrapolation: the judge of exact derivatives in
 * tests, never part of a fit. Error about 1e-10 of the function's size where it is smooth.
 *
 * f'(x) ≈ (4 D(h/2) − D(h)) / 3 with D(h) = (f(x+h) − f(x−h)) / 2h, repeated over halved steps.
 * Source: Richardson & Gaunt (1927); Ridders (1982), Adv. Eng. Software 4:75.
 */

/** ∂f/∂x_k for every k. `step` is relative to max(|x_k|, 1). */
export function gradientByDifferences(
  f: (x: Float64Array) => number,
  x: Float64Array,
  step = 0.02,
): Float64Array {
  return x.map((value, k) =>
    derivative((moved) => f(x.with(k, moved)), value, step * Math.max(Math.abs(value), 1)),
  );
}

/** The Jacobian of a gradient: K × K, row by row, not made symmetric. */
export function hessianByDifferences(
  gradient: (x: Float64Array) => Float64Array,
  x: Float64Array,
  step = 0.02,
): Float64Array {
  const size = x.length;
  const out = new Float64Array(size * size);
  for (let k = 0; k < size; k++) {
    const column = gradientsAlong(gradient, x, k, step);
    for (let row = 0; row < size; row++) out[row * size + k] = column[row];
  }
  return out;
}

function gradientsAlong(
  gradient: (x: Float64Array) => Float64Array,
  x: Float64Array,
  k: number,
  step: number,
): Float64Array {
  const known = new Map<number, Float64Array>();
  const at = (value: number): Float64Array => {
    if (!known.has(value)) known.set(value, gradient(x.with(k, value)));
    return known.get(value)!;
  };
  return x.map((_, row) => derivative((value) => at(value)[row], x[k], step * Math.max(Math.abs(x[k]), 1)));
}

/** f'(x), by Neville's table over halved steps; the entry whose neighbours agree best is taken. */
export function derivative(f: (x: number) => number, x: number, step: number): number {
  const halvings = 6;
  let row: number[] = [];
  let best = Number.NaN;
  let error = Number.POSITIVE_INFINITY;
  for (let i = 0, h = step; i < halvings; i++, h /= 2) {
    const next = [(f(x + h) - f(x - h)) / (2 * h)];
    for (let j = 1; j <= i; j++) next[j] = next[j - 1] + (next[j - 1] - row[j - 1]) / (4 ** j - 1);
    for (let j = 1; j <= i; j++) {
      const doubt = Math.max(Math.abs(next[j] - next[j - 1]), Math.abs(next[j] - row[j - 1]));
      if (doubt < error) [error, best] = [doubt, next[j]];
    }
    row = next;
  }
  return best;
}
