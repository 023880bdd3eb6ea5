/** The length of the longest choice set. */
import type { Source } from "../program/core.ts";

export function longestSet({ start }: Source): number {
  let longest = 0;
  for (let s = 1; s < start.length; s++) longest = Math.max(longest, start[s] - start[s - 1]);
  return longest;
}
