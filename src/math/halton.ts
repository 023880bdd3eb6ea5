/** The Halton sequence: draw n in base b is n written in base b, mirrored at the point. Source: Halton (1960). */
export function radicalInverse(index: number, base: number): number {
  let value = 0;
  let fraction = 1 / base;
  for (let rest = index; rest > 0; rest = Math.floor(rest / base), fraction /= base)
    value += (rest % base) * fraction;
  return value;
}

/** One prime per dimension. */
export const primes: readonly number[] = [
  2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71,
];
