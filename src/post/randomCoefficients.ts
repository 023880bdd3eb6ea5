/**
 * How coefficients are spread over people: mean, standard deviation, quantiles and the share above zero of each
 * random coefficient, and how correlated ones vary together, all with standard errors. The formulas are those of the
 * table of distributions; columns that a mean depends on are taken at their average.
 */
import { Complaint } from "../complaint/index.ts";
import type { Table } from "../data/index.ts";
import { nameLeaf, print } from "../expr/index.ts";
import type { Fit } from "../fit/index.ts";
import { distributions, quantileText, type ResolvedRandom, replaceNames, type Shape } from "../spec/index.ts";
import { average } from "./average.ts";
import { parsed, uncertain } from "./derived.ts";
import { requireMaximum } from "./requireMaximum.ts";
import { intervalColumns, resultTable } from "./uncertain.ts";

interface Row {
  readonly coefficient: string;
  readonly statistic: string;
  readonly text: string;
}

/** One row for each statistic of each coefficient; a column for the class where there are latent classes. */
export async function randomCoefficients(fit: Fit): Promise<Table> {
  const rows = rowsOf(fit, (random, of) => {
    const { distribution, shape, name } = random;
    if (distribution === null || !shape) return [];
    const row = distributions[distribution];
    const at = atAverage(fit, random, shape);
    const moments = row.moments?.(at);
    const statistics = {
      ...(moments ? { mean: moments.mean, "std. deviation": moments.sd } : {}),
      "10 %": quantileText(row, at, 0.1),
      median: quantileText(row, at, 0.5),
      "90 %": quantileText(row, at, 0.9),
      "share above 0": row.positive(at),
    };
    return Object.entries(statistics).map(([statistic, text]) => ({
      coefficient: of(name),
      statistic,
      text,
    }));
  });
  return tableOf(fit, rows, "Random coefficients over people", described(fit));
}

/** Covariances and correlations of the normals behind correlated coefficients. */
export async function randomCovariances(fit: Fit): Promise<Table> {
  const rows = rowsOf(fit, ({ name, group }, of) =>
    group.slice(0, group.indexOf(name) + 1).flatMap((other): Row[] => {
      if (group.length < 2) return [];
      const covariance = covarianceText(group, other, name);
      const scale = `sqrt((${covarianceText(group, other, other)}) * (${covarianceText(group, name, name)}))`;
      const pair = `${of(other)}, ${of(name)}`;
      if (other === name) return [{ coefficient: of(name), statistic: "variance", text: covariance }];
      return [
        { coefficient: pair, statistic: "covariance", text: covariance },
        { coefficient: pair, statistic: "correlation", text: `(${covariance}) / ${scale}` },
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
  return tableOf(
    fit,
    rows,
    "Covariances of random coefficients",
    isAllNormal ? [] : ["Of the normals that the coefficients are made of."],
  );
}

/** (L Lᵀ)_{ab} over the draws that both hold. */
function covarianceText(group: readonly string[], a: string, b: string): string {
  const shared = group.slice(0, Math.min(group.indexOf(a), group.indexOf(b)) + 1);
  return shared.map((of) => `${quote(`chol_${of}_${a}`)} * ${quote(`chol_${of}_${b}`)}`).join(" + ");
}

/** The rows of every random coefficient, in every class. */
function rowsOf(fit: Fit, rows: (random: ResolvedRandom, of: (name: string) => string) => Row[]): Row[] {
  const { random = [], classes } = fit.resolved;
  if (random.length === 0)
    throw new Complaint("no coefficient of this fit is random", {
      help: "ls.mixed(spec, { b_time: ls.normal() })",
    });
  if (!classes) return random.flatMap((each) => rows(each, (name) => name));
  return classes.all.flatMap(({ parameter }, c) =>
    random.flatMap((each) =>
      rows(each, (name) => `${name}, class ${c + 1}`).map((row) => ({
        ...row,
        text: replaceNames(row.text, (name) => {
          const here = parameter(name);
          return here.op === "parameter" ? quote(here.name) : print(here);
        }),
      })),
    ),
  );
}

/** The shape with a positive spread and with the columns of its mean at their average. */
function atAverage(fit: Fit, { columns, name, on, centred }: ResolvedRandom, shape: Shape): Shape {
  const effects = columns.map(({ parameter, text }) => `${quote(parameter)} * (${average(fit.data, text)})`);
  const m = [...(on || centred ? [] : [quote(name)]), ...effects].join(" + ") || "0";
  return { ...shape, m, s: shape.s.startsWith("sqrt") ? shape.s : `abs(${shape.s})` };
}

function described({ resolved: { random = [] } }: Fit): string[] {
  const expressions = random.filter(({ distribution }) => distribution === null).map(({ name }) => name);
  return expressions.length > 0 ? [`Not shown, since they are expressions: ${expressions.join(", ")}.`] : [];
}

function tableOf(fit: Fit, rows: readonly Row[], title: string, notes: readonly string[]): Table {
  requireMaximum(fit);
  const numbers = rows.map(({ text }) => uncertain(fit, parsed(fit, text)));
  return resultTable(
    fit,
    {
      coefficient: rows.map(({ coefficient }) => coefficient),
      statistic: rows.map(({ statistic }) => statistic),
      ...intervalColumns(fit, "value", numbers),
    },
    { title, notes },
  );
}

const quote = (name: string): string => print(nameLeaf(name));
