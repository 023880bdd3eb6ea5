/**
 * Where everything lies. Parts of the graph that hold parameters only are computed once per evaluation,
 * parts that hold data only once per data set; both get a numbered slot here, and the loop reads them.
 */
import { type Expr, Level, Place } from "../expr/index.ts";
import { dataOnly } from "./affine.ts";
import { isCheap } from "./cheap.ts";
import { type Address, at } from "./kernel.ts";
import type { Draws } from "./program.ts";

/** How a person's draws lie: a row for each dimension, those within persons behind the others, for every situation. */
export interface DrawRows {
  /** For every dimension its row; of the first situation where it is drawn within persons. */
  readonly rows: readonly number[];
  /** Rows of one situation. */
  readonly within: number;
}

/** Slots and scratch memory: shared by the layouts of all classes of a program. */
class Places {
  readonly constants = new Map<Expr, number>();
  readonly situationSlots = new Map<Expr, number>();
  readonly axisSlots = new Map<Expr, number>();
  scratchWords = 0;
  draws: DrawRows = { rows: [], within: 0 };

  take(words: number): number {
    this.scratchWords += words;
    return this.scratchWords - words;
  }
}

export class Layout {
  /** Number of free parameters, and the same rounded up to whole blocks of four. */
  readonly parameters: number;
  readonly width: number;
  /** Largest choice set of the axis (0 where alternatives are labelled). */
  readonly longest: number;
  readonly scalarRows: number;
  /** Whether parts that are cheap to compute have slots all the same: each is read once for every draw. */
  private readonly keepsCheap: boolean;
  private readonly places: Places;
  private jacobians: number | undefined;

  /** @param beside a layout whose memory this one shares: it gets scratch words of its own. */
  constructor(
    parameters: number,
    scalarRows: number,
    longest: number,
    { beside, keepsCheap = false }: { readonly beside?: Layout; readonly keepsCheap?: boolean } = {},
  ) {
    this.parameters = parameters;
    this.width = 4 * Math.ceil(parameters / 4);
    this.scalarRows = scalarRows;
    this.longest = longest;
    this.keepsCheap = keepsCheap;
    this.places = beside?.places ?? new Places();
  }

  get constants(): Map<Expr, number> {
    return this.places.constants;
  }

  get situationSlots(): Map<Expr, number> {
    return this.places.situationSlots;
  }

  get axisSlots(): Map<Expr, number> {
    return this.places.axisSlots;
  }

  get draws(): DrawRows {
    return this.places.draws;
  }

  set draws(draws: DrawRows) {
    this.places.draws = draws;
  }

  get scratchWords(): number {
    return this.places.scratchWords;
  }

  /** The address of a part that need not be computed in the loop, or undefined. */
  slot(expr: Expr): Address | undefined {
    if (expr.level === Level.parameters) return at("parameters", number(this.constants, expr));
    if ((!dataOnly(expr) && expr.op !== "given") || expr.level === 0) return undefined;
    if (!this.keepsCheap && isCheap(expr)) return undefined;
    if ((expr.level & Level.axis) === 0) return at("tile", number(this.situationSlots, expr));
    return at("alternatives", number(this.axisSlots, expr), ["j", 1]);
  }

  /** Row `row` of the Jacobian (A) or of its movement (B); Place.axis is the row of each alternative. */
  jacobian(
    row: number,
    part: "A" | "B",
    column: number,
    along: readonly (readonly ["k", number])[] = [],
  ): Address {
    this.jacobians ??= this.take((this.scalarRows + this.longest) * 2 * this.width);
    const offset = this.jacobians + (part === "A" ? 0 : this.width) + column;
    if (row !== Place.axis) return at("scratch", row * 2 * this.width + offset, ...along);
    return at("scratch", this.scalarRows * 2 * this.width + offset, ["j", 2 * this.width], ...along);
  }

  /** A fresh array along the axis. */
  plane(): Address {
    return at("scratch", this.take(this.longest), ["j", 1]);
  }

  /** The first of so many fresh words of scratch memory. */
  take(words: number): number {
    return this.places.take(words);
  }

  /** Words of a tile with choice sets of the given length. */
  tileWords(alternatives: number): number {
    return this.situationSlots.size + alternatives * this.axisSlots.size;
  }
}

/** The rows of the draws of a program. The nodes of a quadrature are the same in all situations. */
export function drawRows(draws: Draws | null): DrawRows {
  const dimensions = draws?.dimensions ?? [];
  const anew = dimensions.map(({ within }) => within === true && draws!.kind !== "gaussHermite");
  const between = anew.filter((within) => !within).length;
  let [own, other] = [0, between];
  return { rows: anew.map((within) => (within ? other++ : own++)), within: anew.length - between };
}

function number(slots: Map<Expr, number>, expr: Expr): number {
  const known = slots.get(expr);
  if (known !== undefined) return known;
  slots.set(expr, slots.size);
  return slots.size - 1;
}
