/** Flags for latent variables: --latent "green=age + female" --indicators "green=concern,offset:continuous". */
import { Complaint, suggest } from "../complaint/index.ts";
import type { LatentVariables } from "../spec/index.ts";
import type { Values } from "./flags.ts";
import { pairs } from "./pairs.ts";

/** Throws a Complaint for indicators of a latent variable that --latent does not name. */
export function latentFromFlags({ latent, indicators }: Values): LatentVariables | undefined {
  const on = pairs(latent, "--latent");
  const shown = pairs(indicators, "--indicators") ?? {};
  const names = Object.keys(on ?? {});
  const foreign = Object.keys(shown).find((name) => !names.includes(name));
  if (foreign !== undefined)
    throw new Complaint(`--indicators names ${foreign}, which is no latent variable`, {
      help: names.length > 0 ? suggest(foreign, names) : `--latent "${foreign}=age + income"`,
    });
  if (!on) return undefined;
  return Object.fromEntries(
    Object.entries(on).map(([name, columns]) => [
      name,
      { ...(columns === "" ? {} : { on: columns }), indicators: indicatorsOf(shown[name] ?? "") },
    ]),
  );
}

/** "concern, offset:continuous, cars:ordered:probit": a column alone is ordered. */
const indicatorsOf = (text: string): LatentVariables[string]["indicators"] =>
  Object.fromEntries(
    text
      .split(",")
      .map((word) => word.split(":").map((part) => part.trim()))
      .filter(([column]) => column !== "")
      .map(([column, kind = "ordered", link]) => [
        column,
        link === undefined ? kind : { kind, link: link as "logit" | "probit" },
      ]),
  );
