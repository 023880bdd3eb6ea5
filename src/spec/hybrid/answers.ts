/** What people answered to an indicator: one number for each person, or none. */
import { Complaint, suggest } from "../../complaint/index.ts";
import type { ChoiceData } from "../../data/choiceData.ts";
import { filledName, givenName } from "../../data/gaps.ts";
import { type Expr, Place } from "../../expr/index.ts";
import { firstVarying } from "../personal.ts";
import { valuesBySituation } from "../probe.ts";

export interface Answers {
  /** The column, with 0 where there is no answer. */
  readonly value: Expr;
  /** 1 where there is an answer, else 0; null where all have answered. */
  readonly there: Expr | null;
  /** By person (by situation, where no person was declared); NaN where there is no answer. */
  readonly byPerson: Float64Array;
  /** How many gave none. */
  readonly missing: number;
  /** Distinct answers, from the lowest to the highest, and the share of people at each. */
  readonly levels: readonly number[];
  readonly shares: readonly number[];
  readonly mean: number;
  readonly deviation: number;
}

/** Throws a Complaint for a column that is none, that holds words, that varies within a person, or not at all. */
export function answersTo(column: string, mostLevels: number, data: ChoiceData): Answers {
  const where = `indicator ${column}`;
  const value = columnOf(column, data);
  const byPerson = new Float64Array(data.person ? data.personCount : data.situations).fill(Number.NaN);
  valuesBySituation(value, data, (answer, s) => {
    if (Math.abs(answer) === Number.POSITIVE_INFINITY)
      throw new Complaint(`${column} is not finite`, { value: answer, where });
    byPerson[data.person?.[s] ?? s] = answer;
  });
  const varying = firstVarying(value, data);
  if (varying)
    throw new Complaint(
      `${column} varies over the choices of a person, and an indicator belongs to a person`,
      {
        rule: "the same answer (or none) stands in all rows of a person",
        value: varying.values.map((each) => (Number.isNaN(each) ? "missing" : each)).join(" and "),
        where: `person ${varying.person}, column ${column}`,
      },
    );
  const given = byPerson.filter((answer) => !Number.isNaN(answer)).sort();
  const levels = [...new Set(given)];
  if (levels.length < 2)
    throw new Complaint(`${column} has ${levels.length === 0 ? "no answers" : "the same answer for all"}`, {
      rule: "an indicator differs between people",
      where,
    });
  if (levels.length > mostLevels)
    throw new Complaint(`${column} has ${levels.length} different answers, too many for levels`, {
      rule: `an ordered indicator has at most ${mostLevels} levels`,
      help: `"${column}": "continuous", or fewer levels by derive`,
    });
  const mean = given.reduce((sum, each) => sum + each, 0) / given.length;
  const missing = byPerson.length - given.length;
  return {
    value: missing > 0 ? data.resolve(filledName(column), Place.situation)! : value,
    there: missing > 0 ? data.resolve(givenName(column), Place.situation) : null,
    byPerson,
    missing,
    levels,
    shares: levels.map((level) => given.filter((each) => each === level).length / given.length),
    mean,
    deviation: Math.sqrt(given.reduce((sum, each) => sum + (each - mean) ** 2, 0) / given.length),
  };
}

function columnOf(column: string, data: ChoiceData): Expr {
  const where = `indicator ${column}`;
  if (!data.has(column))
    throw new Complaint(`there is no column ${column}`, { where, help: suggest(column, data.names) });
  if (data.isText(column))
    throw new Complaint(`${column} holds words, and an indicator is a number`, {
      where,
      help: `give levels numbers by derive: { "${column}_level": "if(${column} == \\"agree\\", 1, 0)" }`,
    });
  const value = data.resolve(column, Place.situation);
  if (value) return value;
  throw new Complaint(`${column} varies over the alternatives, and an indicator belongs to a person`, {
    where,
  });
}

/** Whether the two rise together (1) or not (−1), over people who answered both. */
export function direction(
  { byPerson: a, mean: meanA }: Answers,
  { byPerson: b, mean: meanB }: Answers,
): 1 | -1 {
  let sum = 0;
  for (const [i, answer] of a.entries()) {
    const product = (answer - meanA) * (b[i] - meanB);
    if (!Number.isNaN(product)) sum += product;
  }
  return sum < 0 ? -1 : 1;
}
