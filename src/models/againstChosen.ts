/** Differences of utilities against the alternative that was chosen, whichever it was. */
import { addAll, type Expr, select, sub } from "../expr/index.ts";
import { type Alternatives, atChosen } from "./alternatives.ts";

/** The alternatives other than the chosen one, in order: at place k it is the k-th or, from the chosen one on, the next. */
export const inPlaces = (set: Alternatives, of: (item: Alternatives["all"][number]) => Expr): Expr[] =>
  set.all
    .slice(1)
    .map((item, k) =>
      select(addAll(set.all.slice(0, k + 1).map(({ chosen }) => chosen)), of(item), of(set.all[k])),
    );

/** V_k − V_chosen for the alternatives in their places. */
export function againstChosen(set: Alternatives): Expr[] {
  const chosen = atChosen(
    set,
    set.all.map(({ utility }) => utility),
  );
  return inPlaces(set, ({ utility }) => utility).map((utility) => sub(utility, chosen));
}
