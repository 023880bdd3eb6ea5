/**
 * Diversion ratios: of the choices that an alternative loses when it becomes a little worse, the share that goes
 * to each of the others, D_jk = −Σ w ∂P_k/∂x_j / Σ w ∂P_j/∂x_j. Over all k they add to 1. In a logit they follow the
 * shares, whatever the alternatives are; that they do not is what nests and random tastes are for.
 *
 * Source: Shapiro (1996), Antitrust 10:23; Conlon & Mortimer (2021), RAND Journal of Economics 52:693.
 */
import { Complaint } from "../complaint/index.ts";
import type { Table } from "../data/index.ts";
import { add, gradient, utility } from "../expr/index.ts";
import type { Fit } from "../fit/index.ts";
import { labelledResponses } from "./labelledEffects.ts";
import { meanOver } from "./mixing.ts";
import { reachOf } from "./reach.ts";
import { optionsOf, sceneOf, sums } from "./scene.ts";
import { intervalColumns, over, part, resultTable, scaled, type Uncertain } from "./uncertain.ts";

export interface DiversionOptions {
  /** The attribute that makes an alternative worse: "cost". Default: utility itself, alike for everyone. */
  readonly of?: string;
}

/** How the choices of every alternative move, when that of `from` becomes worse. */
interface Moves {
  readonly names: readonly string[];
  readonly move: (from: string, to: string) => Uncertain | undefined;
}

/** A row for each pair of alternatives, `from` and `to`. Throws a Complaint where alternatives share one utility. */
export async function diversion(fit: Fit, { of }: DiversionOptions = {}): Promise<Table> {
  if (fit.resolved.labels === null)
    throw new Complaint("all alternatives share one utility here, so none is told apart", {
      help: "diversion needs a utility for each alternative",
    });
  const { names, move } = of === undefined ? await byUtility(fit) : await byAttribute(fit, of);
  const pairs = names.flatMap((from) =>
    names.flatMap((to) => {
      const [own, other] = [move(from, from), move(from, to)];
      return from === to || !own || !other ? [] : [{ from, to, ratio: scaled(over(other, own), -1) }];
    }),
  );
  if (pairs.length === 0)
    throw new Complaint(`${of} belongs to no alternative alone`, {
      help: "name an attribute of the alternatives",
    });
  const columns = {
    from: pairs.map(({ from }) => from),
    to: pairs.map(({ to }) => to),
    ...intervalColumns(
      fit,
      "diversion",
      pairs.map(({ ratio }) => ratio),
    ),
  };
  const how = of === undefined ? "utility, alike for everyone" : of;
  return resultTable(fit, columns, {
    title: "Diversion ratios",
    notes: [`Of the choices that the first loses, the share that the second gains; by a change of ${how}.`],
    formats: { diversion: 4, "std. error": 4, lower: 4, upper: 4 },
  });
}

async function byUtility(fit: Fit): Promise<Moves> {
  const scene = await sceneOf(fit);
  const options = optionsOf(scene);
  const names = options.map(({ name }) => name);
  const leaves = names.map((_, j) => utility(j));
  const totals = await sums(
    scene,
    options.flatMap(({ inClass }) =>
      leaves.map((leaf) => meanOver(scene.compiled, (_, c) => gradient(inClass(c), [leaf])[0])),
    ),
  );
  return {
    names,
    move: (from, to) => part(totals, names.indexOf(to) * names.length + names.indexOf(from)),
  };
}

async function byAttribute(fit: Fit, of: string): Promise<Moves> {
  const responses = await labelledResponses(reachOf(fit, of), { as: add, per: "choice" });
  return {
    names: [...new Set(responses.map(({ alternative }) => alternative))],
    move: (from, to) => responses.find((each) => each.of === from && each.alternative === to)?.effect,
  };
}
