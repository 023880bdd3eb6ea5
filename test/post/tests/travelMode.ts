/** Fits of the bundled travel-mode data that several files test. */
import { fit, logit } from "../../../src/fit/index.ts";
import { dataset } from "../../../src/node.ts";

export const trips = await dataset("travel-mode");

const shared = "b_gc * gc + b_ttme * ttme";
const utilities = (air: string, each: string) => ({
  air: `asc_air + ${each}${air}`,
  train: `asc_train + ${each}`,
  bus: `asc_bus + ${each}`,
  car: each,
});
const asc = { asc_air: 0, asc_train: 0, asc_bus: 0 };

/** Greene's model: constants, generalised cost, terminal time, income for air. */
export const greene = await fit(
  logit({
    parameters: { ...asc, b_gc: 0, b_ttme: 0, b_hinc_air: 0 },
    utilities: utilities(" + b_hinc_air * hinc", shared),
  }),
  trips,
);
/** The same with income's coefficient held at 0. */
export const withoutIncome = await fit(
  logit({
    parameters: { ...asc, b_gc: 0, b_ttme: 0, b_hinc_air: { start: 0, fixed: true } },
    utilities: utilities(" + b_hinc_air * hinc", shared),
  }),
  trips,
);
/** Two models of which neither is a special case of the other. */
export const costOnly = await fit(
  logit({ parameters: { ...asc, b_gc: 0 }, utilities: utilities("", "b_gc * gc") }),
  trips,
);
export const waiting = await fit(
  logit({
    parameters: { ...asc, b_ttme: 0, b_invc: 0 },
    utilities: utilities("", "b_ttme * ttme + b_invc * invc"),
  }),
  trips,
);
