/** Where something is, for people: "situation 17 (person 4, line 52), situation 18 (…) and 3 more". */
import type { ChoiceData } from "../../data/index.ts";

export const many = (count: number, one: string, more = `${one}s`): string =>
  `${count} ${count === 1 ? one : more}`;

const shown = 3;

export function situations(data: ChoiceData, which: readonly number[]): string {
  const named = which.slice(0, shown).map((s) => {
    const person = data.person ? `person ${data.persons[data.person[s]]}, ` : "";
    return `situation ${data.situationId(s)} (${person}line ${data.line(data.start[s])})`;
  });
  return listed(named, which.length);
}

export const persons = (data: ChoiceData, which: readonly number[]): string =>
  listed(
    which.slice(0, shown).map((i) => `person ${data.persons[i]}`),
    which.length,
  );

const listed = (named: readonly string[], all: number): string =>
  all > named.length ? `${named.join(", ")} and ${all - named.length} more` : named.join(", ");
