/** What a report says of one fit, section by section. */
import type { Chart } from "../charts/chart.ts";
import { coefficients } from "../charts/coefficients.ts";
import { elasticities as elasticityChart } from "../charts/elasticities.ts";
import { probabilities } from "../charts/probabilities.ts";
import { toSvg } from "../charts/render.ts";
import { shares as shareChart } from "../charts/shares.ts";
import type { Table } from "../data/table.ts";
import { nameLeaf, print } from "../expr/index.ts";
import { type Fit, fitStatistics, standardErrors, summary } from "../fit/index.ts";
import { modelOf } from "../models/index.ts";
import { isSituational } from "../post/attributeValues.ts";
import { derived, elasticities, probabilityCurve, shares, wtp } from "../post/index.ts";
import { readKey } from "../post/scenario.ts";
import { latentEquations, specificationEquations, specificationText } from "../spec/index.ts";
import { type VerbValues, verbOf } from "../verbs/index.ts";
import { coefficientOf, columnsOf, holding } from "./attributes.ts";
import type { Figure, Section } from "./page.ts";

export interface ChapterOptions {
  /** The attribute that pays: willingness to pay is per unit of it, and τ is in its unit. */
  readonly cost?: string;
  /** The attribute of the probability curves. Default: `cost`, or the first attribute of the utilities. */
  readonly over?: string;
  /** Verbs of the registry whose answers join the report, with their options: { calibration: { bins: 10 } }. */
  readonly include?: Readonly<Record<string, VerbValues>>;
}

const mostElasticities = 4;
/** Choice sets larger than this are too long for tables of every alternative against every other. */
const mostShown = 12;

/** Sections in the order in which a paper has them; those that do not apply are left out. */
export async function chapter(fit: Fit, options: ChapterOptions): Promise<Section[]> {
  const { attributes, variables } = columnsOf(fit.resolved, fit.data);
  const cost = options.cost ?? null;
  const isSmall = largestSet(fit.data.start) <= mostShown;
  const isLabelled = fit.resolved.labels !== null;
  const { amounts, latent } = modelOf(fit.kernel);
  const others = attributes.filter((name) => name !== cost);
  const parts = await Promise.all([
    specification(fit),
    estimates(fit),
    amounts || latent ? [] : temperature(fit, cost),
    // By place in the choice set, long sets without labels mean nothing.
    (isSmall || isLabelled) && !amounts
      ? curves(fit, options.over ?? cost ?? attributes[0] ?? variables[0])
      : [],
    isSmall && !amounts ? responses(fit, [...attributes, ...variables].slice(0, mostElasticities), cost) : [],
    cost === null ? [] : values(fit, others, cost),
    ...Object.entries(options.include ?? {}).map(([name, asked]) => answer(fit, name, asked)),
  ]);
  return parts.flat();
}

const largestSet = (start: Int32Array): number =>
  start.reduce((most, row, s) => (s === 0 ? most : Math.max(most, row - start[s - 1])), 0);

function specification({ resolved }: Fit): Section[] {
  const equations = specificationEquations(resolved);
  return [
    {
      heading: "Specification",
      formulas: [
        ...equations.map(({ label, expr }) => ({
          name: "V",
          label: label === "" ? "j" : (label ?? undefined),
          expr,
        })),
        ...latentEquations(resolved).map(({ left, expr }) => ({ name: left, expr })),
      ],
      code: specificationText(resolved),
    },
  ];
}

async function estimates(fit: Fit): Promise<Section[]> {
  const table = summary(fit);
  return [
    {
      heading: "Estimates",
      paragraphs: fit.warnings,
      table: [table, standardErrors(fit), fitStatistics(fit)],
      figure: await figure(coefficients(table)),
    },
  ];
}

const free =
  "With all coefficients free the temperature is not identified: only coefficients divided by τ show in choices, and τ is 1 by convention.";

