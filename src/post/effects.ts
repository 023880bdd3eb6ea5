/**
 * Elasticities and marginal effects, own and cross, by exact derivatives: the attribute of an alternative
 * gets a parameter δ, as x (1 + δ) or x + δ, and ∂P_j/∂δ = Σ_m ∂P_j/∂V_m ∂V_m/∂δ. An aggregate elasticity
 * weights every situation by the probability, Σ w ∂P_j/∂δ / Σ w P_j, which is the percentage change of the
 * predicted share. A 0/1 column gets an arc effect instead: the share with 1 less the share with 0.
 *
 * Source: Train (2009), Discrete Choice Methods with Simulation, section 3.6; Ben-Akiva & Lerman (1985), 5.3.
 */
import { Complaint } from "../complaint/index.ts";
import type { ChoiceData, Table } from "../data/index.ts";
import {
  add,
  addAll,
  type Expr,
  gradient,
  mul,
  num,
  Place,
  parameter,
  slopes,
  substitute,
  topological,
  utility,
} from "../expr/index.ts";
import type { Fit } from "../fit/index.ts";
import {
  atPosition,
  type Grip,
  type Option,
  optionsOf,
  placeOf,
  type Scene,
  sceneOf,
  sums,
  totalWeight,
} from "./scene.ts";
import {
  intervalColumns,
  minus,
  over,
  part,
  plus,
  resultTable,
  scaled,
  type Uncertain,
} from "./uncertain.ts";

export interface EffectOptions {
  /** The attribute that changes, as "cost" or "cost.car" (only there). */
  readonly of: string;
}

/** One response: the share of `alternative` when the attribute of `of` changes. */
interface Response {
  readonly alternative: string;
  readonly of: string;
  readonly effect: Uncertain;
}

/** Percentage change of each share for one per cent more of the attribute; arc effects for a 0/1 column. */
export async function elasticities(fit: Fit, options: EffectOptions): Promise<Table> {
  if (isBinary(fit.data, fit, options.of))
    return fit.resolved.labels === null ? marginalEffects(fit, options) : arcEffects(fit, options);
  const responses = await respond(
    fit,
    options,
    (value, grip) => mul(value, add(num(1), grip)),
    (moved, share) => over(moved, share),
  );
  return effectTable(fit, responses, "elasticity", `Aggregate elasticities of the shares in ${options.of}`, [
    "Row: percentage change of the share of the alternative for one per cent more of the attribute at `of`.",
    "Situations are weighted by the probability of the alternative.",
  ]);
}

/** Change of each share, as a fraction of all choices, for one unit more of the attribute. */
export async function marginalEffects(fit: Fit, options: EffectOptions): Promise<Table> {
  if (fit.resolved.labels !== null && isBinary(fit.data, fit, options.of)) return arcEffects(fit, options);
  const responses = await respond(fit, options, add, (moved, _share, weight) => scaled(moved, 1 / weight));
  return effectTable(fit, responses, "effect", `Marginal effects of ${options.of} on the shares`, [
    "Mean change of the probability for one unit more.",
  ]);
}

async function respond(
  fit: Fit,
  { of }: EffectOptions,
  as: Grip["as"],
  finish: (moved: Uncertain, share: Uncertain, weight: number) => Uncertain,
): Promise<Response[]> {
  const grips = gripsOf(fit, of, as);
  const scene = await sceneOf(fit, {}, grips);
  const options = optionsOf(scene);
  const moves =
    scene.resolved.labels === null
      ? axisMoves(scene, options, grips[0])
      : labelledMoves(scene, options, grips);
  const totals = await sums(scene, [
    ...options.map(({ probability }) => probability),
    ...moves.map(({ move }) => move),
  ]);
  const weight = totalWeight(scene);
  const responses = moves.map(({ j, i }, m) => ({
    alternative: options[j].name,
    of: scene.resolved.labels === null ? options[i].name : nameOfGrip(grips[i], scene.data),
    effect: finish(part(totals, options.length + m), part(totals, j), weight),
  }));
  return scene.resolved.labels === null ? ownAndCross(responses, totals.values) : responses;
}

const nameOfGrip = ({ place }: Grip, data: ChoiceData): string =>
  place === null ? "all" : data.labels![place];

/** A grip per alternative whose attribute it is; one on all where the attribute belongs to the situation. */
function gripsOf(fit: Fit, of: string, as: Grip["as"]): Grip[] {
  const { name, places } = whereIs(fit, of);
  return places.map((place, i) => ({ parameter: `δ${i}`, attribute: name, place, as }));
}

function whereIs(fit: Fit, of: string): { name: string; places: (number | null)[] } {
  const { data } = fit;
  const dot = data.has(of) ? -1 : of.indexOf(".");
  const name = dot < 0 ? of : of.slice(0, dot);
  if (fit.resolved.labels === null || data.labels === null) return { name, places: [null] };
  if (dot >= 0) return { name, places: [placeOf(of.slice(dot + 1), data)] };
  const everywhere =
    data.has(name) && data.resolve(name, Place.situation) !== null && !data.attributeNames.includes(name);
  return { name, places: everywhere ? [null] : data.labels.map((_, j) => j) };
}

