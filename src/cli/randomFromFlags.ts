/** Flags for what varies over people: --random "pf:normal,tod:lognormal-", --draws 500, --classes 2. */
import { Complaint } from "../complaint/index.ts";
import type { Values } from "./flags.ts";
import { count } from "./pairs.ts";

/** The entries of `model` that the flags make. */
export function randomEntries(values: Values): object {
  const { random, correlated, drawKind, membership, shared } = values;
  const [draws, classes] = [count(values.draws, "--draws"), count(values.classes, "--classes")];
  const names = random === undefined ? undefined : coefficients(String(random));
  const hasDraws = draws !== undefined || drawKind !== undefined;
  if (classes === undefined && (membership !== undefined || shared !== undefined))
    throw new Complaint("membership and shared coefficients belong to latent classes", {
      help: "--classes 2",
    });
  return {
    random: names,
    correlated: correlated === undefined ? undefined : groups(String(correlated), Object.keys(names ?? {})),
    draws: hasDraws
      ? { ...(drawKind ? { kind: drawKind } : {}), ...(draws ? { count: draws } : {}) }
      : undefined,
    classes:
      classes === undefined
        ? undefined
        : {
            count: classes,
            ...(membership ? { membership } : {}),
            ...(shared ? { shared: list([shared].flat().join(",")) } : {}),
          },
  };
}

/** "pf:normal, tod:lognormal-": a sign behind the distribution is that of the coefficient. */
function coefficients(text: string): Record<string, object> {
  return Object.fromEntries(
    list(text).map((word) => {
      const [name, written = "normal", ...more] = word.split(":").map((part) => part.trim());
      if (name === "" || more.length > 0)
        throw new Complaint("a random coefficient is written name:distribution", {
          value: word,
          help: '--random "b_time:normal,b_cost:lognormal-"',
        });
      const sign = /[+-]$/.exec(written)?.[0];
      const distribution = sign ? written.slice(0, -1) : written;
      return [name, { distribution, ...(sign ? { sign: sign === "-" ? -1 : 1 } : {}) }];
    }),
  );
}

/** "all", or groups such as "pf,tod;loc,wk". */
const groups = (text: string, names: readonly string[]): readonly (readonly string[])[] =>
  text.trim() === "all" ? [names] : text.split(";").map(list);

const list = (text: string): string[] =>
  text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
