/**
 * Wald: that some expressions of the parameters hold, without fitting again. With h(θ) = 0 the restrictions
 * and J their exact Jacobian, W = hᵀ (J V Jᵀ)⁻¹ h ~ χ²(number of restrictions). V is the covariance that
 * the fit quotes, so the test is right for clustered choices where a likelihood ratio is not.
 *
 * Source: Wald (1943), Transactions of the American Mathematical Society 54:426.
 */
import { Complaint } from "../../complaint/index.ts";
import type { Table } from "../../data/index.ts";
import { sub } from "../../expr/index.ts";
import type { Fit } from "../../fit/index.ts";
import { jointWald } from "../../inference/index.ts";
import { factor } from "../../math/matrix.ts";
import { parsed, uncertain } from "../derived.ts";
import { covarianceOf, type Uncertain } from "../uncertain.ts";
import { checkConverged } from "./comparable.ts";
import { type TestOptions, type TestRow, testTable, verdict } from "./verdict.ts";

/**
 * One row per restriction and one for all together. A restriction is an equation ("b_time = 2 * b_cost") or
 * an expression that should be 0 ("b_time"). Throws a Complaint where one follows from the others.
 */
export function waldTest(
  fit: Fit,
  restrictions: string | readonly string[],
  options: TestOptions = {},
): Table {
  checkConverged(fit);
  const texts = [restrictions].flat() as readonly string[];
  if (texts.length === 0)
    throw new Complaint("there is nothing to test", {
      help: 'give restrictions, for example ["b_time = b_cost"]',
    });
  const numbers = texts.map((text) => distance(fit, text));
  const covariance = covarianceOf(fit, numbers);
  checkVaries(texts, covariance);
  const size = texts.length;
  const row = (test: string, which: readonly number[]): TestRow => ({
    test,
    ...jointWald(
      Float64Array.from(which, (i) => numbers[i].value),
      Float64Array.from(which.flatMap((i) => which.map((j) => covariance[i * size + j]))),
    ),
  });
  const all = texts.map((_, i) => i);
  const each = texts.map((text, i) => row(equation(text), [i]));
  const joint = row(size === 1 ? equation(texts[0]) : "all of them", all);
  return testTable(size === 1 ? [joint] : [...each, joint], {
    title: "Wald test",
    besides: { distance: [...numbers.map(({ value }) => value), ...(size === 1 ? [] : [Number.NaN])] },
    notes: [
      verdict(
        joint.p,
        {
          rejected: size === 1 ? "the restriction does not hold" : "the restrictions do not all hold",
          kept:
            size === 1
              ? "the restriction is in keeping with the data"
              : "the restrictions are in keeping with the data",
        },
        options,
      ),
      `Exact gradients, ${fit.covariance.kind} covariance.`,
    ],
  });
}

const sides = /(?<![<>=!])={1,2}(?!=)/;
const equation = (text: string): string => (sides.test(text) ? text.trim() : `${text.trim()} = 0`);

/** What should be 0: left side less right side. */
function distance(fit: Fit, text: string): Uncertain {
  const [left, right, ...more] = text.split(sides);
  if (more.length > 0)
    throw new Complaint("a restriction has one equals sign", { value: text, help: "write two restrictions" });
  const expr = parsed(fit, left);
  return uncertain(fit, right === undefined ? expr : sub(expr, parsed(fit, right)));
}

function checkVaries(texts: readonly string[], covariance: Float64Array): void {
  const size = texts.length;
  texts.forEach((text, i) => {
    const variance = covariance[i * (size + 1)];
    if (variance > 0) return;
    throw new Complaint("a restriction has no standard error, so it cannot be tested", {
      value: text,
      rule: "a restriction uses parameters that were estimated, none of them fixed or held at a bound",
    });
  });
  const solved = factor(covariance);
  if (solved && solved.pivot > 1e-10) return;
  throw new Complaint("the restrictions are not independent: one follows from the others", {
    value: texts.join("; "),
    help: "leave one out",
  });
}
