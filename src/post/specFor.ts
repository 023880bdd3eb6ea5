/** The specification of a fit for other data: the same utilities, less those of alternatives that nobody has there. */
import type { ChoiceData } from "../data/index.ts";
import { parse, topological } from "../expr/index.ts";
import type { Fit } from "../fit/index.ts";
import { asSpec, type Spec } from "../spec/index.ts";

export function specFor(fit: Fit, data: ChoiceData): Spec {
  const written = asSpec(fit.model.specification, fit.data);
  const { labels } = data;
  if (typeof written.utilities === "string" || labels === null || fit.data.labels === null) return written;
  const gone = fit.data.labels.filter((label) => !labels.includes(label));
  if (gone.length === 0) return written;
  const utilities = Object.fromEntries(
    Object.entries(written.utilities).filter(([label]) => !gone.includes(label)),
  );
  const names = new Set(topological(Object.values(utilities).map(parse)).map(({ name }) => name));
  const parameters = Object.fromEntries(
    Object.entries(written.parameters).filter(([name]) => names.has(name)),
  );
  return { ...written, parameters, utilities };
}
