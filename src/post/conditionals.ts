/**
 * What a person's choices tell about the person: mean and standard deviation of each random coefficient given
 * them, and the probability of each latent class. The prior is the fitted distribution over people.
 * Source: Revelt & Train (2000); Train (2009), chapter 11.
 */
import { Complaint } from "../complaint/index.ts";
import { Table } from "../data/index.ts";
import { type Expr, mul, num, parameter, posterior } from "../expr/index.ts";
import type { Fit } from "../fit/index.ts";
import { coefficient, isScaled, type ResolvedRandom } from "../spec/index.ts";
import { requireMaximum } from "./requireMaximum.ts";

/** One row for each person (each situation, where no person was declared). Throws a Complaint where nothing varies over people. */
export async function conditionals(fit: Fit): Promise<Table> {
  const { random = [], classes } = fit.resolved;
  if (random.length === 0 && !classes)
    throw new Complaint("nothing varies over people in this fit", {
      help: "ls.mixed(spec, { b_time: ls.normal() }), or ls.latentClass(model, { classes: 2 })",
    });
  if (fit.compiled.program.apart !== undefined)
    throw new Complaint("these shares are of different people, so they tell nothing about one", {
      help: "unconditional distributions are told by ls.randomCoefficients(fit)",
    });
  requireMaximum(fit);
  const moments = random.flatMap((each) => {
    const values = inClasses(fit, each);
    return [posterior(values), posterior(values.map((value) => mul(value, value)))];
  });
  const members = (classes?.all ?? []).map((_, c) =>
    posterior(classes!.all.map((__, k) => num(k === c ? 1 : 0))),
  );
  const found = await byPerson(fit, [...moments, ...members]);
  const columns: Record<string, string[] | number[]> = { person: namesOf(fit) };
  for (const [i, { name }] of random.entries()) {
    const [mean, square] = [found[2 * i], found[2 * i + 1]];
    columns[`${name} mean`] = [...mean];
    columns[`${name} sd`] = [...mean].map((value, n) => Math.sqrt(Math.max(0, square[n] - value * value)));
  }
  for (const c of members.keys()) columns[`class ${c + 1}`] = [...found[moments.length + c]];
  return Table.of(columns, {
    title: `Given each person's choices${fit.resolved.latentVariables ? " and answers" : ""}`,
    notes: [
      "Estimates are taken as known. The spread of these means is smaller than that of the coefficients.",
      ...(isScaled(random) ? ["Coefficients are those before the scale that varies over people."] : []),
    ],
    formats: Object.fromEntries([...members.keys()].map((c) => [`class ${c + 1}`, 4])),
  });
}

/** The coefficient over parameters, columns and draws, in every class. */
function inClasses({ resolved, data }: Fit, { text }: ResolvedRandom): Expr[] {
  const of = { ...resolved, parameters: (resolved.classes?.single ?? resolved).parameters };
  const named = resolved.classes?.all.map((each) => each.parameter) ?? [parameter];
  return named.map((each) => coefficient(text, of, data, each));
}

/** The values at the first situation of every person, an array per output. */
async function byPerson(
  { data, prepared, estimates }: Fit,
  outputs: readonly Expr[],
): Promise<Float64Array[]> {
  const persons = data.person ? data.personCount : data.situations;
  const found = outputs.map(() => new Float64Array(persons).fill(Number.NaN));
  await prepared.each(outputs, estimates, ({ from, situations, values }) => {
    for (let s = 0; s < situations; s++) {
      const person = data.person?.[from + s] ?? from + s;
      for (const [k, column] of values.entries())
        if (Number.isNaN(found[k][person])) found[k][person] = column[s];
    }
  });
  return found;
}

const namesOf = ({ data }: Fit): string[] => (data.person ? [...data.persons] : [...data.situationIds]);
