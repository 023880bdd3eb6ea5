/** A part of large data, in which a search begins: its maximum lies a few standard errors from that of all. */
import { type ChoiceData, subset } from "../data/index.ts";
import { drawCount } from "../math/draws/draws.ts";
import { isMixture, type Program } from "../program/index.ts";

/** Situations of the part: fewer leave the search over all of the data more steps than they save. */
const enough = 8_000;
const situationsPerParameter = 100;
/** Persons of the part, where their tastes differ. */
const enoughPersons = 500;
/** A larger part than this costs as much as it saves. */
const largestShare = 0.2;
/** Rows times parameters times draws: where there are fewer, the whole search is over in some 50 ms. */
const worthwhile = 1_000_000;

/**
 * Situations (in a mixture persons) spread evenly over the data, always the same ones: number i is taken where the
 * fraction of i times the golden section is small, which no pattern of the data has for a period. Null where the data
 * are small, and for latent classes, whose likelihood has many maxima.
 */
export function sampleOf(data: ChoiceData, program: Program): ChoiceData | null {
  if (program.classes.length > 1) return null;
  const { situations, person, personCount } = data;
  const least = Math.max(enough, situationsPerParameter * program.free.length) / situations;
  const byPerson = isMixture(program) && person !== null;
  const share = byPerson ? Math.max(least, enoughPersons / personCount) : least;
  const work = data.rows * program.free.length * (program.draws ? drawCount(program.draws) : 1);
  if (share > largestShare || work < worthwhile) return null;
  const numbers = Int32Array.from({ length: situations }, (_, s) => s);
  return subset(
    data,
    numbers.filter((s) => isTaken(byPerson ? person[s] : s, share)),
  );
}

const goldenSection = (Math.sqrt(5) - 1) / 2;
const isTaken = (number: number, share: number): boolean => ((number + 1) * goldenSection) % 1 < share;
