/** What an attribute reaches: all alternatives, one of them, or each in its turn; and how one response is told. */
import { Complaint } from "../complaint/index.ts";
import { dependsOn, type Expr, num, parameter, slopes, substitute, topological } from "../expr/index.ts";
import type { Fit } from "../fit/index.ts";
import { isSituational, refuseNoNumber } from "./attributeValues.ts";
import { utilitiesOf } from "./mixing.ts";
import { type Grip, readKey, type Scene } from "./scene.ts";
import type { Uncertain } from "./uncertain.ts";

/** The share of `alternative` when the attribute of `of` changes. */
export interface Response {
  readonly alternative: string;
  readonly of: string;
  readonly effect: Uncertain;
}

/** How an attribute changes, and what the change is told per: the alternative's share, or a choice. */
export interface Ask {
  readonly as: Grip["as"];
  readonly per: "share" | "choice";
}

export interface Reach {
  readonly fit: Fit;
  readonly name: string;
  /** The one alternative that was asked for, or null. */
  readonly place: number | null;
  /** Whether every alternative has a utility of its own. */
  readonly isLabelled: boolean;
}

export function reachOf(fit: Fit, of: string): Reach {
  const { name, place } = readKey(of, fit.data);
  refuseNoNumber(name, fit.data);
  const isLabelled = fit.resolved.labels !== null;
  if (place !== null && !isLabelled)
    throw new Complaint("all alternatives share one utility here, so none is told apart", {
      value: of,
      help: `ask for ${name}: the response to its own, and to that of another`,
    });
  return { fit, name, place, isLabelled };
}

/** A grip per alternative whose attribute it is; one on all where the attribute belongs to the situation. */
export function gripsOf({ fit: { data }, name, place }: Reach, as: Grip["as"]): Grip[] {
  const each = place !== null ? [place] : isSituational(name, data) ? [null] : data.labels!.map((_, j) => j);
  return each.map((at, i) => ({ parameter: `δ${i}`, attribute: name, place: at, as }));
}

/** Those that some utility feels. */
export function felt({ resolved, compiled }: Scene, grips: readonly Grip[]): Grip[] {
  const all = compiled.classes.flatMap((_, c) => utilitiesOf(resolved, c));
  return grips.filter(({ parameter: name }) => dependsOn(all, parameter(name)));
}

/** ∂utility/∂δ at δ = 0. */
export function slopeAt(utility: Expr, grip: Grip, grips: readonly Grip[]): Expr {
  const leaves = new Set(grips.map(({ parameter: name }) => parameter(name)));
  const [slope] = slopes(utility, [parameter(grip.parameter)]);
  return substitute([slope], topological([slope]), (node) => (leaves.has(node) ? num(0) : undefined))[0];
}

/** The column `of`: whose attribute changes. */
export const holderOf = ({ place }: Grip, { data }: Scene): string =>
  place === null ? "all" : data.labels![place];
