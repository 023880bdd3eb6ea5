/** Which of `count` stretches one after the other, the first of which begins at 0, holds a place. Empty ones hold none. */
export function placeIn(count: number, begins: (stretch: number) => number, at: number): number {
  let low = 0;
  for (let high = count - 1; low < high; ) {
    const middle = (low + high + 1) >> 1;
    if (begins(middle) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}
