/** What a verb is asked with, read from flags or from one text, each kind of option in its own way. */
import { Complaint, suggest } from "../complaint/index.ts";
import { type Verb, type VerbOption, type VerbValues, verbOf } from "../verbs/index.ts";
import type { Values } from "./flags.ts";
import { flagName } from "./verbCommands.ts";

/** Throws a Complaint for a number that is none and for a required option that is missing. */
export function verbValues(verb: Verb, values: Values): VerbValues {
  return Object.fromEntries(
    Object.entries(verb.options).map(([name, option]) => [name, readValue(name, option, values[name])]),
  );
}

function readValue(name: string, { kind, help, required }: VerbOption, given: unknown): VerbValues[string] {
  if (given === undefined) {
    if (required) throw new Complaint(`${flagName(name)} is missing`, { help });
    return undefined;
  }
  if (kind !== "number") return given as VerbValues[string];
  const number = Number(given);
  if (String(given).trim() === "" || !Number.isFinite(number))
    throw new Complaint(`${flagName(name)} is a number`, { value: given });
  return number;
}

/** "calibration bins=10 folds=3" → a verb and its options. Throws a Complaint for what is neither. */
export function askedOf(text: string): [name: string, values: VerbValues] {
  const [name, ...words] = text.trim().split(/\s+/);
  const verb = verbOf(name);
  const given = words.map((word): [string, unknown] => {
    const at = word.indexOf("=");
    const option = at < 0 ? word : word.slice(0, at);
    if (!Object.hasOwn(verb.options, option))
      throw new Complaint(`${name} has no option ${option}`, {
        help: suggest(option, Object.keys(verb.options)),
      });
    const value = word.slice(at + 1);
    return [option, at < 0 ? true : verb.options[option].kind === "list" ? value.split(",") : value];
  });
  return [name, verbValues(verb, Object.fromEntries(given))];
}
