/**
 * The data as the generated loop reads them: tiles of `lanes` situations, columns side by side, in chunks.
 * Chunks that fit the budget stay in place once filled; the others share one place and are filled anew on
 * every pass, so memory stays flat however long the data are.
 */
import type { Layout, Source } from "../program/index.ts";
import { type Reader, readers, type Users, type View } from "./readers.ts";

/** Doubles of one chunk (half of the second-level cache) and of all chunks that stay resident. */
const chunkDoubles = 64 * 1024;
const residentDoubles = 8 * 1024 * 1024;
const fewestTiles = 32;

export interface Chunk {
  readonly firstTile: number;
  readonly tiles: number;
  readonly firstSituation: number;
  readonly situations: number;
  /** Word where it lies, counted from the start of the tiles. */
  readonly word: number;
  readonly resident: boolean;
}

export class Tiles {
  readonly lanes: number;
  readonly layout: Layout;
  readonly chunks: readonly Chunk[];
  /** Words that all chunks take together. */
  readonly words: number;
  /** For every tile: its first word and the length of its choice sets. */
  readonly table: Int32Array;
  private readonly source: Source;
  private readonly situationReaders: readonly Reader[];
  private readonly axisReaders: readonly Reader[];
  private readonly filled = new Set<Chunk>();

  constructor(layout: Layout, source: Source, users: Users, lanes: number) {
    this.layout = layout;
    this.source = source;
    this.lanes = lanes;
    this.situationReaders = readers([...layout.situationSlots.keys()], source, users);
    this.axisReaders = readers([...layout.axisSlots.keys()], source, users);
    const tiles = Math.ceil(source.situations / lanes);
    this.table = new Int32Array(2 * tiles);
    this.chunks = this.plan(tiles);
    this.words = this.chunks.reduce((most, chunk) => Math.max(most, chunk.word + this.chunkWords(chunk)), 0);
  }

  private tileWords(tile: number): number {
    return this.layout.tileWords(this.table[2 * tile + 1]);
  }

  private chunkWords({ firstTile, tiles }: Chunk): number {
    let words = 0;
    for (let tile = firstTile; tile < firstTile + tiles; tile++) words += this.tileWords(tile);
    return words;
  }

  /** Cuts the tiles into chunks and gives each its place. */
  private plan(tiles: number): Chunk[] {
    for (let tile = 0; tile < tiles; tile++) this.table[2 * tile + 1] = this.longest(tile);
    const chunks: Chunk[] = [];
    let word = 0;
    for (let tile = 0; tile < tiles; ) {
      const first = tile;
      let words = 0;
      while (tile < tiles && (words < chunkDoubles / this.lanes || tile - first < fewestTiles))
        words += this.tileWords(tile++);
      // Once a chunk is streamed, all that follow share its place.
      const resident = (chunks.at(-1)?.resident ?? true) && (word + words) * this.lanes <= residentDoubles;
      chunks.push(this.chunk(first, tile - first, word, resident));
      if (resident) word += words;
    }
    return chunks;
  }

  private chunk(firstTile: number, tiles: number, word: number, resident: boolean): Chunk {
    let next = word;
    for (let tile = firstTile; tile < firstTile + tiles; tile++) {
      this.table[2 * tile] = next;
      next += this.tileWords(tile);
    }
    const firstSituation = firstTile * this.lanes;
    const situations = Math.min(tiles * this.lanes, this.source.situations - firstSituation);
    return { firstTile, tiles, firstSituation, situations, word, resident };
  }

  private longest(tile: number): number {
    if (this.layout.longest === 0) return 0;
    const { start, situations } = this.source;
    const from = tile * this.lanes;
    let most = 0;
    for (let s = from; s < Math.min(from + this.lanes, situations); s++)
      most = Math.max(most, start[s + 1] - start[s]);
    return most;
  }

  /** Puts a chunk's data in place, unless they are there already. `memory` starts at the first tile. */
  fill(chunk: Chunk, memory: Float64Array): void {
    if (chunk.resident && this.filled.has(chunk)) return;
    for (const reader of this.situationReaders) this.fillPart(reader, chunk, memory, this.writeSituations);
    for (const reader of this.axisReaders) this.fillPart(reader, chunk, memory, this.writeRows);
    this.filled.add(chunk);
  }

  /** Writes a part; if anything in it is not finite, writes what can be mended, or complains. */
  private fillPart(reader: Reader, chunk: Chunk, memory: Float64Array, write: typeof this.writeRows): void {
    if (reader.expr.op === "output") return;
    const { firstSituation, situations } = chunk;
    if (write.call(this, reader.view(firstSituation, situations), reader, chunk, memory)) return;
    write.call(this, reader.mended(firstSituation, situations), reader, chunk, memory);
  }

  /** Answers whether every value was finite. */
  private writeSituations(
    { values, offset, step }: View,
    { slot, expr }: Reader,
    chunk: Chunk,
    memory: Float64Array,
  ): boolean {
    const { lanes, table } = this;
    const { situations, firstTile } = chunk;
    const stride = step * lanes;
    let check = 0;
    let out = 0;
    for (let tile = firstTile, s = 0, i = offset; s < situations; tile++, s += lanes, i += stride) {
      out = (table[2 * tile] + slot) * lanes;
      const first = values[i];
      memory[out] = first;
      check += first * 0;
      if (lanes === 1 || s + 1 >= situations) continue;
      const second = values[i + step];
      memory[out + 1] = second;
      check += second * 0;
    }
    // A lane beyond the last situation repeats it with weight 0.
    if (situations % lanes === 1)
      memory[out + 1] = expr.op === "given" && expr.name === "weight" ? 0 : memory[out];
    return check === 0;
  }

  private writeRows({ values, offset }: View, { slot }: Reader, chunk: Chunk, memory: Float64Array): boolean {
    const { lanes, table, layout } = this;
    const { start } = this.source;
    const stride = layout.axisSlots.size * lanes;
    const shift = offset - start[chunk.firstSituation];
    let check = 0;
    for (let s = 0; s < chunk.tiles * lanes; s++) {
      const tile = chunk.firstTile + Math.floor(s / lanes);
      const situation = chunk.firstSituation + Math.min(s, chunk.situations - 1);
      const from = start[situation] + shift;
      const to = start[situation + 1] + shift;
      let out = (table[2 * tile] + layout.situationSlots.size + slot) * lanes + (s % lanes);
      for (let i = from; i < to; i++, out += stride) {
        memory[out] = values[i];
        check += values[i] * 0;
      }
      for (let j = to - from; j < table[2 * tile + 1]; j++, out += stride) memory[out] = 0;
    }
    return check === 0;
  }

  /** The values of an output that a kernel stored into its slot: per situation, or per row. */
  read(chunk: Chunk, memory: Float64Array, slot: number, axis: boolean): Float64Array {
    const { lanes, table, layout } = this;
    const { start } = this.source;
    const last = chunk.firstSituation + chunk.situations;
    const out = new Float64Array(axis ? start[last] - start[chunk.firstSituation] : chunk.situations);
    let next = 0;
    for (let s = 0; s < chunk.situations; s++) {
      const tile = chunk.firstTile + Math.floor(s / lanes);
      const situation = chunk.firstSituation + s;
      const length = axis ? start[situation + 1] - start[situation] : 1;
      const offset = axis ? layout.situationSlots.size + slot : slot;
      for (let j = 0; j < length; j++) {
        out[next++] = memory[(table[2 * tile] + offset + j * layout.axisSlots.size) * lanes + (s % lanes)];
      }
    }
    return out;
  }
}
