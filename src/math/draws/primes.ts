/** The n-th prime, from 2 at n = 0 on: the base of a Halton sequence's dimension. */
export function prime(n: number): number {
  for (let candidate = primes.at(-1)! + 2; primes.length <= n; candidate += 2)
    if (primes.every((known) => candidate % known !== 0)) primes.push(candidate);
  return primes[n];
}

const primes = [2, 3];
