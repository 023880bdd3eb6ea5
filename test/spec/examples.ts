/** Small choice data for the tests of specifications. */
import { parseCsv } from "../../src/data/csv.ts";
import { type LongOptions, long } from "../../src/data/long.ts";
import { wide } from "../../src/data/wide.ts";

const modes = ["air", "train", "car"];

/** Four alternatives' worth of made-up numbers that follow no pattern. */
const number = (seed: number): number => Math.round((((seed * 7919) % 997) / 10) * 100) / 100;

/** Ninety trips by air, train or car: cost and time vary over modes; income, region and wave belong to the trip. */
export function trips(options: Partial<LongOptions> = {}) {
  const rows = Array.from({ length: 90 }, (_, s) => {
    const trip = [s + 1, 20 + ((s * 13) % 50), ["north", "south", "west"][s % 3], 1 + (s % 2), s % 7];
    return modes.map((mode, j) =>
      [...trip, mode, (s * 5) % 3 === j ? 1 : 0, number(3 * s + j + 1), number(5 * s + 2 * j + 3)].join(),
    );
  });
  const text = ["trip,income,region,wave,age,mode,choice,cost,time", ...rows.flat()].join("\n");
  return long(parseCsv(text), { situation: "trip", alternative: "mode", choice: "choice", ...options });
}

/** Unlabelled profiles: three a task, with a brand. */
export function profiles() {
  const rows = Array.from({ length: 60 }, (_, s) =>
    [0, 1, 2].map((j) =>
      [
        s,
        s % 4,
        (s + j) % 3 === 0 ? 1 : 0,
        number(s * 3 + j + 2),
        ["acme", "bolt", "core"][(s * 2 + j) % 3],
      ].join(),
    ),
  );
  return long(parseCsv(["task,income,choice,price,brand", ...rows.flat()].join("\n")), {
    situation: "task",
    choice: "choice",
  });
}

/** The wide layout: time and cost are attributes, income a column. */
export function commutes() {
  const rows = Array.from({ length: 60 }, (_, s) =>
    [
      s % 2 === 0 ? 1 : 2,
      number(s + 1),
      number(2 * s + 5),
      number(3 * s + 2),
      number(7 * s + 1),
      20 + (s % 9),
    ].join(),
  );
  return wide(parseCsv(["mode,t_bus,t_car,c_bus,c_car,income", ...rows].join("\n")), {
    choice: "mode",
    alternatives: { bus: 1, car: 2 },
    attributes: { time: { bus: "t_bus", car: "t_car" }, cost: { bus: "c_bus", car: "c_car / 2" } },
  });
}

/** The message of the complaint that something throws. */
export function complaint(doing: () => unknown): string {
  try {
    doing();
  } catch (error) {
    if ((error as Error).name === "Complaint") return (error as Error).message;
    throw error;
  }
  throw new Error("nothing was complained about");
}
