/** Programs of every shape over small made-up data, written as text: what backends are tried on. */
import { type ChoiceData, long, Table } from "../../src/data/index.ts";
import {
  add,
  div,
  draw,
  type Expr,
  exp,
  given,
  log,
  mul,
  num,
  Place,
  parameter,
  parse,
  select,
  sub,
  substitute,
  sum,
  topological,
  utility,
} from "../../src/expr/index.ts";
import { type Random, random } from "../../src/math/random.ts";
import { type Alternatives, atChosen, modelOf } from "../../src/models/index.ts";
import {
  alternativesOf,
  closed,
  type Draws,
  expectationOf,
  type Program,
  posteriorOf,
} from "../../src/program/index.ts";

export interface WorldOptions {
  readonly persons?: number;
  readonly labelled?: boolean;
  /** Alternatives are missing at random, and persons have one to four situations. */
  readonly ragged?: boolean;
  readonly weights?: boolean;
  /** Situations of a person are apart from each other. */
  readonly mixedUp?: boolean;
  readonly anonymous?: boolean;
  readonly alternatives?: number;
}

/** Columns x, y (by alternative), v (by situation), age (by person), big (positive). */
export function worldOf(seed: number, options: WorldOptions = {}): ChoiceData {
  const { persons = 7, labelled = true, ragged, weights, mixedUp, anonymous, alternatives = 3 } = options;
  const source = random(seed);
  const ages = Array.from({ length: persons }, () => source.uniform());
  const who = ages.flatMap((_, person) => Array(ragged ? 1 + source.below(4) : 3).fill(person) as number[]);
  if (mixedUp) shuffle(who, source);
  const rows = who.flatMap((person, situation) => situationOf(person, situation, source));
  const names = ["situation", "alternative", "choice", "person", "weight", "x", "y", "v", "age", "big"];
  const table = Table.of(
    Object.fromEntries(names.map((name, i) => [name, rows.map((row) => row[i])])) as Record<string, number[]>,
  );
  return long(table, {
    situation: "situation",
    ...(labelled ? { alternative: "alternative" } : {}),
    choice: "choice",
    ...(anonymous ? {} : { person: "person" }),
    ...(weights ? { weight: "weight" } : {}),
  });

  function situationOf(person: number, situation: number, draws: Random): number[][] {
    const all = Array.from({ length: alternatives }, (_, j) => j);
    const some = ragged ? all.filter(() => draws.uniform() < 0.7) : all;
    const set = some.length > 1 ? some : all.slice(0, 2);
    const chosen = set[draws.below(set.length)];
    const v = draws.uniform() - 0.5;
    return set.map((j) => [
      situation,
      j,
      j === chosen ? 1 : 0,
      person,
      0.5 + person / 10,
      2 * draws.uniform() - 1,
      draws.uniform(),
      v,
      ages[person],
      0.5 + draws.uniform(),
    ]);
  }
}

function shuffle(values: number[], source: Random): void {
  for (let last = values.length - 1; last > 0; last--) {
    const other = source.below(last + 1);
    [values[last], values[other]] = [values[other], values[last]];
  }
}

export interface ClassText {
  /** One for each labelled alternative, or one for all. z0, z1 … are draws of persons, w0, w1 … of situations. */
  readonly utilities: readonly string[];
  /** Membership utility in parameters and columns of the person. */
  readonly member?: string;
  /** Log density of what else was observed of the person. */
  readonly measured?: string;
  /** Log probabilities; those of the logit unless given. */
  readonly logProbabilities?: (set: Alternatives) => Expr[];
}

export interface Case {
  readonly data: ChoiceData;
  readonly program: Program;
  readonly point: Float64Array;
  /** Written over averages of probabilities, utilities and draws: one value a situation. */
  readonly outputs: readonly Expr[];
  /** One value for each row, where alternatives have no labels. */
  readonly rowOutputs: readonly Expr[];
}

/** Names that are columns; all others but draws are parameters. */
const columns = new Set(["x", "y", "v", "age", "big"]);

