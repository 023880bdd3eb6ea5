/**
 * The narrow waist. Every likelihood of the toolkit is one loop nest over persons i, classes c, draws r
 * and choice situations t,
 *
 *   ln Lᵢ = ln Σ_c Σ_r exp( w_c(i) − ln R + m_c(i, r) + Σ_t ℓ_c(i, r, t) ),
 *
 * and a Program is that nest with its expressions in it: plain data. Models make Programs and never see a
 * backend; backends run Programs and never see a model.
 */
import type { SourceColumn } from "../data/sourceColumn.ts";
import { type Expr, topological } from "../expr/index.ts";
import type { DrawKeys, Draws } from "../math/draws/draws.ts";

export type { Draws } from "../math/draws/draws.ts";

export interface Program {
  /** Names of all parameters, in the order of every vector θ. */
  readonly parameters: readonly string[];
  /** Indices into `parameters` of those that derivatives are taken for; the others are held at their value. */
  readonly free: readonly number[];
  /** Number of labelled alternatives, or null where choice sets are ragged and unlabelled (the axis). */
  readonly alternatives: number | null;
  /** The latent classes; exactly one where there is no mixture. */
  readonly classes: readonly ClassTerm[];
  /** Simulation draws per person, or null for none. */
  readonly draws: Draws | null;
  /**
   * The column of the outcome that says how many chose each row, where these are different people: in place of persons,
   * ln L = Σ_t Σ_rows share ln Σ_c Σ_r exp(w_c − ln R + ℓ_c), ℓ the log-likelihood of having chosen that row.
   */
  readonly apart?: string;
}

export interface ClassTerm {
  /** w_c, in parameters and the person's columns; null means 0 (the only class). */
  readonly logWeight: Expr | null;
  /**
   * m_c, the log density of what else was observed of the person, in parameters, draws and the person's columns;
   * null means that nothing was. Choices to come are predicted without it.
   */
  readonly measured?: Expr | null;
  /** One expression per labelled alternative, or a single one along the axis. */
  readonly utilities: readonly Expr[];
  /** What else the term is written over, in parameters and data: utility leaves that follow those of `utilities`. */
  readonly further?: readonly Expr[];
  /** ℓ: log-likelihood of one situation, in `utility` leaves, parameters, data and given values. */
  readonly term: Expr;
}

/** What a backend reads: the data's arrays and how a situation addresses them. ChoiceData is one. */
export interface Source {
  readonly situations: number;
  readonly rows: number;
  readonly start: Int32Array;
  readonly labels: readonly string[] | null;
  readonly rowOf: Int32Array | null;
  readonly chosen: Int32Array | null;
  /** What was observed, if more than `chosen`: columns with a value for each row. */
  readonly outcome?: {
    readonly kind: string;
    readonly columns: Readonly<Record<string, Float64Array>>;
  } | null;
  readonly weight: Float64Array | null;
  readonly person: Int32Array | null;
  /** What the draws of persons and situations are made from; persons are situations where none are declared. */
  readonly drawKeys: DrawKeys;
  column(name: string): SourceColumn | null;
}

/**
 * All of a source but its columns, as plain data. Said field by field, since those of a class are not all its own
 * properties, which `...` copies.
 * @param drawn whether draws are asked for; their keys are made of all ids, which takes long, and not for nothing.
 */
export function shapeOf(source: Source, drawn: boolean): Omit<Source, "column"> {
  const { situations, rows, start, labels, rowOf, chosen, outcome, weight, person } = source;
  const drawKeys = drawn ? source.drawKeys : { person: new Uint32Array(0), situation: new Uint32Array(0) };
  return { situations, rows, start, labels, rowOf, chosen, outcome, weight, person, drawKeys };
}

export type { SourceColumn };

/** Every expression of a program, class by class: weight and measurement where it has them, the utilities, the term. */
export const rootsOf = ({ classes }: Pick<Program, "classes">): Expr[] =>
  classes.flatMap((each) => [
    ...(each.logWeight ? [each.logWeight] : []),
    ...(each.measured ? [each.measured] : []),
    ...rowExprs(each),
    each.term,
  ]);

/** What the leaves utility(0), utility(1), … of the term stand for. */
export const rowExprs = ({ utilities, further = [] }: Omit<ClassTerm, "term">): readonly Expr[] => [
  ...utilities,
  ...further,
];

/** Names of the columns that a program reads. */
export const columnNames = (program: Pick<Program, "classes">): string[] => [
  ...new Set(topological(rootsOf(program)).flatMap((node) => (node.op === "data" ? [node.name] : []))),
];

/** Names of the free parameters, in the order of gradients and Hessians. */
export const freeNames = (program: Pick<Program, "parameters" | "free">): string[] =>
  program.free.map((index) => program.parameters[index]);