async function temperature(fit: Fit, cost: string | null): Promise<Section[]> {
  const heading = "Temperature";
  const pinned = fit.resolved.temperature;
  if (pinned) {
    const taus = Object.fromEntries(pinned.parameters.map((name) => [name, quoted(name)]));
    const unit = pinned.unit === null ? [] : [`One unit of utility is ${pinned.unit}.`];
    return [{ heading, paragraphs: [pinned.pinned, ...unit], table: await titled(derived(fit, taus)) }];
  }
  const pays = cost === null ? null : coefficientOf(fit.resolved, cost);
  if (!pays) return [{ heading, paragraphs: [free] }];
  const inMoney = `Measured in ${cost}, that is with its coefficient at -1 a unit, the temperature is the following number of units: the difference in ${cost} that changes the odds by a factor of e.`;
  const tau = await titled(derived(fit, { tau: `-${pays.many} / ${quoted(pays.name)}` }), cost);
  return [{ heading, paragraphs: [free, inMoney], table: tau }];
}

const titled = async (table: Promise<Table>, unit: string | null = null): Promise<Table> =>
  (await table).displayed({ title: unit === null ? "Temperature" : `Temperature in ${unit}` });

async function curves(fit: Fit, over: string | undefined): Promise<Section[]> {
  const observed = await shares(fit, {});
  const drawn = [figure(shareChart(observed))];
  if (over !== undefined && fit.resolved.labels !== null) {
    const of = whoseCurve(fit, over);
    const whose = of === undefined ? over : `${over} of ${of}`;
    drawn.unshift(figure(probabilities(await probabilityCurve(fit, { over, of }), { over: whose })));
  }
  return [{ heading: "Choice probabilities", table: observed, figure: await Promise.all(drawn) }];
}

/** The alternative whose attribute the curves run over: the first that has it. A variable of the situation has none. */
function whoseCurve({ resolved, data }: Fit, over: string): string | undefined {
  const { name, place } = readKey(over, data);
  if (place !== null || isSituational(name, data)) return undefined;
  const [first] = holding(resolved, [name]);
  return resolved.labels!.find((label) => label === first) ?? resolved.labels![0];
}

async function responses(fit: Fit, attributes: readonly string[], cost: string | null): Promise<Section[]> {
  if (attributes.length === 0) return [];
  const tables = await Promise.all(attributes.map((of) => elasticities(fit, { of })));
  // The heat map draws a matrix; a variable of the situation has a column only, and a 0/1 column has arc effects.
  const isMatrix = (table: Table): boolean => table.columns.has("elasticity") && table.rows > labels.length;
  const labels = fit.resolved.labels ?? [];
  const drawn = attributes.filter((_, i) => labels.length > 0 && isMatrix(tables[i]));
  const shown = drawn.find((name) => name === cost) ?? drawn[0];
  if (shown === undefined) return [{ heading: "Elasticities", table: tables }];
  const chart = elasticityChart(tables[attributes.indexOf(shown)], { attribute: shown });
  return [{ heading: "Elasticities", table: tables, figure: await figure(chart) }];
}

async function values(fit: Fit, attributes: readonly string[], per: string): Promise<Section[]> {
  const valued = attributes.filter((name) => holding(fit.resolved, [name, per]).length > 0);
  if (valued.length === 0) return [];
  return [{ heading: "Willingness to pay", table: await wtp(fit, { of: valued, per }) }];
}

/** What a verb answers. Throws a Complaint for a name that is none. */
async function answer(fit: Fit, name: string, asked: VerbValues): Promise<Section[]> {
  const verb = verbOf(name);
  const tables = await verb.run(fit, asked);
  const drawn = verb.chart ? { figure: await figure(await verb.chart(tables, {})) } : {};
  return [{ heading: verb.title, paragraphs: [verb.question], table: tables, ...drawn }];
}

const quoted = (name: string): string => print(nameLeaf(name));

const figure = async (spec: Chart): Promise<Figure> => ({
  svg: await toSvg(spec),
  caption: spec.usermeta.caption,
  spec,
});
