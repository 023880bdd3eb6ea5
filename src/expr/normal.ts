/**
 * The standard normal law as functions that keep their digits in both tails, where probit likelihoods live:
 * Φ, ln Φ and the inverse Mills ratio φ/Φ.
 *
 * All rest on Mills' ratio m(x) = (1 − Φ(x))/φ(x) of x ≥ 0: (x + 3/2) m(x) is a polynomial of degree 23 in
 * t = (x − 11/2)/(x + 11/2), to one unit of the last place. Method: Schonfelder (1978), Mathematics of
 * Computation 32:1232; the coefficients are the Chebyshev expansion, computed with 60 digits.
 */
export const mills = {
  centre: 5.5,
  shift: 1.5,
  /** Beyond it m(x) is 1/x to all digits, and infinity needs no case of its own. */
  largest: 1e150,
  coefficients: [
    1.234260900299719, -0.38766268853887453, 0.22979896196908636, -0.0972930675986264, 0.012968558389228757,
    0.02360061201233518, -0.028058124551077375, 0.01889672979158217, -0.00879442867510534,
    0.0026568343933525283, -0.0002719101908001735, -0.00018188765086157044, 9.112575590837042e-5,
    -4.453676912579752e-6, -1.0330224390747007e-5, 2.770680571042315e-6, 9.17300124715231e-7,
    -5.24689741477533e-7, -7.181217642964317e-8, 8.228496481963528e-8, 4.978520123691607e-9,
    -1.087620454205524e-8, -2.524120045049732e-10, 8.817901564602219e-10,
  ],
} as const;

export const logRootTwoPi = 0.9189385332046728;
export const inverseRootTwoPi = 0.3989422804014327;

/** m(x) for x ≥ 0. */
function ratio(x: number): number {
  const at = Math.min(x, mills.largest);
  const t = (at - mills.centre) / (at + mills.centre);
  let sum = 0;
  for (let i = mills.coefficients.length - 1; i >= 0; i--) sum = sum * t + mills.coefficients[i];
  return sum / (at + mills.shift);
}

const density = (x: number): number => Math.exp(-0.5 * x * x) * inverseRootTwoPi;

/** Φ(x): the probability that a standard normal is below x. */
export function normalCdf(x: number): number {
  const tail = density(x) * ratio(Math.abs(x));
  return x < 0 ? tail : 1 - tail;
}

/** ln Φ(x), also where Φ(x) is 0 or 1 in double precision. */
export function logNormalCdf(x: number): number {
  const m = ratio(Math.abs(x));
  return x < 0 ? Math.log(m) - 0.5 * x * x - logRootTwoPi : Math.log1p(-density(x) * m);
}

/** φ(x)/Φ(x), the derivative of ln Φ(x). */
export function inverseMills(x: number): number {
  const m = ratio(Math.abs(x));
  return x < 0 ? 1 / m : density(x) / (1 - density(x) * m);
}
