/**
 * The columns of a model as the data fill them: how alternatives differ in what the coefficients multiply. Of utilities
 * that are not linear, the derivatives at a point without symmetry; of coefficients that vary over people, the model
 * in which they are the same for all.
 */
import { type Prepared, prepare } from "../../backends/index.ts";
import type { ChoiceData } from "../../data/index.ts";
import { differenceRows } from "../../fit/differences.ts";
import { type Model, type ModelOptions, outcomes } from "../../models/index.ts";
import { type Compiled, compile, freeNames, isMixture } from "../../program/index.ts";
import type { Parameter, Resolved } from "../../spec/index.ts";

export interface Design {
  /** Free parameters of the utilities. */
  readonly names: readonly string[];
  /** x_chosen − x_other, rows × K; x_first − x_other where no single alternative was chosen. */
  readonly differences: Float64Array;
  situationOf(row: number): number;
  /** The specification that the columns are of. */
  readonly resolved: Resolved;
  /** Why it says little, in some respect: null where all is as it seems. */
  readonly limits: Readonly<Record<Limit, string | null>>;
}

/** What a check may need: utilities that are linear, one choice a situation, coefficients that are the same for all. */
export type Limit = "linear" | "choice" | "same";

/** The design, or why it does not serve these needs. */
export function designFor(design: Design | string, ...needs: readonly Limit[]): Design | string {
  if (typeof design === "string") return design;
  return needs.map((need) => design.limits[need]).find((reason) => reason !== null) ?? design;
}

/** Of a model before it is fitted. */
export async function designOf(
  kernel: Model,
  options: ModelOptions,
  resolved: Resolved,
  data: ChoiceData,
): Promise<Design | string> {
  const plain = withoutMixture(resolved);
  const compiled = compile(kernel, options, plain, data);
  const prepared = await prepare(compiled.program, data);
  const found = await designAt(compiled, prepared, plain, data, plain === resolved);
  prepared.dispose();
  return found;
}

/** The same coefficients for everybody. */
function withoutMixture(resolved: Resolved): Resolved {
  const single = resolved.classes?.single ?? resolved;
  return single.fixed ?? single;
}

const varying = "coefficients vary over people";

/** Of a model that is compiled already. */
export async function designAt(
  compiled: Compiled,
  prepared: Prepared,
  resolved: Resolved,
  data: ChoiceData,
  isPlain = true,
): Promise<Design | string> {
  if (isMixture(compiled.program)) return varying;
  if (resolved.latent) return "one utility stands behind all levels";
  const point = trialPoint(compiled, resolved.parameters);
  const linear = await differenceRows(compiled, prepared, point, data);
  const all = linear ?? (await differenceRows(compiled, prepared, point, data, true));
  if (!all) return "the model does not compare utilities one by one";
  if (!all.every(Number.isFinite)) return "utilities are not finite at the coefficients tried";
  const own = new Set(resolved.parameters.map(({ name }) => name));
  const free = freeNames(compiled.program);
  const kept = free.flatMap((name, k) => (own.has(name) ? [k] : []));
  const width = compiled.set.all.length;
  return {
    names: kept.map((k) => free[k]),
    differences: kept.length === free.length ? all : columnsAt(all, free.length, kept),
    situationOf: (row) => (compiled.set.axis ? data.situationOf(row) : Math.floor(row / width)),
    resolved,
    limits: {
      linear: linear ? null : "utilities are not linear in the coefficients",
      choice: isOneChoice(data) ? null : `the outcome is ${outcomeWords(data)}, not one choice`,
      same: isPlain ? null : varying,
    },
  };
}

const isOneChoice = ({ outcome }: ChoiceData): boolean => outcome?.kind === "choice";
const outcomeWords = ({ outcome }: ChoiceData): string =>
  outcome ? outcomes[outcome.kind].words : "unknown";

/** Values without symmetry near the start, inside the bounds. */
const trialPoint = ({ program }: Compiled, parameters: readonly Parameter[]): Float64Array => {
  const known = new Map(parameters.map((each) => [each.name, each]));
  return Float64Array.from(program.parameters, (name, k) => {
    const { start, lower, upper, fixed } = known.get(name) ?? { start: 1, lower: 1, upper: 1, fixed: true };
    if (fixed) return start;
    const step = 0.1 * (0.5 + (((k + 1) * 0.6180339887498949) % 1)) * Math.max(1, Math.abs(start));
    if (start + step <= upper) return start + step;
    return start - step >= lower ? start - step : (lower + upper) / 2;
  });
};

function columnsAt(rows: Float64Array, size: number, kept: readonly number[]): Float64Array {
  const out = new Float64Array((rows.length / size) * kept.length);
  for (let from = 0, at = 0; from < rows.length; from += size)
    for (const k of kept) out[at++] = rows[from + k];
  return out;
}
