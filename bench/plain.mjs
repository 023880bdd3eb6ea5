/**
 * The same likelihood as a programmer would write it for this one model in plain JavaScript: 64 situations
 * at a time are copied row by row into a block that stays in cache, then value, gradient and the
 * outer-product Hessian. It is what the generated code is measured against, and it checks its numbers.
 */
const block = 64;

/** @param columns K attribute columns, long, `alternatives` rows a situation. @param chosen row of each situation. */
export function plainLogit(columns, chosen, alternatives) {
  const K = columns.length;
  const J = alternatives;
  const X = new Float64Array(block * J * K);
  const P = new Float64Array(J);
  const mean = new Float64Array(K);
  const D = new Float64Array(J * K);
  const W = new Float64Array(J * K);

  const load = (first, count) => {
    for (let k = 0; k < K; k++) {
      const column = columns[k];
      const from = first * J;
      for (let i = 0, at = k; i < count * J; i++, at += K) X[at] = column[from + i];
    }
  };

  /** Σ over one situation; answers ln P of the chosen alternative. */
  const situation = (base, picked, point, gradient, hessian) => {
    let peak = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < J; j++) {
      let v = 0;
      for (let k = 0, at = base + j * K; k < K; k++, at++) v += X[at] * point[k];
      P[j] = v;
      if (v > peak) peak = v;
    }
    const own = P[picked] - peak;
    let total = 0;
    for (let j = 0; j < J; j++) total += P[j] = Math.exp(P[j] - peak);
    mean.fill(0);
    for (let j = 0; j < J; j++) {
      const p = (P[j] /= total);
      for (let k = 0, at = base + j * K; k < K; k++, at++) mean[k] += p * X[at];
    }
    for (let k = 0, at = base + picked * K; k < K; k++, at++) gradient[k] += X[at] - mean[k];
    if (hessian) curvature(base, hessian);
    return own - Math.log(total);
  };

  const curvature = (base, hessian) => {
    for (let j = 0, at = 0; j < J; j++)
      for (let k = 0; k < K; k++, at++) W[at] = P[j] * (D[at] = X[base + at] - mean[k]);
    for (let k = 0; k < K; k += 2) for (let l = k; l < K; l += 2) twoByTwo(k, l, hessian);
  };

  const twoByTwo = (k, l, hessian) => {
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let j = 0, at = 0; j < J; j++, at += K) {
      const [w, v] = [W[at + k], W[at + k + 1]];
      const [x, y] = [D[at + l], D[at + l + 1]];
      a += w * x;
      b += w * y;
      c += v * x;
      d += v * y;
    }
    hessian[k * K + l] -= a;
    hessian[k * K + l + 1] -= b;
    hessian[(k + 1) * K + l] -= c;
    hessian[(k + 1) * K + l + 1] -= d;
  };

  return (point, wantHessian) => {
    const gradient = new Float64Array(K);
    const hessian = wantHessian ? new Float64Array(K * K) : null;
    let value = 0;
    for (let first = 0; first < chosen.length; first += block) {
      const count = Math.min(block, chosen.length - first);
      load(first, count);
      for (let i = 0; i < count; i++)
        value += situation(i * J * K, chosen[first + i] - (first + i) * J, point, gradient, hessian);
    }
    return { value, gradient, hessian };
  };
}
