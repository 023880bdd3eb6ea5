/**
 * Places for labels on a line: as near as possible to where they belong, and never closer than `gap`.
 * Neighbours that would overlap are merged and moved as a block, which is least squares under order
 * constraints: pool adjacent violators. Source: Barlow et al. (1972), Statistical inference under order
 * restrictions, section 1.2.
 */
interface Block {
  sum: number;
  count: number;
}

/** The places, in the order of `wanted`, all within [low, high] if there is room. */
export function spread(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b]);
  const top = Math.max(low, high - gap * (wanted.length - 1));
  // Without the gaps, "never closer than gap" is "in this order".
  const blocks: Block[] = [];
  order.forEach((i, rank) => {
    blocks.push({ sum: wanted[i] - gap * rank, count: 1 });
    while (blocks.length > 1 && mean(blocks.at(-2)!) > mean(blocks.at(-1)!)) merge(blocks);
  });
  const places = blocks.flatMap((block) => new Array<number>(block.count).fill(clamp(mean(block), low, top)));
  const result = new Array<number>(wanted.length);
  for (const [rank, i] of order.entries()) result[i] = places[rank] + gap * rank;
  return result;
}

const mean = (block: Block): number => block.sum / block.count;
const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

function merge(blocks: Block[]): void {
  const last = blocks.pop()!;
  const before = blocks.at(-1)!;
  before.sum += last.sum;
  before.count += last.count;
}
