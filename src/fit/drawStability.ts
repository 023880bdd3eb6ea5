/** Whether the draws are enough: the same fit with other draws of the same number, and with twice as many. */
import { Complaint } from "../complaint/index.ts";
import { Table } from "../data/index.ts";
import type { Draws } from "../math/draws/draws.ts";
import { drawOptionsOf } from "../spec/index.ts";
import { type FitOptions, fit } from "./fit.ts";
import type { Fit } from "./result.ts";

/** What moves by more than this many standard errors is not stable. */
const tolerated = 0.1;

/**
 * How far each estimate moves, in its standard errors, with another seed and with twice the draws. Plain Halton
 * draws have no seed: there the other draws are a later run of the sequence. Throws a Complaint where nothing is drawn.
 */
export async function drawStability(first: Fit, options: Pick<FitOptions, "onStep"> = {}): Promise<Table> {
  const { draws } = first.compiled.program;
  if (!draws || draws.kind === "gaussHermite")
    throw new Complaint("no draws are taken in this fit", {
      help: "ls.mixed(spec, { b_time: ls.normal() }, { draws: ls.sobol(500) })",
    });
  const other = draws.kind === "halton" ? { drop: draws.drop + 1_000_003 } : { seed: draws.seed + 1 };
  const fits = [
    await again(first, { ...draws, ...other }, options),
    await again(first, { ...draws, count: 2 * draws.count }, options),
  ];
  const moved = fits.map((each) =>
    first.parameters.map(
      ({ estimate, standardError }, k) => (each.parameters[k].estimate - estimate) / standardError,
    ),
  );
  const unstable = first.parameters.flatMap(({ name }, k) =>
    moved.some((each) => Math.abs(each[k]) > tolerated) ? [name] : [],
  );
  return Table.of(
    {
      parameter: [...first.parameters.map(({ name }) => name), "log-likelihood"],
      estimate: [...first.parameters.map(({ estimate }) => estimate), first.logLikelihood],
      "other draws": [...moved[0], fits[0].logLikelihood - first.logLikelihood],
      "twice the draws": [...moved[1], fits[1].logLikelihood - first.logLikelihood],
    },
    {
      title: `What other draws move, in standard errors (${draws.count} ${draws.kind} draws)`,
      formats: { "other draws": 3, "twice the draws": 3 },
      notes: [
        unstable.length === 0
          ? "No estimate moves by more than a tenth of its standard error."
          : `More than a tenth of a standard error: ${unstable.join(", ")}. Take more draws.`,
        "The last row is the change of the log-likelihood itself.",
      ],
    },
  );
}

async function again(first: Fit, draws: Draws, options: FitOptions): Promise<Fit> {
  const { model, data, parameters, backend, covariance } = first;
  const written =
    typeof model.specification === "string" ? { formula: model.specification } : model.specification;
  const specification = { ...written, draws: drawOptionsOf(draws) };
  const start = Object.fromEntries(
    parameters.filter(({ fixed }) => !fixed).map(({ name, estimate }) => [name, estimate]),
  );
  return fit({ ...model, specification }, data, { ...options, start, backend, covariance: covariance.kind });
}