interface Move {
  readonly j: number;
  readonly i: number;
  readonly move: Expr;
}

/** ∂P_j/∂δ_i for all pairs: through the utilities, at δ = 0. */
function labelledMoves(
  { compiled: { program } }: Scene,
  options: readonly Option[],
  grips: readonly Grip[],
): Move[] {
  const { utilities } = program.classes[0];
  const leaves = utilities.map((_, m) => utility(m));
  const byGrip = grips.map(({ parameter: name }) =>
    utilities.map((each) => atZero(slopes(each, [parameter(name)])[0], grips)),
  );
  if (byGrip.every((each) => each.every((slope) => slope === num(0)))) throw unused(grips[0].attribute);
  return options.flatMap(({ probability }, j) => {
    const through = gradient(probability, leaves);
    return grips.map((_, i) => ({
      j,
      i,
      move: addAll(through.map((slope, m) => mul(slope, byGrip[i][m])).filter((term) => term !== num(0))),
    }));
  });
}

/** On the axis δ is each alternative's own, so the pair (j, i) is picked out by position. */
function axisMoves({ compiled: { program } }: Scene, options: readonly Option[], grip: Grip): Move[] {
  const slope = atZero(slopes(program.classes[0].utilities[0], [parameter(grip.parameter)])[0], [grip]);
  if (slope === num(0)) throw unused(grip.attribute);
  const leaf = utility(Place.axis);
  return options.flatMap(({ probability }, j) => {
    const through = gradient(probability, [leaf])[0];
    return options.map((_, i) => ({ j, i, move: atPosition(mul(through, slope), i) }));
  });
}

const unused = (attribute: string): Complaint =>
  new Complaint(`no utility uses ${attribute}`, { help: "name an attribute that stands in a utility" });

const atZero = (expr: Expr, grips: readonly Grip[]): Expr => {
  const leaves = new Set(grips.map(({ parameter: name }) => parameter(name)));
  return substitute([expr], topological([expr]), (node) => (leaves.has(node) ? num(0) : undefined))[0];
};

/** Unlabelled alternatives: the mean own response and the mean response to another one. */
function ownAndCross(responses: readonly Response[], shares: Float64Array): Response[] {
  const mean = (own: boolean): Uncertain[] => {
    const found = responses.filter(({ alternative, of }) => (alternative === of) === own);
    const weights = found.map(({ alternative }) => shares[Number(alternative) - 1] ?? 1);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return found.length === 0
      ? []
      : [found.map(({ effect }, i) => scaled(effect, weights[i] / total)).reduce(plus)];
  };
  const named = (own: boolean, of: string): Response[] =>
    mean(own).map((effect) => ({ alternative: "an alternative", of, effect }));
  return [...named(true, "its own"), ...named(false, "another")];
}

/** The share when the 0/1 attribute is 1 less the share when it is 0. */
async function arcEffects(fit: Fit, { of }: EffectOptions): Promise<Table> {
  const { name, places } = whereIs(fit, of);
  const responses: Response[] = [];
  for (const place of places) {
    const key = place === null ? name : `${name}.${fit.data.labels![place]}`;
    const [one, zero] = await Promise.all([1, 0].map((value) => sharesAt(fit, key, value)));
    one.forEach(({ name: alternative, share }, j) => {
      responses.push({
        alternative,
        of: place === null ? "all" : fit.data.labels![place],
        effect: minus(share, zero[j].share),
      });
    });
  }
  return effectTable(fit, responses, "effect", `Arc effects of ${of} on the shares`, [
    `${of} is 0 or 1: the share with 1 less the share with 0.`,
  ]);
}

async function sharesAt(fit: Fit, key: string, value: number): Promise<{ name: string; share: Uncertain }[]> {
  const scene = await sceneOf(fit, { scenario: { [key]: value } });
  const options = optionsOf(scene);
  const totals = await sums(
    scene,
    options.map(({ probability }) => probability),
  );
  return options.map(({ name }, j) => ({ name, share: scaled(part(totals, j), 1 / totalWeight(scene)) }));
}

/** Whether an attribute holds only 0 and 1 (and both). */
function isBinary(data: ChoiceData, fit: Fit, of: string): boolean {
  const { name, places } = whereIs(fit, of);
  const at = places[0] ?? (fit.resolved.labels === null ? Place.axis : 0);
  const leaf = data.has(name) ? data.resolve(name, at) : null;
  const values = (leaf?.op === "data" && data.column(leaf.name)?.values) || new Float64Array();
  return values.some((value) => value === 1) && values.every((value) => value === 0 || value === 1);
}

function effectTable(
  fit: Fit,
  responses: readonly Response[],
  name: string,
  title: string,
  notes: readonly string[],
): Table {
  const columns = {
    alternative: responses.map(({ alternative }) => alternative),
    of: responses.map(({ of }) => of),
    ...intervalColumns(
      fit,
      name,
      responses.map(({ effect }) => effect),
    ),
  };
  return resultTable(fit, columns, { title, notes });
}
