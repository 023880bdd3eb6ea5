/** Changes to a study that change no result that was right: what `--fix` applies. */
import { nameLeaf, print } from "../../expr/index.ts";
import type { StudyModel } from "../../study/index.ts";
import type { Fix } from "./check.ts";

/**
 * Takes out a coefficient that the data cannot tell: held at its start where it is declared, else its term of the formula
 * goes. `term` is the term where the coefficient is one of several that it makes.
 */
export const withoutParameter = (name: string, term = name): Fix => ({
  says: `${term} is no longer estimated`,
  apply(study) {
    const { formula, parameters } = study.model;
    if (speaksOf(study.model, name) || speaksOf(study.model, term)) return null;
    if (formula !== undefined) {
      const shorter = withoutTerm(formula, term);
      return shorter === null ? null : { ...study, model: { ...study.model, formula: shorter } };
    }
    const given = parameters?.[name];
    if (given === undefined) return null;
    const held = typeof given === "number" ? { start: given } : given;
    const changed = { ...parameters, [name]: { ...held, fixed: true } };
    return { ...study, model: { ...study.model, parameters: changed } };
  },
});

/** Whether more than utilities or a formula has the name: what varies over people, what is shared, what pins the scale. */
function speaksOf({ random, correlated, classes, temperature, wtpSpace }: StudyModel, name: string): boolean {
  const parts = [random, correlated, classes, temperature, wtpSpace].map((part) =>
    JSON.stringify(part ?? ""),
  );
  return parts.some((text) => new RegExp(`(?<![\\w.])${escaped(name)}(?![\\w.])`).test(text));
}

/** The formula without the one term of this name; null where it has none or several, or would be left with nothing there. */
function withoutTerm(formula: string, name: string): string | null {
  const parts = formula.split("|").map((part) => part.split("+").map((term) => term.trim()));
  const found = parts.flat().filter((term) => term === name);
  if (found.length !== 1) return null;
  const left = parts.map((terms) => terms.filter((term) => term !== name));
  return left.some((terms) => terms.length === 0) ? null : left.map((terms) => terms.join(" + ")).join(" | ");
}

/** Divides a column by a power of ten, under its own name. Only where one coefficient has it and no bound or start speaks of its unit. */
export const rescaled = (column: string, names: readonly string[], factor: number): Fix => ({
  says: `${column} is ${factor > 1 ? `divided by ${factor}` : `multiplied by ${1 / factor}`}, and ${names.join(", ")} ${factor > 1 ? "larger" : "smaller"} by as much`,
  apply(study) {
    const { data, model } = study;
    const speaks = names.some((name) => {
      const given = model.parameters?.[name];
      return typeof given === "object" || (typeof given === "number" && given !== 0);
    });
    const texts = [model.formula, ...Object.values(model.utilities ?? {})].join(" ; ");
    const { temperature, random, classes, options } = model;
    const others = [temperature, random, classes, options, study.fit?.start, data.filter, data.derive].map(
      (part) => JSON.stringify(part ?? ""),
    );
    const uses = new RegExp(`(?<![\\w.])${escaped(column)}(?![\\w.])`, "g");
    const isAlone = new Set(texts.match(uses)).size === 1 && !others.some((text) => text.match(uses));
    const inFunction = new RegExp(`[*/^(]\\s*${escaped(column)}\\s*[/^),]`).test(texts);
    if (speaks || !isAlone || inFunction || data.layout === "wide") return null;
    const derive = {
      ...data.derive,
      [column]: `${print(nameLeaf(column))} ${factor > 1 ? `/ ${factor}` : `* ${1 / factor}`}`,
    };
    return { ...study, data: { ...data, derive } };
  },
});

const escaped = (name: string): string => name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
