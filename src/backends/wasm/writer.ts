/** Writes a kernel down as a WebAssembly function: two lanes, one situation (or one draw) in each. */
import { opOf } from "../../expr/index.ts";
import type { Address, Kernel, Statement, Value } from "../../program/core.ts";
import type { Slots, Strip } from "../chunks.ts";
import type { Bases } from "../machine.ts";
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
  shuffle,
  type,
  v128Load,
  v128LoadFirst,
  v128LoadSecond,
  v128LoadSplat,
  v128Store,
  v128StoreLane,
  v128StoreSecond,
  when,
} from "./assembler.ts";
import { elementaryIndex, inlined, inlineLocals } from "./elementary.ts";

export const lanes = 2;
export const wordBytes = 8 * lanes;
/** Bytes of an entry in the table of tiles, and in that of persons. */
export const entryBytes = { tile: 8, person: 12 } as const;

/** Where the regions lie, in words. Data and draws are found through the tables, which hold places in bytes. */
export interface Shape {
  readonly base: Bases;
  readonly situation: number;
  readonly record: number;
  /** Bytes of a row of draws. */
  readonly row: number;
  /** Bytes of a number in a tile. */
  readonly cell: number;
  /** Where the values of situations lie, if not in tiles. */
  readonly strips: Slots | null;
}

