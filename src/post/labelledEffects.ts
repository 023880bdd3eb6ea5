/** Responses where every alternative has a utility of its own: each share to each attribute, by label. */
import { addAll, compare, type Expr, gradient, mul, num, select, utility } from "../expr/index.ts";
import { meanOver } from "./mixing.ts";
import { type Ask, felt, gripsOf, holderOf, type Reach, type Response, slopeAt } from "./reach.ts";
import { type Grip, optionsOf, sceneOf, sums, totalWeight } from "./scene.ts";
import { minus, over, part, scaled } from "./uncertain.ts";

export async function labelledResponses(reach: Reach, { as, per }: Ask): Promise<Response[]> {
  const grips = gripsOf(reach, as);
  const scene = await sceneOf(reach.fit, {}, grips);
  const options = optionsOf(scene);
  const moving = felt(scene, grips);
  const { compiled } = scene;
  const leaves = compiled.program.classes[0].utilities.map((_, m) => utility(m));
  const { all } = compiled.set;
  const slope = (grip: Grip, c: number): Expr[] =>
    compiled.program.classes[c].utilities.map((each, m) =>
      select(all[m % all.length].available, slopeAt(each, grip, grips), num(0)),
    );
  const moves = options.flatMap(({ inClass }) =>
    moving.map((grip) => meanOver(compiled, (_, c) => moved(gradient(inClass(c), leaves), slope(grip, c)))),
  );
  const totals = await sums(scene, [...options.map(({ probability }) => probability), ...moves]);
  const weight = totalWeight(scene);
  return options.flatMap(({ name: alternative }, j) =>
    moving.map((grip, i) => {
      const move = part(totals, options.length + j * moving.length + i);
      const effect = per === "share" ? over(move, part(totals, j)) : scaled(move, 1 / weight);
      return { alternative, of: holderOf(grip, scene), effect };
    }),
  );
}

/** Σ_m ∂P/∂V_m ∂V_m/∂δ. */
const moved = (through: readonly Expr[], slope: readonly Expr[]): Expr =>
  addAll(through.map((each, m) => mul(each, slope[m])).filter((term) => term !== num(0)));

/** A grip at this value leaves its attribute alone. */
const untouched = -1;
const setTo: Grip["as"] = (value, grip) => select(compare("lt", grip, num(0)), value, grip);

/** The share when the 0/1 attribute is 1 less the share when it is 0. */
export async function labelledArcs(reach: Reach): Promise<Response[]> {
  const grips = gripsOf(reach, setTo);
  const scene = await sceneOf(reach.fit, {}, grips);
  const options = optionsOf(scene);
  const outputs = options.map(({ probability }) => probability);
  const none = Object.fromEntries(grips.map(({ parameter }) => [parameter, untouched]));
  const weight = totalWeight(scene);
  const responses: Response[] = [];
  for (const grip of felt(scene, grips)) {
    const one = await sums(scene, outputs, { ...none, [grip.parameter]: 1 });
    const zero = await sums(scene, outputs, { ...none, [grip.parameter]: 0 });
    options.forEach(({ name: alternative }, j) => {
      const effect = scaled(minus(part(one, j), part(zero, j)), 1 / weight);
      responses.push({ alternative, of: holderOf(grip, scene), effect });
    });
  }
  return responses;
}
