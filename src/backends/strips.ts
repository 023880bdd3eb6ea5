/**
 * Data whose choice sets have all the same length, or labelled alternatives, for code with two lanes: every column of
 * a chunk is copied as it lies, and the code loads its lanes from two situations, which are a choice set apart. A plain copy takes a fifth of the time
 * that numbers take one by one into tiles.
 */
import { held } from "../data/column.ts";
import { read } from "../data/stored.ts";
import type { Layout, Source, SourceColumn } from "../program/core.ts";
import type { Chunk, Chunks, Limits, Slots, Strip } from "./chunks.ts";
import { Looking } from "./looking.ts";
import { type Reader, readers, type Users } from "./readers.ts";
import { sameRoom } from "./room.ts";
import type { View } from "./view.ts";

const lanes = 2;
/** Doubles of a cache line. */
const line = 8;

/** A column copied whole, which all alternatives read from. */
interface Whole extends Strip {
  readonly column: SourceColumn;
}
/** One value a situation, or one for each of its rows. */
interface Own extends Strip {
  readonly reader: Reader;
}

export class Strips implements Chunks {
  readonly chunks: readonly Chunk[];
  readonly words: number;
  /** Chunks are alike, so that no table is needed to find a tile. */
  readonly table = new Int32Array(0);
  readonly strips: Slots;
  private readonly source: Source;
  private readonly alternatives: number;
  private readonly whole = new Map<string, Whole>();
  private readonly own: Own[] = [];
  private readonly filled = new Set<Chunk>();
  private readonly looking: Looking;
  private chunkWords = 0;

  /** @param labelled how many alternatives are told apart, or null for an axis, along which all sets have one length. */
  constructor(
    { situationSlots, axisSlots }: Layout,
    source: Source,
    labelled: number | null,
    users: Users,
    limits: Limits,
  ) {
    this.source = source;
    this.alternatives = labelled ?? evenLength(source)!;
    this.looking = new Looking(source);
    const all = readers([...situationSlots.keys()], source, users, sameRoom());
    const shared = labelled === null ? new Map<string, number>() : this.sharedColumns(all);
    const rowColumns = shared.size + axisSlots.size;
    const perSituation = all.length - sum(shared.values()) + rowColumns * this.alternatives;
    // Of data of any size and whatever is in them, so that code and chunks are the same for every part of them.
    const room = lanes * Math.max(limits.fewestTiles, Math.floor(limits.chunkDoubles / perSituation / lanes));
    const isWhole = new Set([...shared.keys()].filter((name) => this.isClean(name)));
    this.strips = {
      situation: all.map((reader) => this.place(reader, isWhole, room)),
      axis: readers([...axisSlots.keys()], source, users, sameRoom()).map((reader) =>
        this.placeOwn(reader, room, this.alternatives),
      ),
      alternatives: this.alternatives,
    };
    this.chunks = this.plan(room, limits);
    this.words = this.chunks.reduce((last, { word }) => Math.max(last, word + this.chunkWords), 0);
  }

  /** The columns that enough alternatives read for all of their rows to be worth copying, with their number. */
  private sharedColumns(all: readonly Reader[]): Map<string, number> {
    const uses = new Map<string, number>();
    if (this.source.rowOf !== null) return uses;
    for (const { expr } of all)
      if (expr.op === "data" && this.column(expr.name)?.addressing === "row")
        uses.set(expr.name, (uses.get(expr.name) ?? 0) + 1);
    return new Map([...uses].filter(([, times]) => times * 3 >= this.alternatives));
  }

  private isClean(name: string): boolean {
    return this.looking.isClean(this.column(name)!);
  }

  private column(name: string): SourceColumn | null {
    return this.source.column(name);
  }

