/** Generated WebAssembly with f64x2 SIMD: two situations side by side. The default where it runs. */
import { opOf } from "../../expr/index.ts";
import type { Address, Kernel, Lowered, Statement, Value } from "../../program/index.ts";
import type { Backend } from "../backend.ts";
import { generatedBackend } from "../generated.ts";
import { type Bases, basesOf, type Generate } from "../machine.ts";
import type { Panel } from "../panel.ts";
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
  i64x2Const,
  instruction,
  localGet,
  localSet,
  localTee,
  loop,
  moduleOf,
  shuffle,
  type,
  v128Load,
  v128LoadSplat,
  v128Store,
  v128StoreLane,
  when,
} from "./assembler.ts";
import { elementary, elementaryIndex, inlined, inlineLocals } from "./elementary.ts";

const lanes = 2;
const wordBytes = 8 * lanes;
const page = 65536;

/** Where the regions lie, in words; the tables of tiles and of persons follow, in bytes. */
interface Shape {
  readonly base: Bases;
  readonly situation: number;
  readonly record: number;
  readonly table: number;
  readonly persons: number;
  /** Bytes of a row of draws. */
  readonly row: number;
  /** Bytes of a number in a tile. */
  readonly cell: number;
}

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
    tiles.table.map((entry, i) => (i % 2 === 0 ? entry * shape.cell : entry)),
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

function shapeOf(lowered: Lowered, tiles: Tiles, panel?: Panel): Shape {
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
  };
}

let known: boolean | undefined;
const supported = (): boolean =>
  (known ??= typeof WebAssembly === "object" && WebAssembly.validate(moduleOf(elementary)));

/** Parameters and counters of a kernel function, before its v128 locals. */
const names = {
  first: 0,
  last: 1,
  tile: 2,
  alternatives: 3,
  j: 4,
  k: 5,
  t: 6,
  r: 7,
  p: 8,
  draws: 9,
  entry: 10,
  situations: 11,
} as const;
const firstVector = 12;

type Loop = Extract<Statement, { kind: "loop" }>;
const inTile = ({ region }: Address): boolean => region === "tile" || region === "alternatives";

class Writer {
  private readonly shape: Shape;
  private readonly kernel: Kernel;
  private readonly code: Bytes = [];
  private readonly constants = new Map<bigint, number>();

  constructor(shape: Shape, kernel: Kernel) {
    this.shape = shape;
    this.kernel = kernel;
  }

  function(name: string): FunctionCode {
    const { code, kernel } = this;
    for (const statement of kernel.prologue) this.statement(statement);
    // `last` arrives as a count and becomes the end.
    this.push(localGet(names.first), localGet(names.last), instruction("i32.add"), localSet(names.last));
    this.push(block, loop, localGet(names.first), localGet(names.last), instruction("i32.ge_s"), branchIf(1));
    if (kernel.persons) this.person();
    else {
      this.push(localGet(names.first), i32Const(8), instruction("i32.mul"), localSet(names.entry));
      this.tile();
    }
    for (const statement of kernel.body) this.statement(statement);
    this.step(names.first, 1);
    this.step(names.p, 1);
    this.push(branch(0), instruction("end"), instruction("end"));
    const locals = [
      { count: firstVector - 2, type: type.i32 },
      // One more, to swap lanes.
      { count: kernel.locals + 1 + inlineLocals + this.constants.size, type: type.v128 },
    ];
    const set = [...this.constants].flatMap(([bits, number]) => [...i64x2Const(bits), ...localSet(number)]);
    return { params: [type.i32, type.i32], results: [], locals, body: [...set, ...code], name };
  }

  private step(counter: number, by: number): void {
    this.push(localGet(counter), i32Const(by), instruction("i32.add"), localSet(counter));
  }

  /** Reads the table where `entry` is: the place of the tile and the length of its choice sets. */
  private tile(): void {
    this.push(localGet(names.entry), i32Load(this.shape.table), localSet(names.tile));
    this.push(localGet(names.entry), i32Load(this.shape.table + 4), localSet(names.alternatives));
  }

  /** Reads the table of persons, and goes to the first situation. */
  private person(): void {
    for (const [place, into] of [names.entry, names.situations, names.draws].entries()) {
      this.push(localGet(names.first), i32Const(12), instruction("i32.mul"));
      this.push(i32Load(this.shape.persons + 4 * place), localSet(into));
    }
    this.tile();
  }

