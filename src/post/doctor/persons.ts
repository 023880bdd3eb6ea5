/** Checks of people: one task only, too few of them, and always the same answer. */
import { byPerson, type ChoiceData } from "../../data/index.ts";
import type { Check } from "./check.ts";
import { range } from "./sets.ts";
import { many, persons } from "./where.ts";

const undeclared = "no person column is declared";

export const oneTask: Check = {
  name: "one task",
  finds: "persons who chose once, others more often",
  stage: "data",
  run({ data }) {
    if (!data.person) return undeclared;
    const tasks = byPerson(data).map((each) => each.length);
    const once = range(data.personCount).filter((i) => tasks[i] === 1);
    if (once.length === 0 || once.length === data.personCount) return [];
    return [
      {
        grade: "note",
        says: `${many(once.length, "person has", "persons have")} one task: ${persons(data, once)}`,
        advice:
          "they say nothing about how tastes differ between persons; look whether their other tasks were lost, or whether the person column is right",
      },
    ];
  },
};

export const fewPersons: Check = {
  name: "few persons",
  finds: "no more persons than parameters",
  stage: "model",
  run({ data, resolved }) {
    if (!data.person) return undeclared;
    const free = resolved?.parameters.filter(({ fixed }) => !fixed).length ?? 0;
    if (data.personCount > free) return [];
    return [
      {
        grade: "harms",
        says: `there are ${many(data.personCount, "person")} for ${many(free, "parameter")}`,
        advice:
          "clustered standard errors need more persons than parameters: ask more people, or estimate less",
      },
    ];
  },
};

/** The fewest tasks from which always the same means something. */
const leastTasks = 4;

export const straightLining: Check = {
  name: "straight-lining",
  finds: "persons who always answered the same",
  stage: "data",
  run({ data }) {
    if (!data.person) return undeclared;
    if (!data.chosen) return "the outcome is not one choice";
    const byPosition = data.labels === null;
    const tasks = byPerson(data);
    const asked = range(data.personCount).filter((i) => tasks[i].length >= leastTasks);
    if (asked.length === 0) return `nobody has ${leastTasks} tasks`;
    const same = asked.filter((i) => isSame(data, tasks[i]));
    const byChance = asked.reduce((sum, i) => sum + chance(data, tasks[i]), 0);
    if (same.length <= byChance) return [];
    return [
      {
        grade: byPosition && same.length > 2 * byChance + 1 ? "harms" : "note",
        says: `${many(same.length, "person")} of ${asked.length} always chose the same ${byPosition ? "position" : "alternative"}, where coins would give ${byChance.toFixed(1)}: ${persons(data, same)}`,
        advice: byPosition
          ? "people who do not read answer so: fit without them as well, and report both"
          : "loyal or captive people answer so, and people who do not read: fit without them as well, or say in availability what they could not choose",
      },
    ];
  },
};

function isSame(data: ChoiceData, tasks: Int32Array): boolean {
  const answer = (s: number): number => (data.labels ? data.alternative![data.chosen![s]] : place(data, s));
  return tasks.every((s) => data.start[s + 1] - data.start[s] > 1 && answer(s) === answer(tasks[0]));
}

const place = (data: ChoiceData, s: number): number => data.chosen![s] - data.start[s];

/** Π 1/J over all tasks but the first. */
const chance = (data: ChoiceData, tasks: Int32Array): number =>
  tasks.subarray(1).reduce((all, s) => all / (data.start[s + 1] - data.start[s]), 1);
