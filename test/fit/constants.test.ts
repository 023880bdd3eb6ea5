/** What a fit is measured against where not every alternative is always there: a constant for each, and nothing else. */
import { expect, test } from "vitest";
import { type ChoiceData, long, Table } from "../../src/data/index.ts";
import { fit, logit } from "../../src/fit/index.ts";
import { random } from "../../src/math/random.ts";

const labels = ["a", "b", "c", "d"];

/** Choice sets of two to four alternatives, with weights, choices, and how many chose each. `d` is chosen where it may be. */
function table(mayChooseD: boolean): Table {
  const { uniform } = random(11);
  const rows = Array.from({ length: 300 }, (_, s) => {
    const set = labels.filter((_, j) => j < 2 || uniform() < 0.6);
    const candidates = mayChooseD ? set : set.filter((label) => label !== "d");
    const chosen = candidates[Math.floor(candidates.length * uniform() ** 1.5)];
    const weight = 0.5 + uniform();
    return set.map((alt) => ({
      s,
      alt,
      weight,
      choice: Number(alt === chosen),
      n: Number(alt === chosen) + (candidates.includes(alt) ? Math.floor(4 * uniform()) : 0),
    }));
  }).flat();
  const column = <K extends keyof (typeof rows)[number]>(name: K) => rows.map((row) => row[name]);
  return Table.of({
    s: column("s"),
    alt: column("alt"),
    weight: column("weight"),
    choice: column("choice"),
    n: column("n"),
  });
}

const sets = { situation: "s", alternative: "alt" };
const cases: Record<string, () => ChoiceData> = {
  choices: () => long(table(true), { ...sets, choice: "choice" }),
  "weighted choices": () => long(table(true), { ...sets, choice: "choice", weight: "weight" }),
  "numbers of choices": () => long(table(true), { ...sets, counts: "n" }),
};

const constants = (names: readonly string[]) =>
  logit({
    parameters: Object.fromEntries(names.map((name) => [`asc_${name}`, 0])),
    utilities: Object.fromEntries(labels.map((name) => [name, names.includes(name) ? `asc_${name}` : "0"])),
  });

test.for(Object.keys(cases))("a model of nothing but constants is its own measure, of %s", async (kind) => {
  const found = await fit(constants(["b", "c", "d"]), cases[kind]());
  expect(found.converged).toBe(true);
  expect(found.constantsParameters).toBe(3);
  expect(Math.abs(found.constantsLogLikelihood / found.logLikelihood - 1)).toBeLessThan(1e-12);
});

test("an alternative that nobody chose counts as if it were not there", async () => {
  const all = table(false);
  const whole = await fit(constants(["b"]), long(all, { ...sets, choice: "choice" }));
  const without = await fit(
    logit({ parameters: { asc_b: 0, asc_c: 0 }, utilities: { a: "0", b: "asc_b", c: "asc_c" } }),
    long(all.filter('alt != "d"'), { ...sets, choice: "choice" }),
  );
  expect(whole.constantsParameters).toBe(2);
  expect(whole.constantsLogLikelihood / without.logLikelihood).toBeCloseTo(1, 12);
});

test("more different choice sets than can be counted, with their rows in any order, are measured the same", async () => {
  const names = Array.from({ length: 14 }, (_, j) => `m${j}`);
  const { uniform } = random(12);
  const rows = Array.from({ length: 4000 }, (_, s) => {
    const some = names.filter(() => uniform() < 0.5);
    const set = (some.length > 1 ? some : names).toSorted(() => uniform() - 0.5);
    const chosen = set[Math.floor(set.length * uniform())];
    return set.map((alt) => ({ s, alt, choice: Number(alt === chosen) }));
  }).flat();
  const own = logit({
    parameters: Object.fromEntries(names.slice(1).map((name) => [`asc_${name}`, 0])),
    utilities: Object.fromEntries(names.map((name, j) => [name, j === 0 ? "0" : `asc_${name}`])),
  });
  const few = rows.slice(
    0,
    rows.findIndex(({ s }) => s === 500),
  );
  for (const part of [few, rows]) {
    const found = await fit(own, long(Table.from(part), { ...sets, choice: "choice" }));
    expect(found.converged).toBe(true);
    expect(Math.abs(found.constantsLogLikelihood / found.logLikelihood - 1)).toBeLessThan(1e-11);
  }
});
