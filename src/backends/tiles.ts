/**
 * The data as the generated loop reads them: tiles of `lanes` situations, columns side by side, in chunks.
 * Chunks that fit the budget stay in place once filled; the others share one place and are filled anew on
 * every pass, so memory stays flat however long the data are.
 */
import type { Layout, Source } from "../program/core.ts";
import type { Chunk, Chunks, Limits } from "./chunks.ts";
import { Looking } from "./looking.ts";
import { type Reader, readers, type Users } from "./readers.ts";
import { sameRoom } from "./room.ts";
import { writeRows, writeSituations } from "./write.ts";

export class Tiles implements Chunks {
  readonly lanes: number;
  readonly layout: Layout;
  readonly chunks: readonly Chunk[];
  readonly words: number;
  /** For every tile: its first word and the length of its choice sets. */
  readonly table: Int32Array;
  private readonly source: Source;
  private readonly situationReaders: readonly Reader[];
  private readonly axisReaders: readonly Reader[];
  private readonly filled = new Set<Chunk>();
  private readonly looking: Looking;

  /** @param cuts first tiles of the chunks, and the end, where they are given; else as many as the limits allow. */
  constructor(
    layout: Layout,
    source: Source,
    users: Users,
    lanes: number,
    limits: Limits,
    cuts?: readonly number[],
  ) {
    this.layout = layout;
    this.source = source;
    this.looking = new Looking(source);
    this.lanes = lanes;
    this.situationReaders = byColumn(readers([...layout.situationSlots.keys()], source, users, sameRoom()));
    this.axisReaders = readers([...layout.axisSlots.keys()], source, users, sameRoom());
    const tiles = Math.ceil(source.situations / lanes);
    this.table = new Int32Array(2 * tiles);
    this.chunks = this.plan(tiles, limits, cuts);
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

  /** Cuts the tiles into chunks and gives each its place: behind the last resident one for all that are not. */
  private plan(
    tiles: number,
    { chunkDoubles, residentDoubles, fewestTiles }: Limits,
    cuts?: readonly number[],
  ): Chunk[] {
    for (let tile = 0; tile < tiles; tile++) this.table[2 * tile + 1] = this.longest(tile);
    const chunks: Chunk[] = [];
    let word = 0;
    for (let tile = 0; tile < tiles; ) {
      const first = tile;
      let words = 0;
      const goesOn = (): boolean =>
        cuts
          ? tile < cuts[chunks.length + 1]
          : tile < tiles && (words < chunkDoubles / this.lanes || tile - first < fewestTiles);
      while (goesOn()) words += this.tileWords(tile++);
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

  fill(chunk: Chunk, memory: Float64Array): void {
    const known = this.filled.has(chunk);
    if (chunk.resident && known) return;
    const { lanes, layout, table } = this;
    const { start } = this.source;
    const tileWords = layout.longest === 0 ? layout.tileWords(0) : null;
    const part = { memory, lanes, table, chunk, start, tileWords };
    for (const reader of this.situationReaders) {
      if (reader.expr.op === "output") continue;
      const closing = reader.expr.op === "given" && reader.expr.name === "weight";
      writeSituations(part, this.looking.view(reader, chunk, known), reader.slot, closing);
    }
    const stride = layout.axisSlots.size;
    for (const reader of this.axisReaders) {
      if (reader.expr.op === "output") continue;
      const view = this.looking.view(reader, chunk, known);
      writeRows(part, view, layout.situationSlots.size + reader.slot, stride);
    }
    this.filled.add(chunk);
  }

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

/** Places of one column after each other, so that it is read from memory once. */
const byColumn = (all: readonly Reader[]): Reader[] =>
  all.toSorted((a, b) => (a.expr.name < b.expr.name ? -1 : a.expr.name > b.expr.name ? 1 : a.slot - b.slot));
