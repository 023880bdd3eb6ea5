/** Columns → tiles: the inner loops of the fill, one column of one chunk at a time, as plain as they can be. */
import type { Chunk } from "./chunks.ts";
import type { View } from "./view.ts";

/** A chunk and where it goes. */
export interface Part {
  /** Starts at the first tile of all. */
  readonly memory: Float64Array;
  readonly lanes: number;
  readonly table: Int32Array;
  readonly chunk: Chunk;
  readonly start: Int32Array;
  /** Words of every tile, where all have the same. */
  readonly tileWords: number | null;
}

/** One value per situation into word `slot` of each tile. A lane beyond the last situation repeats it; with weight 0. */
export function writeSituations(part: Part, view: View, slot: number, isWeight: boolean): void {
  const { memory, lanes, table, chunk } = part;
  const whole = Math.floor(chunk.situations / lanes);
  if (lanes === 2) pairs(part, view, slot, whole);
  else for (let tile = 0; tile < whole; tile++) writeOne(part, view, slot, tile);
  if (whole === chunk.tiles) return;
  writeOne(part, view, slot, whole);
  const out = (table[2 * (chunk.firstTile + whole)] + slot) * lanes;
  memory[out + 1] = isWeight ? 0 : memory[out];
}

/** The first lane of a tile, or its only one. */
function writeOne(part: Part, { values, offset, step }: View, slot: number, tile: number): void {
  const { memory, lanes, table, chunk } = part;
  memory[(table[2 * (chunk.firstTile + tile)] + slot) * lanes] = values[offset + tile * lanes * step];
}

function pairs(
  { memory, table, chunk, tileWords }: Part,
  { values, offset, step }: View,
  slot: number,
  whole: number,
): void {
  const first = 2 * chunk.firstTile;
  if (tileWords !== null) {
    // Without a look into the table the loop takes half the time.
    let out = 2 * (table[first] + slot);
    for (let n = whole, i = offset; n > 0; n--, out += 2 * tileWords, i += 2 * step) {
      memory[out] = values[i];
      memory[out + 1] = values[i + step];
    }
    return;
  }
  for (let tile = 0, i = offset; tile < whole; tile++, i += 2 * step) {
    const out = 2 * (table[first + 2 * tile] + slot);
    memory[out] = values[i];
    memory[out + 1] = values[i + step];
  }
}

/** One value per row into the records of each tile, `stride` words apart; 0 where a choice set is the shorter one. */
export function writeRows(part: Part, { values, offset }: View, slot: number, stride: number): void {
  const { memory, lanes, table, chunk, start } = part;
  const shift = offset - start[chunk.firstSituation];
  for (let s = 0; s < chunk.tiles * lanes; s++) {
    const tile = 2 * (chunk.firstTile + Math.floor(s / lanes));
    const situation = chunk.firstSituation + Math.min(s, chunk.situations - 1);
    const to = start[situation + 1] + shift;
    let out = (table[tile] + slot) * lanes + (s % lanes);
    const end = out + table[tile + 1] * stride * lanes;
    for (let i = start[situation] + shift; i < to; i++, out += stride * lanes) memory[out] = values[i];
    for (; out < end; out += stride * lanes) memory[out] = 0;
  }
}
