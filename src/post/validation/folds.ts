/**
 * Persons dealt to folds: all choices of a person are in the same one, since choices of a person that the
 * model has seen say nothing about persons that it has not. Where no person is declared, situations are dealt.
 */
import { Complaint } from "../../complaint/index.ts";
import { byPerson, type ChoiceData } from "../../data/index.ts";
import { random } from "../../math/random.ts";

/** Situation → fold, 0 to `count` − 1. Folds differ by at most one person. The same seed deals the same. */
export function foldsOf(data: ChoiceData, count: number, seed: number): Int32Array {
  const persons = byPerson(data);
  if (!Number.isInteger(count) || count < 2 || count > persons.length)
    throw new Complaint("the folds cannot be dealt", {
      rule: `a whole number of folds, from 2 to the number of ${data.person ? "persons" : "choices"}, ${persons.length}`,
      value: count,
    });
  const fold = new Int32Array(data.situations);
  shuffled(persons.length, seed).forEach((person, i) => {
    for (const s of persons[person]) fold[s] = i % count;
  });
  return fold;
}

/** Situation → 1 for those held out, a share of all persons, else 0. */
export function heldOut(data: ChoiceData, share: number, seed: number): Int32Array {
  const persons = byPerson(data);
  const count = Math.round(share * persons.length);
  if (!(count >= 1 && count < persons.length))
    throw new Complaint("no persons would be left on one side", {
      rule: "the share held out is between 0 and 1, and leaves at least one person on either side",
      value: share,
    });
  const out = new Int32Array(data.situations);
  for (const person of shuffled(persons.length, seed).slice(0, count))
    for (const s of persons[person]) out[s] = 1;
  return out;
}

/** The numbers from 0 to below `count` in random order (Fisher & Yates). */
function shuffled(count: number, seed: number): number[] {
  const { below } = random(seed);
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = below(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** The situations of which `fold` is (or is not) this one. */
export const inFold = (fold: Int32Array, which: number): Int32Array =>
  Int32Array.from(fold.keys()).filter((s) => fold[s] === which);
export const outsideFold = (fold: Int32Array, which: number): Int32Array =>
  Int32Array.from(fold.keys()).filter((s) => fold[s] !== which);
