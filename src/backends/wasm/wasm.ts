/** Generated WebAssembly with f64x2 SIMD: two situations side by side. The default where it runs. */
import { opOf } from "../../expr/index.ts";
import type { Address, Kernel, Lowered, Statement, Value } from "../../program/index.ts";
import type { Backend } from "../backend.ts";
import { generatedBackend } from "../generated.ts";
import type { Generate } from "../machine.ts";
import { type Limits, type Tiles, usualLimits } from "../tiles.ts";
import {
  type Bytes,
  block,
  branch,
  branchIf,
  call,
  type FunctionCode,
  f64x2Const,
  i32Const,
  i32Load,
  instruction,
  localGet,
  localSet,
  loop,
  moduleOf,
  type,
  v128Load,
  v128Store,
} from "./assembler.ts";
import { elementary, elementaryIndex } from "./elementary.ts";

const lanes = 2;
const wordBytes = 8 * lanes;
const page = 65536;

/** Where the regions lie, in words; the table of tiles follows, in bytes. */
interface Shape {
  readonly base: {
    readonly parameters: number;
    readonly out: number;
    readonly scratch: number;
    readonly tile: number;
  };
  readonly situation: number;
  readonly record: number;
  readonly table: number;
}

const generate: Generate = async (lowered, tiles) => {
  const shape = shapeOf(lowered, tiles);
  const bytes = shape.table + tiles.table.byteLength;
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / page) });
  const kernels = Object.entries(lowered.kernels).map(([name, kernel]) =>
    new Writer(shape, kernel).function(name),
  );
  const { instance } = await WebAssembly.instantiate(moduleOf([...elementary, ...kernels]), {
    m: { memory },
  });
  new Int32Array(memory.buffer, shape.table, tiles.table.length).set(
    tiles.table.map((entry, i) => (i % 2 === 0 ? entry * wordBytes : entry)),
  );
  const run = instance.exports as Record<string, (first: number, count: number) => void>;
  return {
    memory: new Float64Array(memory.buffer),
    base: shape.base,
    run: (name, first, count) => run[name](first, count),
  };
};

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

function shapeOf({ layout, outWords }: Lowered, tiles: Tiles): Shape {
  const parameters = 0;
  const out = parameters + layout.constants.size;
  const scratch = out + outWords;
  const tile = scratch + layout.scratchWords;
  return {
    base: { parameters, out, scratch, tile },
    situation: layout.situationSlots.size,
    record: layout.axisSlots.size,
    table: (tile + tiles.words) * wordBytes,
  };
}

let known: boolean | undefined;
const supported = (): boolean =>
  (known ??= typeof WebAssembly === "object" && WebAssembly.validate(moduleOf(elementary)));

/** Parameters and counters of a kernel function, before its v128 locals. */
const names = { first: 0, last: 1, tile: 2, alternatives: 3, j: 4, k: 5 } as const;
const firstVector = 6;

class Writer {
  private readonly shape: Shape;
  private readonly kernel: Kernel;
  private readonly code: Bytes = [];

  constructor(shape: Shape, kernel: Kernel) {
    this.shape = shape;
    this.kernel = kernel;
  }

  function(name: string): FunctionCode {
    const { code, kernel } = this;
    for (const statement of kernel.prologue) this.statement(statement);
    // `last` arrives as a count and becomes the end.
    code.push(
      ...localGet(names.first),
      ...localGet(names.last),
      ...instruction("i32.add"),
      ...localSet(names.last),
    );
    code.push(...block, ...loop);
    code.push(...localGet(names.first), ...localGet(names.last), ...instruction("i32.ge_s"), ...branchIf(1));
    this.tileEntry(0, names.tile);
    this.tileEntry(4, names.alternatives);
    for (const statement of kernel.body) this.statement(statement);
    code.push(...localGet(names.first), ...i32Const(1), ...instruction("i32.add"), ...localSet(names.first));
    code.push(...branch(0), ...instruction("end"), ...instruction("end"));
    const locals = [
      { count: 4, type: type.i32 },
      ...(kernel.locals > 0 ? [{ count: kernel.locals, type: type.v128 }] : []),
    ];
    return { params: [type.i32, type.i32], results: [], locals, body: code, name };
  }

  private tileEntry(offset: number, into: number): void {
    this.code.push(
      ...localGet(names.first),
      ...i32Const(8),
      ...instruction("i32.mul"),
      ...i32Load(this.shape.table + offset),
      ...localSet(into),
    );
  }

  private statement(statement: Statement): void {
    if (statement.kind === "set") {
      this.value(statement.value);
      this.push(localSet(firstVector + statement.local));
    } else if (statement.kind === "store") {
      const offset = this.address(statement.address);
      this.value(statement.value);
      this.push(v128Store(offset));
    } else {
      this.loop(statement);
    }
  }

  private loop({ index, from, to, step, body }: Extract<Statement, { kind: "loop" }>): void {
    const counter = names[index];
    this.push(i32Const(from), localSet(counter), block, loop);
    this.push(
      localGet(counter),
      to === "alternatives" ? localGet(names.alternatives) : i32Const(to),
      instruction("i32.ge_s"),
      branchIf(1),
    );
    for (const statement of body) this.statement(statement);
    this.push(
      localGet(counter),
      i32Const(step),
      instruction("i32.add"),
      localSet(counter),
      branch(0),
      instruction("end"),
      instruction("end"),
    );
  }

  private value(value: Value): void {
    if (value.kind === "constant") this.push(f64x2Const(value.value));
    else if (value.kind === "local") this.push(localGet(firstVector + value.local));
    else if (value.kind === "load") this.push(v128Load(this.address(value.address)));
    else for (const token of opOf(value.op).wasm) this.token(token, value.args);
  }

  /** One word of an operator's row in ops.ts. */
  private token(token: string, args: readonly Value[]): void {
    if (token.startsWith("$")) this.value(args[Number(token.slice(1)) - 1]);
    else if (token === "zero") this.push(f64x2Const(0));
    else if (token === "one") this.push(f64x2Const(1));
    else if (token.startsWith("call ")) this.push(call(elementaryIndex[token.slice(5)]));
    else this.push(instruction(token));
  }

  /** Pushes the moving part of an address and answers the constant part, both in bytes. */
  private address({ region, offset, along }: Address): number {
    const { base, situation, record } = this.shape;
    const inTile = region === "tile" || region === "alternatives";
    this.push(inTile ? localGet(names.tile) : i32Const(0));
    for (const [index, stride] of along) {
      const step = stride * (region === "alternatives" ? record : 1) * wordBytes;
      this.push(localGet(names[index]), i32Const(step), instruction("i32.mul"), instruction("i32.add"));
    }
    const start = inTile ? base.tile + (region === "alternatives" ? situation : 0) : base[region];
    return (start + offset) * wordBytes;
  }

  private push(...parts: readonly Bytes[]): void {
    for (const part of parts) for (const byte of part) this.code.push(byte);
  }
}
