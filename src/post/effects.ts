/**
 * Elasticities and marginal effects, own and cross, by exact derivatives: an attribute x becomes x (1 + δ) or
 * x + δ, and ∂P_j/∂δ = Σ_m ∂P_j/∂V_m ∂V_m/∂δ. An aggregate elasticity weights every situation by the probability,
 * Σ w ∂P_j/∂δ / Σ w P_j, which is the percentage change of the predicted share. A 0/1 column gets an arc effect
 * instead: the share with 1 less the share with 0.
 *
 * Source: Train (2009), Discrete Choice Methods with Simulation, section 3.6; Ben-Akiva & Lerman (1985), 5.3.
 */
import type { Table } from "../data/index.ts";
import { add, type Expr, mul, num } from "../expr/index.ts";
import type { Fit } from "../fit/index.ts";
import { isBinary, sitesOf } from "./attributeValues.ts";
import { axisArcs, axisResponses } from "./axisEffects.ts";
import { labelledArcs, labelledResponses } from "./labelledEffects.ts";
import { type Reach, type Response, reachOf } from "./reach.ts";
import { intervalColumns, resultTable } from "./uncertain.ts";

export interface EffectOptions {
  /** The attribute that changes, as "cost" or "cost.car" (only there). */
  readonly of: string;
}

const relative = (value: Expr, delta: Expr): Expr => mul(value, add(num(1), delta));

/**
 * Percentage change of each share for one per cent more of the attribute. Rows: every alternative with every one
 * whose attribute changes; "all" where it belongs to the situation; for choice sets without labels the mean
 * response to its own attribute and to that of another alternative. Arc effects for a 0/1 column.
 * Throws a Complaint for an unknown name, and for one that no utility uses.
 */
export async function elasticities(fit: Fit, { of }: EffectOptions): Promise<Table> {
  const reach = reachOf(fit, of);
  if (isArc(reach)) return arcEffects(reach, of);
  const ask = { as: relative, per: "share" } as const;
  const responses = await (reach.isLabelled ? labelledResponses(reach, ask) : axisResponses(reach, ask));
  return effectTable(fit, responses, "elasticity", `Aggregate elasticities of the shares in ${of}`, [
    meaningOf(responses),
    "Situations are weighted by the probability of the alternative.",
  ]);
}

function meaningOf([{ of }]: readonly Response[]): string {
  if (of === "all")
    return "Percentage change of the share for one per cent more, which all alternatives feel at once.";
  if (of === "its own") return "Percentage change of a probability for one per cent more of the attribute.";
  return "Percentage change of the share of the first alternative for one per cent more of the attribute of the second.";
}

/** Mean change of each probability for one unit more of the attribute. Rows and complaints as for elasticities. */
export async function marginalEffects(fit: Fit, { of }: EffectOptions): Promise<Table> {
  const reach = reachOf(fit, of);
  if (isArc(reach)) return arcEffects(reach, of);
  const ask = { as: add, per: "choice" } as const;
  const responses = await (reach.isLabelled ? labelledResponses(reach, ask) : axisResponses(reach, ask));
  return effectTable(fit, responses, "effect", `Marginal effects of ${of} on the shares`, [
    "Mean change of the probability for one unit more.",
  ]);
}

function isArc({ fit: { data }, name, place }: Reach): boolean {
  return isBinary(name, data, place === null ? sitesOf(name, data) : [place]);
}

async function arcEffects(reach: Reach, of: string): Promise<Table> {
  const responses = await (reach.isLabelled ? labelledArcs(reach) : axisArcs(reach));
  return effectTable(reach.fit, responses, "effect", `Arc effects of ${of} on the shares`, [
    `${of} is 0 or 1: the ${reach.isLabelled ? "share" : "probability"} with 1 less that with 0.`,
  ]);
}

function effectTable(
  fit: Fit,
  responses: readonly Response[],
  name: string,
  title: string,
  notes: readonly string[],
): Table {
  const effects = responses.map(({ effect }) => effect);
  const columns = {
    alternative: responses.map(({ alternative }) => alternative),
    of: responses.map(({ of }) => of),
    ...intervalColumns(fit, name, effects),
  };
  const everywhere = responses.some(({ of }) => of === "all")
    ? ["It changes for all alternatives at once."]
    : [];
  return resultTable(fit, columns, { title, notes: [...notes, ...everywhere], digits: 3 });
}
