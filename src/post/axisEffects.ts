/**
 * Responses where alternatives share one utility and are not told apart: the mean response of an alternative to
 * its own attribute, and to that of another one in its choice set. Probabilities add to one, so what the others
 * lose together is what the one gains, and with J alternatives each of them loses 1/(J − 1) of it.
 */
import {
  compare,
  div,
  type Expr,
  given,
  gradient,
  max,
  mul,
  neg,
  num,
  Place,
  parameter,
  select,
  sub,
  sum,
  utility,
} from "../expr/index.ts";
import { meanOver, openProbabilities, utilitiesOf } from "./mixing.ts";
import { atPosition, positions } from "./options.ts";
import { type Ask, type Reach, type Response, slopeAt } from "./reach.ts";
import { type Grip, type Scene, sceneOf, sums, totalWeight } from "./scene.ts";
import { minus, part, plus, scaled, type Uncertain } from "./uncertain.ts";

export async function axisResponses({ fit, name }: Reach, { as, per }: Ask): Promise<Response[]> {
  const grip: Grip = { parameter: "δ0", attribute: name, place: null, as };
  const scene = await sceneOf(fit, {}, [grip]);
  const { compiled, resolved } = scene;
  const own = Array.from({ length: positions(scene.data) }, (_, p) =>
    meanOver(compiled, (model, c) => {
      const [probability] = openProbabilities(model, compiled.set);
      const [through] = gradient(atPosition(probability, p), [utility(Place.axis)]);
      return atPosition(mul(through, slopeAt(utilitiesOf(resolved, c)[0], grip, [grip])), p);
    }),
  );
  const totals = await sums(
    scene,
    own.flatMap((move) => ownAndOther(scene, move, per)),
  );
  return told(
    scene,
    own.map((_, p) => [part(totals, 2 * p), part(totals, 2 * p + 1)]),
  );
}

/** The alternative at the place where `place` is held gets the value that `value` is held at. */
export async function axisArcs({ fit, name }: Reach): Promise<Response[]> {
  const here = (place: Expr): Expr => compare("eq", given("position", Place.axis), place);
  const common = { attribute: name, place: null };
  const scene = await sceneOf(fit, {}, [
    { ...common, parameter: "δ0", as: (x, place) => select(here(place), parameter("δ1"), x) },
    { ...common, parameter: "δ1", as: (x) => x },
  ]);
  const { compiled } = scene;
  const move = meanOver(compiled, (model) =>
    sum(select(here(parameter("δ0")), openProbabilities(model, compiled.set)[0], num(0))),
  );
  const outputs = ownAndOther(scene, move, "choice");
  const pairs: [Uncertain, Uncertain][] = [];
  for (let p = 0; p < positions(scene.data); p++) {
    const one = await sums(scene, outputs, { δ0: p, δ1: 1 });
    const zero = await sums(scene, outputs, { δ0: p, δ1: 0 });
    pairs.push([minus(part(one, 0), part(zero, 0)), minus(part(one, 1), part(zero, 1))]);
  }
  return told(scene, pairs);
}

/** Own movement, per alternative of the set unless probabilities weight them, and that of one of the others. */
function ownAndOther({ compiled: { set } }: Scene, move: Expr, per: Ask["per"]): [Expr, Expr] {
  const size = sum(set.all[0].available);
  const own = per === "share" ? move : div(move, size);
  // A set of one has no others, and its probability does not move.
  return [own, neg(div(own, max(sub(size, num(1)), num(1))))];
}

function told(scene: Scene, pairs: readonly (readonly [Uncertain, Uncertain])[]): Response[] {
  const total = (i: 0 | 1): Uncertain =>
    scaled(pairs.map((pair) => pair[i]).reduce(plus), 1 / totalWeight(scene));
  return [
    { alternative: "an alternative", of: "its own", effect: total(0) },
    { alternative: "an alternative", of: "another", effect: total(1) },
  ];
}