  private place(reader: Reader, isWhole: ReadonlySet<string>, room: number): Strip {
    const { name, value } = reader.expr;
    if (reader.expr.op !== "data" || !isWhole.has(name)) return this.placeOwn(reader, room, 1);
    const step = this.alternatives;
    const known = this.whole.get(name) ?? {
      column: this.column(name)!,
      offset: this.take(room * step),
      step,
    };
    this.whole.set(name, known);
    return { step, offset: known.offset + Math.max(0, value) };
  }

  private placeOwn(reader: Reader, room: number, step: number): Strip {
    const own = { reader, offset: this.take(room * step), step };
    this.own.push(own);
    return own;
  }

  /** Room for so many doubles: an odd number of lines, so that columns do not all fall into the same set of the cache. */
  private take(doubles: number): number {
    const offset = this.chunkWords * lanes;
    const lines = Math.ceil(doubles / line);
    this.chunkWords += ((lines + 1 - (lines % 2)) * line) / lanes;
    return offset;
  }

  /**
   * Chunks of as many situations each. They stay in place if all of them can: to fill memory for the first time
   * takes as long as five copies, so it does not pay for a part of them.
   */
  private plan(room: number, { residentDoubles }: Limits): Chunk[] {
    const { situations } = this.source;
    const count = Math.ceil(situations / room);
    const resident = count * this.chunkWords * lanes <= residentDoubles;
    return Array.from({ length: count }, (_, i) => {
      const first = i * room;
      const own = Math.min(room, situations - first);
      const word = resident ? i * this.chunkWords : 0;
      const tiles = Math.ceil(own / lanes);
      return { firstTile: first / lanes, tiles, firstSituation: first, situations: own, word, resident };
    });
  }

  fill(chunk: Chunk, memory: Float64Array): void {
    const known = this.filled.has(chunk);
    if (chunk.resident && known) return;
    const { firstSituation: first, situations: count } = chunk;
    const base = chunk.word * lanes;
    for (const { column, offset, step } of this.whole.values()) {
      const at = base + offset;
      read(held(column), first * step, memory.subarray(at, at + count * step));
      repeatLast(memory, base + offset, count, step);
    }
    for (const own of this.own)
      if (own.reader.expr.op !== "output") this.write(own, chunk, known, memory, base + own.offset);
    this.filled.add(chunk);
  }

  private write(
    { reader, step: rows }: Own,
    chunk: Chunk,
    known: boolean,
    memory: Float64Array,
    at: number,
  ): void {
    const { firstSituation: first, situations } = chunk;
    const stretch = known && this.looking.isSound(reader) ? reader.stretch(first, situations) : null;
    if (stretch) read(stretch.stored, stretch.from, memory.subarray(at, at + stretch.length));
    else put(this.looking.view(reader, chunk, known), memory, at);
    repeatLast(memory, at, situations, rows);
    const isWeight = reader.expr.op === "given" && reader.expr.name === "weight";
    if (isWeight && situations % lanes !== 0) memory[at + situations] = 0;
  }

  read({ word, situations }: Chunk, memory: Float64Array, slot: number, axis: boolean): Float64Array {
    const { offset, step } = this.strips[axis ? "axis" : "situation"][slot];
    const at = word * lanes + offset;
    return memory.slice(at, at + situations * step);
  }
}

/** The length that all choice sets have, or null. */
export function evenLength({ start, situations }: Source): number | null {
  const length = start[1] - start[0];
  for (let s = 1; s < situations; s++) if (start[s + 1] - start[s] !== length) return null;
  return situations > 0 ? length : null;
}

function put({ values, offset, step, count }: View, memory: Float64Array, at: number): void {
  if (step === 1) memory.set(values.subarray(offset, offset + count), at);
  else for (let s = 0, i = offset; s < count; s++, i += step) memory[at + s] = values[i];
}

/** A lane beyond the last situation repeats it. */
function repeatLast(memory: Float64Array, at: number, count: number, step: number): void {
  if (count % lanes !== 0) memory.copyWithin(at + count * step, at + (count - 1) * step, at + count * step);
}

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);
