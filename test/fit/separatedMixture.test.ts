/** What has no maximum is said of mixtures as of any other model: which parameter runs away, and that it does. */
import { expect, test } from "vitest";
import { type ChoiceData, Table, wide } from "../../src/data/index.ts";
import { fit, logit } from "../../src/fit/index.ts";
import { random } from "../../src/math/random.ts";
import { mixed, normal, spec } from "../../src/spec/index.ts";

/** Four choices a person between a and b; c is there and never chosen. `d` is 1 only at what is chosen. */
function choices(situations: number): ChoiceData {
  const { uniform } = random(3);
  const rows = Array.from({ length: situations }, (_, s) => {
    const t = [3 * uniform(), 3 * uniform(), 3 * uniform()];
    const [a, b] = t.map((time) => -time - Math.log(-Math.log(uniform())));
    const isTold = uniform() < 0.3;
    const row = { person: Math.floor(s / 4), choice: a > b ? "a" : "b", ta: t[0], tb: t[1], tc: t[2] };
    return { ...row, da: Number(isTold && a > b), db: Number(isTold && a <= b), dc: 0 };
  });
  return wide(Table.from(rows), {
    choice: "choice",
    alternatives: ["a", "b", "c"],
    attributes: { t: "t{alternative}", d: "d{alternative}" },
    person: "person",
  });
}

const model = (utilities: Record<string, string>) =>
  logit(
    mixed(
      spec({ parameters: { ab: 0, ac: 0, b: 0, g: 0 }, utilities }),
      { b: normal() },
      { draws: { kind: "sobol", count: 33 } },
    ),
  );

test.for([100, 300, 1000])("an alternative that nobody of %d chose runs away alone", async (situations) => {
  const found = await fit(
    model({ a: "b * t", b: "ab + b * t + g * ta", c: "ac + b * t" }),
    choices(situations),
  );
  expect(found.converged).toBe(false);
  expect(found.message).toBe("no maximum exists: the value keeps rising while ac falls without limit");
});

test("a column that tells the choice runs away alone", async () => {
  const found = await fit(
    model({ a: "b * t + g * d", b: "ab + b * t + g * d", c: "ac * t - 30" }),
    choices(400),
  );
  expect(found.converged).toBe(false);
  expect(found.message).toMatch(/no maximum exists: .*\bg rises/);
});
