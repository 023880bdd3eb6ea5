/**
 * Where everything lies. Parts of the graph that hold parameters only are computed once per evaluation,
 * parts that hold data only once per data set; both get a numbered slot here, and the loop reads them.
 */
import { type Expr, Level, Place } from "../expr/index.ts";
import { dataOnly } from "./affine.ts";
import { type Address, at } from "./kernel.ts";

export class Layout {
  /** Number of free parameters, and the same rounded up to whole blocks of four. */
  readonly parameters: number;
  readonly width: number;
  /** Largest choice set of the axis (0 where alternatives are labelled). */
  readonly longest: number;
  readonly scalarRows: number;
  readonly constants = new Map<Expr, number>();
  readonly situationSlots = new Map<Expr, number>();
  readonly axisSlots = new Map<Expr, number>();
  private planes = 0;

  constructor(parameters: number, scalarRows: number, longest: number) {
    this.parameters = parameters;
    this.width = 4 * Math.ceil(parameters / 4);
    this.scalarRows = scalarRows;
    this.longest = longest;
  }

  /** The address of a part that need not be computed in the loop, or undefined. */
  slot(expr: Expr): Address | undefined {
    if (expr.level === Level.parameters) return at("parameters", number(this.constants, expr));
    if ((!dataOnly(expr) && expr.op !== "given") || expr.level === 0) return undefined;
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
    const offset = (part === "A" ? 0 : this.width) + column;
    if (row !== Place.axis) return at("scratch", row * 2 * this.width + offset, ...along);
    return at("scratch", this.scalarRows * 2 * this.width + offset, ["j", 2 * this.width], ...along);
  }

  /** A fresh array along the axis. */
  plane(): Address {
    const base = (this.scalarRows + this.longest) * 2 * this.width;
    return at("scratch", base + this.planes++ * this.longest, ["j", 1]);
  }

  get scratchWords(): number {
    return (this.scalarRows + this.longest) * 2 * this.width + this.planes * this.longest;
  }

  /** Words of a tile with choice sets of the given length. */
  tileWords(alternatives: number): number {
    return this.situationSlots.size + alternatives * this.axisSlots.size;
  }
}

function number(slots: Map<Expr, number>, expr: Expr): number {
  const known = slots.get(expr);
  if (known !== undefined) return known;
  slots.set(expr, slots.size);
  return slots.size - 1;
}
