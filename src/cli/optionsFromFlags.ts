/** Flags as the options of a model: --nests '{"public": ["train", "bus"]}', --lambda shared. */
import { Complaint } from "../complaint/index.ts";
import { optionNames, type Values } from "./flags.ts";

/** What the flags say, over what the study says; undefined where they say nothing. */
export function optionsFromFlags(values: Values, options: object | null | undefined): object | undefined {
  const told = optionNames.flatMap((name) =>
    values[name] === undefined ? [] : [[name, read(String(values[name]))]],
  );
  return told.length > 0 ? { ...options, ...Object.fromEntries(told) } : undefined;
}

/** JSON where it looks like JSON, else text. */
function read(text: string): unknown {
  if (!/^\s*[[{"\d-]/.test(text) && text !== "true") return text;
  try {
    return JSON.parse(text);
  } catch {
    throw new Complaint("an option of the model is text or JSON", {
      value: text,
      help: `'{"public": ["train", "bus"]}' in single quotes`,
    });
  }
}