/** Parameters and counters of a kernel function, before its v128 locals. */
const names = {
  first: 0,
  last: 1,
  tile: 2,
  alternatives: 3,
  /** Where values lie by column: the tile in strips of rows. */
  rows: 3,
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

export class Writer {
  private readonly shape: Shape;
  private readonly kernel: Kernel;
  /** Whether products are added with one rounding. */
  private readonly fused: boolean;
  private readonly code: Bytes = [];
  private readonly constants = new Map<bigint, number>();
  private readonly uses: ReadonlyMap<number, number>;
  private readonly kept = new Map<number, number>();
  /** Locals beside those of the kernel and of inlined functions. */
  private further = 0;
  private depth = 0;

  constructor(shape: Shape, kernel: Kernel, fused = false) {
    this.shape = shape;
    this.fused = fused;
    this.kernel = kernel;
    this.uses = shape.strips ? usesOf(kernel.body) : new Map();
  }

  function(name: string): FunctionCode {
    const { code, kernel } = this;
    for (const statement of kernel.prologue) this.statement(statement);
    // `first` is the place of an entry in a table, or of a word in a strip; `last` arrives as the bytes of all.
    this.push(localGet(names.first), localGet(names.last), instruction("i32.add"), localSet(names.last));
    if (this.shape.strips) this.push(localGet(names.first), localSet(names.rows));
    this.push(block, loop, localGet(names.first), localGet(names.last), instruction("i32.ge_s"), branchIf(1));
    if (kernel.persons) this.person();
    else if (this.shape.strips) this.push(localGet(names.first), localSet(names.tile));
    else {
      this.push(localGet(names.first), localSet(names.entry));
      this.tile();
    }
    for (const statement of kernel.body) this.statement(statement);
    this.step(names.first, this.stride);
    if (this.shape.strips) this.step(names.rows, this.stride * this.shape.strips.alternatives);
    this.step(names.p, 1);
    this.push(branch(0), instruction("end"), instruction("end"));
    const locals = [
      { count: firstVector - 2, type: type.i32 },
      // One more, to swap lanes.
      { count: kernel.locals + 1 + inlineLocals + this.further, type: type.v128 },
    ];
    const set = [...this.constants].flatMap(([bits, number]) => [...i64x2Const(bits), ...localSet(number)]);
    return { params: [type.i32, type.i32], results: [], locals, body: [...set, ...code], name };
  }

  private local(): number {
    return firstVector + this.kernel.locals + 1 + inlineLocals + this.further++;
  }

  /** Bytes from one person, tile or word of a strip to the next. */
  private get stride(): number {
    if (this.shape.strips) return wordBytes;
    return this.kernel.persons ? entryBytes.person : entryBytes.tile;
  }

  private step(counter: number, by: number): void {
    this.push(localGet(counter), i32Const(by), instruction("i32.add"), localSet(counter));
  }

  /** Reads the table where `entry` is: the place of the tile and the length of its choice sets. */
  private tile(): void {
    this.push(localGet(names.entry), i32Load(0), localSet(names.tile));
    this.push(localGet(names.entry), i32Load(4), localSet(names.alternatives));
  }

  /** Reads the table of persons, and goes to the first situation. */
  private person(): void {
    for (const [place, into] of [names.entry, names.situations, names.draws].entries())
      this.push(localGet(names.first), i32Load(4 * place), localSet(into));
    this.tile();
  }

  private statement(statement: Statement): void {
    if (statement.kind === "set") {
      this.value(statement.value);
      this.push(localSet(firstVector + statement.local));
    } else if (statement.kind === "store" && this.rowsOf(statement.address)) {
      this.storeRows(statement.address, statement.value);
    } else if (statement.kind === "store") {
      const offset = this.address(statement.address);
      this.value(statement.value);
      const single = this.kernel.persons && inTile(statement.address);
      this.push(single ? v128StoreLane(offset) : v128Store(offset));
    } else if (statement.kind === "when") {
      this.value(statement.value);
      this.push(f64x2Const(0), instruction("f64x2.ne"), instruction("v128.any_true"), when);
      this.depth++;
      for (const each of statement.body) this.statement(each);
      this.depth--;
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
      () => this.step(names.entry, entryBytes.tile),
    );
    this.push(localGet(names.entry), localGet(names.situations), i32Const(entryBytes.tile));
    this.push(instruction("i32.mul"), instruction("i32.sub"), localSet(names.entry));
    this.tile();
  }

  private loop({ index, from, to, step, body }: Loop, before?: () => void, after?: () => void): void {
    const counter = names[index];
    this.push(i32Const(from), localSet(counter), block, loop);
    this.push(localGet(counter), this.end(to), instruction("i32.ge_s"), branchIf(1));
    before?.();
    this.depth++;
    for (const statement of body) this.statement(statement);
    this.depth--;
    after?.();
    this.step(counter, step);
    this.push(branch(0), instruction("end"), instruction("end"));
  }

  private end(to: Loop["to"]): Bytes {
    if (typeof to === "number") return i32Const(to);
    if (to === "alternatives" && this.shape.strips) return i32Const(this.shape.strips.alternatives);
    if (to === "draws") return i32Const(this.shape.row / wordBytes);
    return localGet(names[to]);
  }

  private value(value: Value): void {
    if (value.kind === "constant") this.push(f64x2Const(value.value));
    else if (value.kind === "local") this.push(localGet(firstVector + value.local));
    else if (value.kind === "load") this.load(value.address);
    else if (value.kind === "share") this.push(f64x2Const(1 / lanes));
    else if (value.kind === "across") this.across(value);
    else if (!this.fused || !this.fusedSum(value))
      for (const token of opOf(value.op).wasm) this.token(token, value.args);
  }

  /** a × b + c or c − a × b as one instruction; whether it is of this form. */
  private fusedSum({ op, args }: Extract<Value, { kind: "apply" }>): boolean {
    if (op !== "add" && op !== "sub") return false;
    const [c, product] = op === "add" && isProduct(args[0]) ? [args[1], args[0]] : args;
    if (!isProduct(product)) return false;
    for (const factor of [...product.args, c]) this.value(factor);
    this.push(instruction(op === "add" ? "f64x2.relaxed_madd" : "f64x2.relaxed_nmadd"));
    return true;
  }

  private load(address: Address): void {
    const strip = this.stripOf(address);
    if (strip) {
      this.slot(address.offset, strip);
      return;
    }
    const row = this.rowsOf(address);
    if (row) {
      const pointer = this.rowPointer(address);
      this.push(pointer, pointer, v128LoadFirst(8 * row.offset), v128LoadSecond(8 * (row.offset + row.step)));
      return;
    }
    const splat = this.kernel.persons && inTile(address);
    this.push((splat ? v128LoadSplat : v128Load)(this.address(address)));
  }

  private stripOf({ region, offset }: Address): Strip | null {
    return (region === "tile" && this.shape.strips?.situation[offset]) || null;
  }

  private rowsOf({ region, offset }: Address): Strip | null {
    return (region === "alternatives" && this.shape.strips?.axis[offset]) || null;
  }

  /** Where strips of rows are at the alternative of the loop. */
  private rowPointer({ along }: Address): Bytes {
    const moved = along.map(([index, stride]) => [
      ...localGet(names[index]),
      ...i32Const(8 * stride),
      ...instruction("i32.mul"),
      ...instruction("i32.add"),
    ]);
    return [...localGet(names.rows), ...moved.flat()];
  }

  private storeRows(address: Address, value: Value): void {
    const { offset, step } = this.rowsOf(address)!;
    const both = firstVector + this.kernel.locals;
    const pointer = this.rowPointer(address);
    this.value(value);
    this.push(localSet(both));
    this.push(pointer, localGet(both), v128StoreLane(8 * offset));
    this.push(pointer, localGet(both), v128StoreSecond(8 * (offset + step)));
  }

  /** What is read again is kept: a load from a choice set apart is three steps, one from the stack is one. */
  private slot(slot: number, strip: Strip): void {
    const known = this.kept.get(slot);
    if (known === undefined) this.strip(strip);
    else this.push(localGet(known));
    if (known !== undefined || strip.step === 1 || this.depth > 0 || this.uses.get(slot)! < 2) return;
    const number = this.local();
    this.kept.set(slot, number);
    this.push(localTee(number));
  }

  /** The values of two situations: side by side, or a choice set apart. */
  private strip({ offset, step }: Strip): void {
    const at = 8 * offset;
    if (step === 1) this.push(localGet(names.tile), v128Load(at));
    else {
      const pointer = localGet(names.rows);
      this.push(pointer, pointer, v128LoadFirst(at), v128LoadSecond(at + 8 * step));
    }
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
    const number = this.local();
    this.constants.set(bits, number);
    return number;
  }

  /** Pushes the moving part of an address and answers the constant part, both in bytes. */
  private address(address: Address): number {
    const { region, offset, along } = address;
    const { base, situation, cell, row } = this.shape;
    const strip = this.stripOf(address);
    if (strip) {
      this.push(localGet(names.tile));
      return 8 * strip.offset;
    }
    const unit = this.unit(address);
    const inRows = region === "draws" || region === "chances";
    const moving = inTile(address) ? names.tile : region === "draws" ? names.draws : null;
    this.push(moving === null ? i32Const(0) : localGet(moving));
    for (const [index, stride] of along) {
      const step = inRows && index === "r" ? wordBytes : stride * unit;
      this.push(localGet(names[index]), i32Const(step), instruction("i32.mul"), instruction("i32.add"));
    }
    if (region === "draws") return offset * row;
    if (region === "chances") return base.chances * wordBytes + offset * row;
    if (!inTile(address)) return (base[region as keyof Bases] + offset) * wordBytes;
    return ((region === "alternatives" ? situation : 0) + offset) * cell;
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

const isProduct = (value: Value): value is Extract<Value, { kind: "apply" }> =>
  value.kind === "apply" && value.op === "mul";

/** How often every slot of the situation is read. */
function usesOf(statements: readonly Statement[], uses = new Map<number, number>()): Map<number, number> {
  const value = (it: Value): void => {
    if (it.kind === "load" && it.address.region === "tile")
      uses.set(it.address.offset, (uses.get(it.address.offset) ?? 0) + 1);
    if (it.kind === "apply") it.args.forEach(value);
    if (it.kind === "across") value(it.value);
  };
  for (const statement of statements) {
    if ("value" in statement) value(statement.value);
    if ("body" in statement) usesOf(statement.body, uses);
  }
  return uses;
}
