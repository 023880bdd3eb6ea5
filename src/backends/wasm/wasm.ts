/** Generated WebAssembly with f64x2 SIMD: two situations side by side. The default where it runs. */
import type { Lowered } from "../../program/core.ts";
import type { Backend } from "../backend.ts";
import { type Chunks, type Limits, type Slots, usualLimits } from "../chunks.ts";
import { generatedBackend } from "../generated.ts";
import { basesOf, type Generate } from "../machine.ts";
import type { Panel } from "../panel.ts";
import { type FunctionCode, instruction, localGet, moduleOf, type } from "./assembler.ts";
import { drawLoopsIn, tableWords } from "./drawLoops.ts";
import { elementary } from "./elementary.ts";
import { entryBytes, lanes, type Shape, Writer, wordBytes } from "./writer.ts";

const page = 65536;

/** @param fused whether products are added with one rounding. */
const generateWith =
  (fused: boolean): Generate =>
  async (lowered, tiles, panel) => {
    const shape = shapeOf(lowered, tiles, panel);
    const { table, persons } = placesOf(shape, tiles);
    const quantiles = 8 * Math.ceil((persons + (panel?.table.byteLength ?? 0)) / 8);
    const bytes = quantiles + (panel?.isDrawn ? 8 * tableWords() : 0);
    const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / page) });
    const instance = await WebAssembly.instantiate(await compiled(lowered, shape, fused), { m: { memory } });
    new Int32Array(memory.buffer, table, tiles.table.length).set(tileEntries(tiles, shape));
    if (panel?.isDrawn) panel.use(await drawLoopsIn(memory, quantiles));
    if (panel)
      new Int32Array(memory.buffer, persons, panel.table.length).set(personEntries(panel, shape, table));
    const run = instance.exports as Record<string, (first: number, bytes: number) => void>;
    return {
      memory: new Float64Array(memory.buffer),
      base: shape.base,
      run(name, first, count, word) {
        const [at, step] = lowered.kernels[name].persons
          ? [persons, entryBytes.person]
          : [table, entryBytes.tile];
        if (tiles.strips) run[name]((shape.base.tile + word) * wordBytes, wordBytes * count);
        else run[name](at + step * first, step * count);
      },
    };
  };

/** Modules by what they were written from. How much data there are is not in them. */
const modules = new WeakMap<Lowered, Map<string, Promise<WebAssembly.Module>>>();

function compiled(lowered: Lowered, shape: Shape, fused: boolean): Promise<WebAssembly.Module> {
  const known = modules.get(lowered) ?? new Map<string, Promise<WebAssembly.Module>>();
  modules.set(lowered, known);
  const { row, cell, strips } = shape;
  const key = JSON.stringify([fused, row, cell, strips && slotsOf(strips)]);
  const found =
    known.get(key) ?? WebAssembly.compile(moduleOf([...elementary, ...kernelsOf(lowered, shape, fused)]));
  known.set(key, found);
  return found;
}

const slotsOf = ({ situation, axis, alternatives }: Slots): unknown => [
  alternatives,
  ...[situation, axis].map((strips) => strips.map(({ offset, step }) => [offset, step])),
];

const kernelsOf = ({ kernels }: Lowered, shape: Shape, fused: boolean): FunctionCode[] =>
  Object.entries(kernels).map(([name, kernel]) => new Writer(shape, kernel, fused).function(name));

/** Where the tables of tiles and of persons begin: behind the data, in bytes. */
function placesOf({ base, cell }: Shape, tiles: Chunks): { table: number; persons: number } {
  const table = base.tile * wordBytes + 8 * Math.ceil((tiles.words * cell) / 8);
  return { table, persons: table + tiles.table.byteLength };
}

/** Places in bytes from the start of the memory. */
function tileEntries({ table }: Chunks, { base, cell }: Shape): Int32Array {
  const first = base.tile * wordBytes;
  return table.map((entry, i) => (i % 2 === 0 ? first + entry * cell : entry));
}

/** The place of the first tile's entry, the number of tiles, the place of the draws. */
function personEntries(panel: Panel, { base }: Shape, table: number): Int32Array {
  const draws = base.draws * wordBytes;
  return panel.table.map(
    (entry, i) => [table + entryBytes.tile * entry, entry, draws + wordBytes * entry][i % 3],
  );
}

/** The backend with limits of its own on what stays in memory. */
export const wasmWithin = (limits: Limits): Backend =>
  generatedBackend(
    "wasm",
    lanes,
    generateWith(false),
    () => (supported() ? null : "this machine has no WebAssembly SIMD"),
    limits,
  );

export const wasm = wasmWithin(usualLimits);

/**
 * The same with products and sums rounded once, which is faster but depends on the machine: one without the instruction
 * may round twice. So it runs only where it is asked for.
 */
export const relaxedWasm: Backend = generatedBackend("wasm-relaxed", lanes, generateWith(true), () =>
  fuses()
    ? null
    : "this machine has no relaxed SIMD: Node has it from version 22 on, before with --experimental-wasm-relaxed-simd",
);

const shapeOf = (lowered: Lowered, { strips }: Chunks, panel?: Panel): Shape => ({
  base: basesOf(lowered, panel),
  situation: lowered.layout.situationSlots.size,
  record: lowered.layout.axisSlots.size,
  row: (panel?.rowWords ?? 0) * wordBytes,
  cell: panel ? 8 : wordBytes,
  strips: strips ?? null,
});

const fuses = (): boolean =>
  supported() &&
  WebAssembly.validate(
    moduleOf([
      {
        params: [type.v128],
        results: [type.v128],
        locals: [],
        body: [...[0, 0, 0].flatMap(localGet), ...instruction("f64x2.relaxed_madd")],
      },
    ]),
  );

let known: boolean | undefined;
const supported = (): boolean =>
  (known ??= typeof WebAssembly === "object" && WebAssembly.validate(moduleOf(elementary)));
