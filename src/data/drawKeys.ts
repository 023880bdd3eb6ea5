/** Numbers made of the ids of persons and situations, from which their simulation draws follow. */
import type { DrawKeys } from "../math/draws/draws.ts";
import { hash, hashText } from "../math/draws/hash.ts";
import type { ChoiceData } from "./choiceData.ts";

/** Without declared persons each situation is a person of its own. */
export function drawKeysOf(data: ChoiceData): DrawKeys {
  const { situations, personCount, person } = data;
  const own = Uint32Array.from({ length: situations }, (_, s) => hashText(data.situationId(s)));
  if (!person) return { person: own, situation: own };
  const persons = Uint32Array.from({ length: personCount }, (_, i) => hashText(data.persons[i]));
  return { person: persons, situation: own.map((key, s) => hash(key, persons[person[s]])) };
}
