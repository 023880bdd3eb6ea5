/**
 * A fit with a number added to the utility of labelled alternatives: the same estimates, other shares. The
 * numbers are known, or follow the estimates (δ as a function of β, with its derivatives): then they carry the
 * uncertainty of what they follow into everything that is derived.
 */
import { prepare } from "../../backends/index.ts";
import { Complaint } from "../../complaint/index.ts";
import { nameLeaf, print } from "../../expr/index.ts";
import { type Fit, type FitParameter, summary } from "../../fit/index.ts";
import { deltaCovariance, spread, wald } from "../../inference/index.ts";
import { submatrix } from "../../math/matrix.ts";
import { modelOf } from "../../models/index.ts";
import { compile } from "../../program/index.ts";
import { measuredAs, resolveSpec, type Spec, writtenOut } from "../../spec/index.ts";

type Shifts = Readonly<Record<string, number>>;

interface ShiftOptions {
  /** ∂shift/∂β, a row per shift over the free parameters of the fit; left out where the shifts are known. */
  readonly follows?: Float64Array;
  readonly message?: string;
}

/** The parameter that is added to the utility of a label: shift_bus, or shift2_bus where there is one. */
export function shiftName({ parameters }: Fit, label: string): string {
  const taken = new Set(parameters.map(({ name }) => name));
  for (let i = 1; ; i++) {
    const name = `shift${i > 1 ? i : ""}_${label}`;
    if (!taken.has(name)) return name;
  }
}

/** @param shifts by label; a label without one is left as it is. */
export async function shiftedFit(fit: Fit, shifts: Shifts, options: ShiftOptions = {}): Promise<Fit> {
  const { follows, message = fit.message } = options;
  if (fit.resolved.latent)
    throw new Complaint("levels have no constants to adjust", {
      rule: "the shares of an ordered model are those of its thresholds",
    });
  const specification = withShifts(fit, shifts, follows !== undefined);
  const resolved = measuredAs(resolveSpec(specification, fit.data), fit.resolved);
  const compiled = compile(modelOf(fit.kernel), fit.model.options ?? {}, resolved, fit.data);
  const { program } = compiled;
  const prepared = await prepare(program, fit.data, fit.prepared.backend);
  const covariances = Object.fromEntries(
    Object.entries(fit.covariances).map(([kind, matrix]) => [
      kind,
      extended(fit, matrix, program.parameters, Object.keys(shifts), follows),
    ]),
  ) as Fit["covariances"];
  const matrix = covariances[fit.covariance.kind]!;
  const old = new Map(fit.parameters.map((each) => [each.name, each]));
  const value = new Map(Object.entries(shifts).map(([label, shift]) => [shiftName(fit, label), shift]));
  const parameters = program.parameters.map(
    (name, i) =>
      old.get(name) ??
      shiftParameter(
        name,
        value.get(name)!,
        Math.sqrt(matrix[i * (program.parameters.length + 1)]),
        !follows,
      ),
  );
  const estimates = Float64Array.from(parameters, ({ estimate }) => estimate);
  const result: Fit = {
    ...fit,
    model: { ...fit.model, specification },
    resolved,
    compiled,
    prepared,
    parameters,
    estimates,
    message,
    covariance: { ...fit.covariance, matrix },
    covariances,
    logLikelihood: (await prepared.evaluate(estimates, "value")).value,
    toString: () => `${summary(result)}`,
  };
  return result;
}

function withShifts(fit: Fit, shifts: Shifts, free: boolean): Spec {
  const written = writtenOut(fit.resolved);
  const text = (label: string): string =>
    typeof written.utilities === "string" ? written.utilities : written.utilities[label];
  const added = Object.entries(shifts).map(([label, start]) => [
    shiftName(fit, label),
    { start, fixed: !free },
  ]);
  const utilities = labelsOf(fit).map((label) => [
    label,
    label in shifts ? `(${text(label)}) + ${print(nameLeaf(shiftName(fit, label)))}` : text(label),
  ]);
  return {
    ...written,
    parameters: { ...written.parameters, ...Object.fromEntries(added) },
    utilities: Object.fromEntries(utilities),
  };
}

export function labelsOf({ data }: Fit): readonly string[] {
  if (data.labels) return data.labels;
  throw new Complaint("these alternatives have no labels, so none can have a constant", {
    help: "name the alternative column",
  });
}

const shiftParameter = (
  name: string,
  estimate: number,
  standardError: number,
  fixed: boolean,
): FitParameter => ({
  name,
  role: "constant",
  ...wald(estimate, standardError),
  neutral: 0,
  fixed,
  atBound: null,
});

/** The covariance over the new parameters: J V Jᵀ, J a unit row for what was free, ∂shift/∂β for what follows. */
function extended(
  fit: Fit,
  matrix: Float64Array,
  names: readonly string[],
  labels: readonly string[],
  follows: Float64Array | undefined,
): Float64Array {
  const { free, parameters } = fit.compiled.program;
  const size = free.length;
  const rows = names.map((name): readonly number[] | null => {
    const at = free.indexOf(parameters.indexOf(name));
    if (at >= 0) return free.map((_, k) => (k === at ? 1 : 0));
    const shift = labels.findIndex((label) => shiftName(fit, label) === name);
    return shift >= 0 && follows ? [...follows.subarray(shift * size, (shift + 1) * size)] : null;
  });
  const known = rows.flatMap((row, i) => (row ? [i] : []));
  const jacobian = Float64Array.from(known.flatMap((i) => rows[i]!));
  return spread(deltaCovariance(jacobian, submatrix(matrix, free)), known, names.length);
}
