/** name=value on the command line. */
import { Complaint } from "../complaint/index.ts";

/** The name before the first single = and the text after it; `==` belongs to the expression. */
export function pair(text: string, flag: string): [string, string] {
  const at = /(?<![=!<>])=(?!=)/.exec(text)?.index ?? -1;
  if (at <= 0) throw new Complaint(`${flag} is written name=value`, { value: text });
  return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

export function pairs(texts: unknown, flag: string): Record<string, string> | undefined {
  if (texts === undefined) return undefined;
  return Object.fromEntries((texts as readonly string[]).map((text) => pair(text, flag)));
}

/** A whole number of at least one. */
export function count(text: unknown, flag: string): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new Complaint(`${flag} is a whole number`, { value: text });
  return number;
}

/** The one value that a command cannot do without. */
export function needed(value: unknown, flag: string, example: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw new Complaint(`${flag} is missing`, { help: example });
}
