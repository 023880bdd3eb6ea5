/** Whether log-likelihoods that stand side by side may be compared, in words. */
import type { Fit } from "../fit/index.ts";
import { indicatorsOf } from "../spec/index.ts";

export function sampleNotes(fits: readonly Fit[]): string[] {
  const differ = (of: (fit: Fit) => string | number): boolean => new Set(fits.map(of)).size > 1;
  return [
    ...(differ(({ situations }) => situations)
      ? ["The fits do not use the same choices: log-likelihoods cannot be compared."]
      : []),
    ...(differ(({ resolved }) => indicatorsOf(resolved).join())
      ? ["The log-likelihoods do not count the same indicators: they cannot be compared."]
      : []),
  ];
}
