/** Checks of the columns of a model: without variation within choice sets, of odd size, or nearly the same. */
import { parameter, print, slopes } from "../../expr/index.ts";
import { cancelling } from "../../fit/identification.ts";
import { eigen, inverse, submatrix, times } from "../../math/matrix.ts";
import type { Check, Finding, Patient } from "./check.ts";
import { type Design, designFor } from "./design.ts";
import { rescaled, withoutParameter } from "./fixes.ts";
import { crossProducts, normsOf } from "./moments.ts";
import { range } from "./sets.ts";

export const variation: Check = {
  name: "no variation",
  finds: "columns that do not vary within any choice set",
  stage: "model",
  run({ resolved, design }) {
    const named = resolved ? cancelling(resolved).map(({ name }) => name) : [];
    const flat = typeof design === "string" ? [] : unmoved(design);
    return [...new Set([...named, ...flat])].map((name) => ({
      grade: "stops" as const,
      says: `${name} is not identified: its column is the same for all alternatives of every choice set`,
      advice:
        "let it enter some alternatives only (a situation variable belongs in the second part of a formula), or leave it out",
      fix: withoutParameter(name),
    }));
  },
};

/** Names of the columns whose differences are all zero. */
export function unmoved({ names, differences }: Design): string[] {
  const norms = normsOf(differences, names.length);
  return names.filter((_, k) => norms[k] === 0);
}

/** A column this many times larger or smaller than 1 gets a factor. */
const far = 1000;

export const scale: Check = {
  name: "scale",
  finds: "columns of odd size, and the factor to use",
  stage: "model",
  run(patient) {
    const design = designFor(patient.design, "linear");
    if (typeof design === "string") return design;
    const { names, differences } = design;
    const all = sizes(differences, names.length);
    const columns = names.map((name) => columnOf(design, name));
    return [...new Set(columns)].flatMap((column) => {
      const own = range(names.length).filter((k) => columns[k] === column && all[k] > 0);
      const size = Math.max(...own.map((k) => all[k]));
      if (own.length === 0 || (size < far && size > 1 / far)) return [];
      return [
        oddSize(
          patient,
          column,
          own.map((k) => names[k]),
          size,
        ),
      ];
    });
  },
};

function oddSize(
  { data, resolved }: Patient,
  column: string,
  names: readonly string[],
  size: number,
): Finding {
  const factor = 10 ** Math.round(Math.log10(size));
  const to = factor > 1 ? `divide by ${factor}` : `multiply by ${Number((1 / factor).toPrecision(6))}`;
  return {
    grade: "note",
    says: `${column} is of size ${Number(size.toPrecision(2))}, and so ${names.join(", ")} of size ${Number((1 / size).toPrecision(1))}`,
    advice: `${to}; the fit scales columns by itself, so only readers are served`,
    ...(data.table.columns.has(column) && names.every((name) => isUniform(resolved, name))
      ? { fix: rescaled(column, names, factor) }
      : {}),
  };
}

/** Whether the coefficient is one number for all people, so that only its size changes with its column. */
const isUniform = (resolved: Patient["resolved"], name: string): boolean =>
  !resolved?.random?.some((each) => each.name === name);

/** Root mean square of what is not zero, column by column. */
function sizes(rows: Float64Array, size: number): number[] {
  const [sums, counts] = [new Float64Array(size), new Int32Array(size)];
  rows.forEach((value, at) => {
    sums[at % size] += value * value;
    if (value !== 0) counts[at % size]++;
  });
  return Array.from(sums, (sum, k) => (counts[k] > 0 ? Math.sqrt(sum / counts[k]) : 0));
}

/** What the coefficient multiplies, as text. */
function columnOf({ resolved }: Design, name: string): string {
  const each = resolved.utilities.map((utility) => slopes(utility, [parameter(name)])[0]);
  return print(each.find((slope) => slope.op !== "number") ?? each[0]);
}

/** Condition index from which collinearity harms. Source: Belsley, Kuh & Welsch (1980), Regression diagnostics, section 3.2. */
const harmful = 30;
/** R² from which a column is worth a warning. */
const alike = 0.99;
/** So many parts of a combination are spelled out. */
const most = 6;
/** Eigenvalues below are exact repetition, which is another check's. */
const exact = 1e-11;

export const collinear: Check = {
  name: "near-collinear",
  finds: "columns that others nearly make up",
  stage: "model",
  run(patient) {
    const design = designFor(patient.design, "linear");
    if (typeof design === "string") return design;
    const { names, differences } = design;
    const norms = normsOf(differences, names.length);
    const kept = range(names.length).filter((k) => norms[k] > 0);
    const gram = submatrix(crossProducts(differences, norms), kept);
    const { values, vectors } = eigen(gram);
    const index = (i: number): number => Math.sqrt(values[values.length - 1] / values[i]);
    return range(values.length)
      .filter((i) => values[i] > exact && index(i) > harmful)
      .flatMap((i) => {
        const [target, ...others] = involved(vectors[i]);
        const { shares, fitted } = regression(gram, target, others);
        if (!(fitted > alike)) return [];
        const parts = others.map((k, n) =>
          part(shares[n] * (norms[kept[target]] / norms[kept[k]]), names[kept[k]]),
        );
        return [
          {
            grade: "harms" as const,
            says: `the column of ${names[kept[target]]} is nearly ${joined(parts.slice(0, most))}${parts.length > most ? ` and parts of ${parts.length - most} more` : ""} (R² ${fitted.toFixed(5)} within choice sets, condition index ${Math.round(index(i))})`,
            advice:
              "their separate effects are hardly told apart, and their standard errors are large: leave one out, or say it with one combined column; predictions are not harmed",
          },
        ];
      });
  },
};

/** Columns that take a notable part in the direction, the largest part first. */
function involved(direction: Float64Array): number[] {
  const parts = direction.map(Math.abs);
  const largest = Math.max(...parts);
  return range(parts.length)
    .filter((k) => parts[k] > 0.1 * largest)
    .sort((a, b) => parts[b] - parts[a]);
}

/** Least squares of one column of unit length on others. */
function regression(gram: Float64Array, target: number, others: readonly number[]) {
  const size = Math.round(Math.sqrt(gram.length));
  const beside = Float64Array.from(others, (k) => gram[k * size + target]);
  const solved = inverse(submatrix(gram, others));
  const shares = solved ? times(solved, beside) : beside;
  return { shares, fitted: shares.reduce((sum, share, n) => sum + share * beside[n], 0) };
}

const part = (factor: number, name: string): [boolean, string] => {
  const size = Number(Math.abs(factor).toPrecision(3));
  return [factor < 0, size === 1 ? name : `${size} × ${name}`];
};

const joined = (parts: readonly [boolean, string][]): string =>
  parts.map(([minus, text], i) => `${minus ? (i > 0 ? "− " : "−") : i > 0 ? "+ " : ""}${text}`).join(" ");
