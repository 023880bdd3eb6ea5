/** The entries of what a user writes as an object. */
import { Complaint, suggest } from "../complaint/index.ts";

/** Complains about keys that nothing reads, with the nearest known one. */
export function onlyKeys(given: object, known: readonly string[], what: string): void {
  for (const key of Object.keys(given))
    if (!known.includes(key))
      throw new Complaint(`${what} has no entry ${JSON.stringify(key)}`, { help: suggest(key, known) });
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
