/** The fit to market shares: constants adjusted to them, and the exponent that comes closest. */
import { Complaint } from "../complaint/index.ts";
import { listed } from "./listed.ts";
import type { Verb, VerbValues } from "./verb.ts";

const post = () => import("../post/index.ts");

const options: Verb["options"] = {
  shares: { kind: "list", help: "the share of each alternative: car=0.64", required: true },
};

export const marketShares: Verb = {
  name: "market-shares",
  title: "Market shares",
  question: "Which constants bring the predictions to these market shares?",
  options,
  run: async (fit, { shares }) => [
    (await (await post()).matchShares(fit, { shares: sharesOf(shares) })).table,
  ],
};

export const marketExponent: Verb = {
  name: "market-exponent",
  title: "Market exponent",
  question: "Is the market more or less decided than the predictions?",
  options,
  run: async (fit, { shares }) => [await (await post()).marketExponent(fit, { shares: sharesOf(shares) })],
};

export const populationConstants: Verb = {
  name: "population-constants",
  title: "Population constants",
  question: "Which constants has the population, where the sample was drawn by what was chosen?",
  options,
  async run(fit, { shares }) {
    const { summary } = await import("../fit/index.ts");
    return [summary(await (await post()).populationConstants(fit, sharesOf(shares)))];
  },
};

function sharesOf(given: VerbValues[string]): Record<string, number> {
  const pairs = listed(given);
  return Object.fromEntries(
    pairs.map((written) => {
      const pair = String(written).trim();
      const at = pair.lastIndexOf("=");
      const share = Number(pair.slice(at + 1));
      if (at > 0 && pair.slice(at + 1).trim() !== "" && Number.isFinite(share))
        return [pair.slice(0, at).trim(), share];
      throw new Complaint("a share is written as alternative=share", { value: pair, help: "car=0.64" });
    }),
  );
}
