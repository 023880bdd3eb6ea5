/**
 * How coefficients are spread over people: mean, standard deviation, quantiles and the share above zero of each
 * random coefficient, and how correlated ones vary together, all with standard errors. The formulas are those of the
 * table of distributions; columns that a mean depends on are taken at their average.
 */
import { Complaint } from "../complaint/index.ts";
import type { Table } from "../data/index.ts";
import { type Expr, nameLeaf, parameter, print } from "../expr/index.ts";
import type { Fit } from "../fit/index.ts";
import {
  coefficient,
  distributions,
  isScaled,
  quantileText,
  type ResolvedRandom,
  replaceNames,
  type Shape,
} from "../spec/index.ts";
import { average } from "./average.ts";
import { parsed, uncertain } from "./derived.ts";
import { drawnCount, drawnStatistics } from "./drawnStatistics.ts";
import { requireMaximum } from "./requireMaximum.ts";
import { type Statistic, statisticTable, type Uncertain } from "./uncertain.ts";

/** What names mean: in a latent class, those of the class. */
interface Here {
  readonly title: (name: string) => string;
  readonly number: (text: string) => Uncertain;
  readonly parameter: (name: string) => Expr;
}

/** One row for each statistic of each coefficient; a column for the class where there are latent classes. */
export async function randomCoefficients(fit: Fit): Promise<Table> {
  const rows = rowsOf(fit, (random, here) =>
    Object.entries(statisticsOf(fit, random, here)).map(([statistic, number]) => ({
      of: here.title(random.name),
      statistic,
      number,
    })),
  );
  return statisticTable(fit, "coefficient", rows, {
    title: "Random coefficients over people",
    notes: described(fit),
  });
}

/** By their formulas, and over many draws where there is none. */
function statisticsOf(fit: Fit, random: ResolvedRandom, here: Here): Record<string, Uncertain> {
  const { distribution, shape } = random;
  const { resolved, data } = fit;
  const of = { ...resolved, parameters: (resolved.classes?.single ?? resolved).parameters };
  const drawn = (): Record<string, Uncertain> =>
    drawnStatistics(fit, coefficient(random.text, of, data, here.parameter));
  if (distribution === null || !shape) return drawn();
  const row = distributions[distribution];
  const at = atAverage(fit, random, shape);
  const moments = row.moments?.(at);
  const { mean, "std. deviation": sd } = moments
    ? { mean: here.number(moments.mean), "std. deviation": here.number(moments.sd) }
    : drawn();
  return {
    mean,
    "std. deviation": sd,
    "10 %": here.number(quantileText(row, at, 0.1)),
    median: here.number(quantileText(row, at, 0.5)),
    "90 %": here.number(quantileText(row, at, 0.9)),
    "share above 0": here.number(row.positive(at)),
  };
}

/** Covariances and correlations of the normals behind correlated coefficients. */
export async function randomCovariances(fit: Fit): Promise<Table> {
  const rows = rowsOf(fit, ({ name, group }, { title, number }) =>
    group.slice(0, group.indexOf(name) + 1).flatMap((other): Statistic[] => {
      if (group.length < 2) return [];
      const covariance = covarianceText(group, other, name);
      const scale = `sqrt((${covarianceText(group, other, other)}) * (${covarianceText(group, name, name)}))`;
      const pair = `${title(other)}, ${title(name)}`;
      if (other === name) return [{ of: title(name), statistic: "variance", number: number(covariance) }];
      return [
        { of: pair, statistic: "covariance", number: number(covariance) },
        { of: pair, statistic: "correlation", number: number(`(${covariance}) / ${scale}`) },
      ];
    }),
  );
  if (rows.length === 0)
    throw new Complaint("no coefficients of this fit are correlated", {
      help: "ls.mixed(spec, { a: ls.normal(), b: ls.normal() }, { correlated: true })",
    });
  const isAllNormal = fit.resolved.random!.every(
    ({ distribution, group }) => group.length < 2 || distribution === "normal",
  );
  return statisticTable(fit, "coefficient", rows, {
    title: "Covariances of random coefficients",
    notes: isAllNormal ? [] : ["Of the normals that the coefficients are made of."],
  });
}

/** (L Lᵀ)_{ab} over the draws that both hold. */
function covarianceText(group: readonly string[], a: string, b: string): string {
  const shared = group.slice(0, Math.min(group.indexOf(a), group.indexOf(b)) + 1);
  return shared.map((of) => `${quote(`chol_${of}_${a}`)} * ${quote(`chol_${of}_${b}`)}`).join(" + ");
}

/** The rows of every random coefficient, in every class. */
function rowsOf(fit: Fit, rows: (random: ResolvedRandom, here: Here) => Statistic[]): Statistic[] {
  const { random = [], classes } = fit.resolved;
  if (random.length === 0)
    throw new Complaint("no coefficient of this fit is random", {
      help: "ls.mixed(spec, { b_time: ls.normal() })",
    });
  requireMaximum(fit);
  const everywhere: Here = {
    title: (name) => name,
    number: (text) => uncertain(fit, parsed(fit, text)),
    parameter,
  };
  const places = classes?.all.map((each, c) => inClass(everywhere, each.parameter, c)) ?? [everywhere];
  return places.flatMap((here) => random.flatMap((each) => rows(each, here)));
}

const inClass = ({ number }: Here, named: Here["parameter"], c: number): Here => ({
  title: (name) => `${name}, class ${c + 1}`,
  number: (text) =>
    number(
      replaceNames(text, (name) => {
        const here = named(name);
        return here.op === "parameter" ? quote(here.name) : print(here);
      }),
    ),
  parameter: named,
});

/** The shape with a positive spread and with the columns of its mean at their average. */
function atAverage(fit: Fit, { columns, name, on, centred }: ResolvedRandom, shape: Shape): Shape {
  const effects = columns.map(({ parameter, text }) => `${quote(parameter)} * (${average(fit.data, text)})`);
  const m = [...(on || centred ? [] : [quote(name)]), ...effects].join(" + ") || "0";
  return { ...shape, m, s: shape.s.startsWith("sqrt") ? shape.s : `abs(${shape.s})` };
}

function described({ resolved: { random = [] } }: Fit): string[] {
  const names = random.filter(({ distribution }) => distribution === null).map(({ name }) => name);
  return [
    ...(names.length > 0
      ? [`${names.join(", ")}: over ${drawnCount} draws of what the expression draws.`]
      : []),
    ...(isScaled(random) ? ["Coefficients are those before the scale that varies over people."] : []),
  ];
}

const quote = (name: string): string => print(nameLeaf(name));
