/** The registry: one line per model. Registering one gives it its flag, its page and every law in the tests. */
import { Complaint, suggest } from "../complaint/index.ts";
import { logit } from "./logit.ts";
import type { Model } from "./model.ts";

export const models: Readonly<Record<string, Model>> = { logit };

/** The model of that name. Throws a Complaint that names the nearest one. */
export function modelOf(name: string): Model {
  const found = Object.hasOwn(models, name) ? models[name] : undefined;
  if (!found) throw new Complaint(`there is no model ${name}`, { help: suggest(name, Object.keys(models)) });
  return found;
}

export * from "./alternatives.ts";
export type { Model, ModelOptions, ModelParameter } from "./model.ts";
