/**
 * What is observed of a situation. One row a kind: the options of the layouts that declare it, and what they
 * must hold. All but a plain choice are columns of numbers, one for each row of the choice data.
 */
import { Complaint } from "../complaint/index.ts";

export type OutcomeKind = "choice" | "ranking" | "bestWorst" | "fractions" | "counts" | "amounts";

/** The options that declare outcomes; a layout takes those of one kind. */
export const outcomeOptions = [
  "choice",
  "rank",
  "best",
  "worst",
  "fractions",
  "counts",
  "amounts",
  "prices",
] as const;
export type OutcomeOption = (typeof outcomeOptions)[number];

/** Columns by name, one value for each row: `rank` (0 = unranked), `best`, `worst`, `share`, `amount`, `price`. */
export type OutcomeColumns = Readonly<Record<string, Float64Array>>;

export interface Outcome {
  readonly kind: OutcomeKind;
  readonly columns: OutcomeColumns;
}

/** What was read: the chosen (first, best) rows if there are such, and what multiplies the weights. */
export interface Observed extends Outcome {
  readonly chosen: Int32Array | null;
  readonly counts: Float64Array | null;
}

/** How a layout answers: the rows of its choice data, and complaints about them. */
export interface OutcomeReader {
  readonly start: Int32Array;
  readonly given: (option: OutcomeOption) => boolean;
  /** The values of an option, one a row. Complains about a value at an alternative that is not available. */
  readonly values: (option: OutcomeOption) => Float64Array;
  /** Situation → the row that a column marks or names. */
  readonly marked: (option: OutcomeOption) => Int32Array;
  readonly id: (situation: number) => string;
  /** Line and column of a row, for complaints. */
  readonly where: (row: number, option: OutcomeOption) => string;
}

interface Kind {
  readonly options: readonly OutcomeOption[];
  readonly optional?: readonly OutcomeOption[];
  readonly read: (reader: OutcomeReader) => Omit<Observed, "kind">;
}

const kinds: Readonly<Record<OutcomeKind, Kind>> = {
  choice: {
    options: ["choice"],
    read: (reader) => ({ columns: {}, chosen: reader.marked("choice"), counts: null }),
  },
  ranking: { options: ["rank"], read: ranking },
  bestWorst: { options: ["best", "worst"], read: bestWorst },
  fractions: { options: ["fractions"], read: (reader) => fractions(reader, "fractions") },
  counts: { options: ["counts"], read: (reader) => fractions(reader, "counts") },
  amounts: { options: ["amounts"], optional: ["prices"], read: amounts },
};

/** The kind whose options are given, or null for none (to predict). Throws a Complaint for a mixture. */
export function outcomeKind(given: (option: OutcomeOption) => boolean): OutcomeKind | null {
  const named = outcomeOptions.filter(given);
  if (named.length === 0) return null;
  const found = (Object.keys(kinds) as OutcomeKind[]).find((kind) => kinds[kind].options.includes(named[0]));
  const { options, optional = [] } = kinds[found ?? "amounts"];
  const stray = named.find((name) => ![...options, ...optional].includes(name));
  const absent = options.find((name) => !named.includes(name));
  if (stray !== undefined && absent === undefined)
    throw new Complaint(`${named[0]} and ${stray} are two outcomes`, {
      rule: "the data of a model hold one outcome: a choice, a ranking, best and worst, fractions, counts or amounts",
    });
  if (absent !== undefined)
    throw new Complaint(`${named[0]} needs ${absent} beside it`, { help: `name the column of ${absent}` });
  return found!;
}

/** The outcome that the options of a layout declare. Throws a Complaint for whatever is none. */
export function readOutcome(reader: OutcomeReader): Observed | null {
  const kind = outcomeKind(reader.given);
  return kind && { kind, ...kinds[kind].read(reader) };
}

/** Ranks 1 … k, each once; missing or 0 where an alternative was not ranked. */
function ranking(reader: OutcomeReader): Omit<Observed, "kind"> {
  const { start, id, where } = reader;
  const rank = reader.values("rank").map((value) => (Number.isNaN(value) ? 0 : value));
  const chosen = new Int32Array(start.length - 1);
  for (let s = 0; s + 1 < start.length; s++) {
    const rows = new Map<number, number>();
    for (let row = start[s]; row < start[s + 1]; row++) {
      const value = rank[row];
      if (value === 0) continue;
      if (!(Number.isInteger(value) && value > 0))
        throw new Complaint(`a rank in situation ${id(s)} is not 1, 2, 3 …`, {
          value,
          rule: "1 is the best; missing or 0 where an alternative was not ranked",
          where: where(row, "rank"),
        });
      const other = rows.get(value);
      if (other !== undefined)
        throw new Complaint(`two alternatives have rank ${value} in situation ${id(s)}`, {
          rule: "ties are not served: every rank from 1 on is given once",
          where: `${where(other, "rank")} and ${where(row, "rank")}`,
          help: "leave alternatives that are not told apart without a rank, behind those that are",
        });
      rows.set(value, row);
    }
    const gap = Array.from({ length: rows.size }, (_, i) => i + 1).find((value) => !rows.has(value));
    if (rows.size === 0 || gap !== undefined)
      throw new Complaint(
        rows.size === 0
          ? `no alternative is ranked in situation ${id(s)}`
          : `rank ${gap} is missing in situation ${id(s)}`,
        { rule: "ranks are 1, 2, 3 … without gaps", where: where(start[s], "rank") },
      );
    chosen[s] = rows.get(1)!;
  }
  return { columns: { rank }, chosen, counts: null };
}

