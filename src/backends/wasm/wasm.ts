/** Generated WebAssembly with f64x2 SIMD: two situations side by side. The default where it runs. */
import type { Lowered } from "../../program/index.ts";
import type { Backend } from "../backend.ts";
import { type Chunks, type Limits, usualLimits } from "../chunks.ts";
import { generatedBackend } from "../generated.ts";
import { basesOf, type Generate } from "../machine.ts";
import type { Panel } from "../panel.ts";
import { moduleOf } from "./assembler.ts";
import { elementary } from "./elementary.ts";
import { lanes, type Shape, Writer, wordBytes } from "./writer.ts";

const page = 65536;

const generate: Generate = async (lowered, tiles, panel) => {
  const shape = shapeOf(lowered, tiles, panel);
  const bytes = shape.persons + (panel?.table.byteLength ?? 0);
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / page) });
  const kernels = Object.entries(lowered.kernels).map(([name, kernel]) =>
    new Writer(shape, kernel).function(name),
  );
  const { instance } = await WebAssembly.instantiate(moduleOf([...elementary, ...kernels]), {
    m: { memory },
  });
  new Int32Array(memory.buffer, shape.table, tiles.table.length).set(
    tiles.table.map((entry, i) => (i % 2 === 0 || tiles.strips ? entry * shape.cell : entry)),
  );
  if (panel) new Int32Array(memory.buffer, shape.persons, panel.table.length).set(personEntries(panel));
  const run = instance.exports as Record<string, (first: number, count: number) => void>;
  return {
    memory: new Float64Array(memory.buffer),
    base: shape.base,
    run: (name, first, count) => run[name](first, count),
  };
};

/** First tile and draws in bytes. */
const personEntries = ({ table }: Panel): Int32Array =>
  table.map((entry, i) => [8 * entry, entry, wordBytes * entry][i % 3]);

/** The backend with limits of its own on what stays in memory. */
export const wasmWithin = (limits: Limits): Backend =>
  generatedBackend(
    "wasm",
    lanes,
    generate,
    () => (supported() ? null : "this machine has no WebAssembly SIMD"),
    limits,
  );

export const wasm = wasmWithin(usualLimits);

function shapeOf(lowered: Lowered, tiles: Chunks, panel?: Panel): Shape {
  const base = basesOf(lowered, panel);
  const cell = panel ? 8 : wordBytes;
  const table = base.tile * wordBytes + 8 * Math.ceil((tiles.words * cell) / 8);
  return {
    base,
    situation: lowered.layout.situationSlots.size,
    record: lowered.layout.axisSlots.size,
    table,
    persons: table + tiles.table.byteLength,
    row: (panel?.rowWords ?? 0) * wordBytes,
    cell,
    strips: tiles.strips ?? null,
  };
}

let known: boolean | undefined;
const supported = (): boolean =>
  (known ??= typeof WebAssembly === "object" && WebAssembly.validate(moduleOf(elementary)));