export function caseOf(
  data: ChoiceData,
  classes: readonly ClassText[],
  draws: Partial<Draws> | null,
  fixed: readonly string[] = [],
): Case {
  const set = alternativesOf(data.labels, data, data.labels?.length ?? 1);
  const names = new Set<string>();
  const expr = (text: string, place: number): Expr => {
    const written = parse(text);
    const leaf = (node: Expr): Expr | undefined => {
      if (node.op !== "name") return undefined;
      if (/^[zw]\d$/.test(node.name)) return draw(Number(node.name[1]), node.name[0] === "w");
      if (columns.has(node.name)) return data.resolve(node.name, place)!;
      names.add(node.name);
      return parameter(node.name);
    };
    return substitute([written], topological([written]), leaf)[0];
  };
  const places = data.labels ? data.labels.map((_, j) => j) : [Place.axis];
  const logit = (all: Alternatives): Expr[] => modelOf("logit").logProbabilities(all, parameter, {});
  const members = classes.map(({ member }) => expr(member ?? "0", Place.situation));
  const logsum = log(members.map(exp).reduce(add));
  const program = {
    alternatives: data.labels?.length ?? null,
    classes: classes.map(({ utilities, measured, logProbabilities = logit }, c) => ({
      logWeight: classes.length > 1 ? sub(members[c], logsum) : null,
      ...(measured ? { measured: expr(measured, Place.situation) } : {}),
      utilities: closed(
        places.map((place, j) => expr(utilities[j % utilities.length], place)),
        set,
      ),
      term: atChosen(set, logProbabilities(set)),
    })),
    draws: draws && {
      kind: "mlhs" as const,
      count: 5,
      seed: 3,
      drop: 0,
      dimensions: [{ base: "normal" as const }, { base: "normal" as const }],
      ...draws,
    },
  };
  const own = topological(program.classes.flatMap((each) => [...each.utilities, each.term]));
  for (const node of own) if (node.op === "parameter") names.add(node.name);
  const parameters = [...names];
  const free = parameters.flatMap((name, i) => (fixed.includes(name) ? [] : [i]));
  const point = Float64Array.from(parameters, (_, i) => 0.3 + 0.5 * Math.sin(3 * i + 1));
  const logs = classes.map(({ logProbabilities = logit }) => logProbabilities(set));
  const whole = { ...program, parameters, free };
  return { data, point, program: whole, ...outputsOf(whole, set, logs) };
}

function outputsOf(
  program: Program,
  set: Alternatives,
  logs: readonly (readonly Expr[])[],
): Pick<Case, "outputs" | "rowOutputs"> {
  const probability = (c: number, j: number): Expr => select(set.all[j].available, exp(logs[c][j]), num(0));
  const value = (j: number): Expr => utility(set.axis ? Place.axis : j);
  const mean = (of: (c: number, j: number) => Expr, j: number): Expr =>
    expectationOf(program, (c) => (set.axis ? sum(mul(of(c, j), given("position", Place.axis))) : of(c, j)));
  const known = (of: (c: number) => Expr): Expr =>
    posteriorOf(program, (c) => (set.axis ? sum(of(c)) : of(c)));
  const last = set.all.length - 1;
  const own = parameter(program.parameters[program.free[0]]);
  const isDrawn = program.draws !== null && !program.draws.dimensions[0].within;
  return {
    outputs: [
      mean(probability, 0),
      mul(own, log(add(num(1), mean(probability, last)))),
      div(
        mean((c, j) => mul(probability(c, j), value(j)), last),
        add(num(1), mean(probability, 0)),
      ),
      known((c) => mul(probability(c, 0), value(0))),
      set.axis ? sum(probability(0, 0)) : probability(0, last),
      ...(isDrawn ? [exp(posteriorOf(program, (c) => mul(num(c + 1), draw(0))))] : []),
    ],
    rowOutputs: set.axis
      ? [
          expectationOf(program, (c) => probability(c, 0)),
          mul(
            own,
            sub(
              posteriorOf(program, () => value(0)),
              expectationOf(program, () => value(0)),
            ),
          ),
        ]
      : [],
  };
}

/** A kernel with a parameter of its own, that draws may move: the logit of V + exp(V − scale). */
export const scaledBy =
  (scale: Expr) =>
  (set: Alternatives): Expr[] =>
    modelOf("logit").logProbabilities(
      {
        ...set,
        all: set.all.map((each) => ({ ...each, utility: add(each.utility, exp(sub(each.utility, scale))) })),
      },
      parameter,
      {},
    );
