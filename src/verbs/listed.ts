/** A list on the command line: several values, each perhaps several with commas between, as in age,region. */
import type { VerbValues } from "./verb.ts";

/** Commas inside brackets belong to an expression: "min(age, 60),region" is two. */
export function listed(given: VerbValues[string]): string[] {
  const texts = Array.isArray(given) ? given.map(String) : given === undefined ? [] : [String(given)];
  return texts.flatMap(parts).filter((part) => part !== "");
}

function parts(text: string): string[] {
  const out = [""];
  let depth = 0;
  for (const letter of text) {
    depth += letter === "(" ? 1 : letter === ")" ? -1 : 0;
    if (letter === "," && depth === 0) out.push("");
    else out[out.length - 1] += letter;
  }
  return out.map((part) => part.trim());
}