function bestWorst(reader: OutcomeReader): Omit<Observed, "kind"> {
  const { start, id, where } = reader;
  const [best, worst] = [reader.marked("best"), reader.marked("worst")];
  const same = best.findIndex((row, s) => row === worst[s]);
  if (same >= 0)
    throw new Complaint(`the best and the worst are the same in situation ${id(same)}`, {
      rule: "best and worst are two alternatives",
      where: where(best[same], "best"),
    });
  const flags = (rows: Int32Array): Float64Array => {
    const out = new Float64Array(start[start.length - 1]);
    for (const row of rows) out[row] = 1;
    return out;
  };
  return { columns: { best: flags(best), worst: flags(worst) }, chosen: best, counts: null };
}

/** How far fractions may be from summing to 1: rounding to three digits. */
const slack = 5e-3;

/** Fractions of a situation; numbers of choices become fractions and a factor of the weight. */
function fractions(reader: OutcomeReader, option: "fractions" | "counts"): Omit<Observed, "kind"> {
  const { start, id, where } = reader;
  const share = reader.values(option).slice();
  const totals = new Float64Array(start.length - 1);
  for (let row = 0, s = 0; row < share.length; row++) {
    while (row >= start[s + 1]) s++;
    checkAmount(
      share[row],
      `${option === "fractions" ? "a fraction" : "a count"} in situation ${id(s)}`,
      () => where(row, option),
    );
    totals[s] += share[row];
  }
  totals.forEach((total, s) => {
    if (total === 0)
      throw new Complaint(`all ${option} are 0 in situation ${id(s)}`, { where: where(start[s], option) });
    if (option === "fractions" && Math.abs(total - 1) > slack)
      throw new Complaint(`the fractions of situation ${id(s)} do not sum to 1`, {
        value: total,
        where: where(start[s], option),
        help: "numbers of choices are given as counts",
      });
    for (let row = start[s]; row < start[s + 1]; row++) share[row] /= total;
  });
  return { columns: { share }, chosen: null, counts: option === "counts" ? totals : null };
}

/**
 * Amounts and prices; `order` is ln(number of goods consumed before), whose sum is ln (M − 1)! of M goods, and
 * `first` is 1 at the first good consumed.
 */
function amounts(reader: OutcomeReader): Omit<Observed, "kind"> {
  const { start, id, where } = reader;
  const amount = reader.values("amounts");
  const price = reader.given("prices") ? reader.values("prices") : new Float64Array(amount.length).fill(1);
  const [order, first] = [new Float64Array(amount.length), new Float64Array(amount.length)];
  for (let s = 0; s + 1 < start.length; s++) {
    let consumed = 0;
    for (let row = start[s]; row < start[s + 1]; row++) {
      checkAmount(amount[row], `an amount in situation ${id(s)}`, () => where(row, "amounts"));
      if (!(price[row] > 0 && Number.isFinite(price[row])))
        throw new Complaint(`a price in situation ${id(s)} is not positive`, {
          value: price[row],
          where: where(row, "prices"),
        });
      if (amount[row] === 0) continue;
      first[row] = consumed === 0 ? 1 : 0;
      order[row] = Math.log(Math.max(1, consumed++));
    }
    if (consumed === 0)
      throw new Complaint(`all amounts are 0 in situation ${id(s)}`, { where: where(start[s], "amounts") });
  }
  return { columns: { amount, price, order, first }, chosen: null, counts: null };
}

function checkAmount(value: number, what: string, where: () => string): void {
  if (value >= 0 && Number.isFinite(value)) return;
  const how = Number.isNaN(value) ? "missing" : value < 0 ? "negative" : "not finite";
  throw new Complaint(`${what} is ${how}`, {
    rule: "it is a number, 0 or more, for every available alternative",
    ...(Number.isNaN(value) ? {} : { value }),
    where: where(),
  });
}

/** Weights with the numbers of choices in them: a situation counts as often as choices were made in it. */
export function timesCounts(weight: Float64Array | null, observed: Observed | null): Float64Array | null {
  const counts = observed?.counts;
  return counts ? counts.map((count, s) => count * (weight?.[s] ?? 1)) : weight;
}