  private statement(statement: Statement): void {
    if (statement.kind === "set") {
      this.value(statement.value);
      this.push(localSet(firstVector + statement.local));
    } else if (statement.kind === "store") {
      const offset = this.address(statement.address);
      this.value(statement.value);
      const single = this.kernel.persons && inTile(statement.address);
      this.push(single ? v128StoreLane(offset) : v128Store(offset));
    } else if (statement.kind === "when") {
      this.value(statement.value);
      this.push(f64x2Const(0), instruction("f64x2.ne"), instruction("v128.any_true"), when);
      for (const each of statement.body) this.statement(each);
      this.push(instruction("end"));
    } else if (statement.to === "situations") {
      this.situations(statement);
    } else {
      this.loop(statement);
    }
  }

  /** From tile to tile of a person, and back to the first. */
  private situations(statement: Loop): void {
    this.loop(
      statement,
      () => this.tile(),
      () => this.step(names.entry, 8),
    );
    this.push(localGet(names.entry), localGet(names.situations), i32Const(8), instruction("i32.mul"));
    this.push(instruction("i32.sub"), localSet(names.entry));
    this.tile();
  }

  private loop({ index, from, to, step, body }: Loop, before?: () => void, after?: () => void): void {
    const counter = names[index];
    this.push(i32Const(from), localSet(counter), block, loop);
    this.push(localGet(counter), this.end(to), instruction("i32.ge_s"), branchIf(1));
    before?.();
    for (const statement of body) this.statement(statement);
    after?.();
    this.step(counter, step);
    this.push(branch(0), instruction("end"), instruction("end"));
  }

  private end(to: Loop["to"]): Bytes {
    if (typeof to === "number") return i32Const(to);
    if (to === "draws") return i32Const(this.shape.row / wordBytes);
    return localGet(names[to]);
  }

  private value(value: Value): void {
    if (value.kind === "constant") this.push(f64x2Const(value.value));
    else if (value.kind === "local") this.push(localGet(firstVector + value.local));
    else if (value.kind === "load") this.load(value.address);
    else if (value.kind === "share") this.push(f64x2Const(1 / lanes));
    else if (value.kind === "across") this.across(value);
    else for (const token of opOf(value.op).wasm) this.token(token, value.args);
  }

  private load(address: Address): void {
    const splat = this.kernel.persons && inTile(address);
    this.push((splat ? v128LoadSplat : v128Load)(this.address(address)));
  }

  private across({ fold, value }: Extract<Value, { kind: "across" }>): void {
    const swap = firstVector + this.kernel.locals;
    this.value(value);
    this.push(localTee(swap), localGet(swap), localGet(swap), shuffle(1, 0));
    this.push(instruction(fold === "add" ? "f64x2.add" : "f64x2.pmax"));
  }

  /** One word of an operator's row in ops.ts. */
  private token(token: string, args: readonly Value[]): void {
    if (token.startsWith("$")) this.value(args[Number(token.slice(1)) - 1]);
    else if (token === "zero") this.push(f64x2Const(0));
    else if (token === "one") this.push(f64x2Const(1));
    else if (token.startsWith("call ")) this.call(token.slice(5));
    else this.push(instruction(token));
  }

  /** Calls spill all that is in registers, so the commonest functions are written out. */
  private call(name: string): void {
    const first = firstVector + this.kernel.locals + 1;
    const constant = (bits: bigint): Bytes => localGet(this.constant(bits));
    this.push(inlined(name, { first, constant }) ?? call(elementaryIndex[name]));
  }

  /** The local that holds this constant in both lanes. */
  private constant(bits: bigint): number {
    const known = this.constants.get(bits);
    if (known !== undefined) return known;
    const number = firstVector + this.kernel.locals + 1 + inlineLocals + this.constants.size;
    this.constants.set(bits, number);
    return number;
  }

  /** Pushes the moving part of an address and answers the constant part, both in bytes. */
  private address(address: Address): number {
    const { region, offset, along } = address;
    const { base, situation, cell, row } = this.shape;
    const unit = this.unit(address);
    const inRows = region === "draws" || region === "chances";
    const moving = inTile(address) ? names.tile : region === "draws" ? names.draws : null;
    this.push(moving === null ? i32Const(0) : localGet(moving));
    for (const [index, stride] of along) {
      const step = inRows && index === "r" ? wordBytes : stride * unit;
      this.push(localGet(names[index]), i32Const(step), instruction("i32.mul"), instruction("i32.add"));
    }
    if (inRows) return base[region] * wordBytes + offset * row;
    if (!inTile(address)) return (base[region as keyof Bases] + offset) * wordBytes;
    return base.tile * wordBytes + ((region === "alternatives" ? situation : 0) + offset) * cell;
  }

  /** Bytes of one step. */
  private unit({ region }: Address): number {
    const { record, cell, row } = this.shape;
    return (
      { alternatives: record * cell, tile: cell, draws: row, chances: row }[region as "tile"] ?? wordBytes
    );
  }

  private push(...parts: readonly Bytes[]): void {
    for (const part of parts) for (const byte of part) this.code.push(byte);
  }
}
