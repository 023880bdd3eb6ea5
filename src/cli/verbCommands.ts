/** The verbs of the registry as commands: their options become flags, their tables are printed. */
import { tests, type Verb, type VerbOption, verbs } from "../verbs/index.ts";
import type { CommandGroup, CommandRow } from "./commands.ts";
import { type Flag, type FlagName, studyFlags, tableFlags } from "./flags.ts";

export const verbCommands = (): (CommandRow | CommandGroup)[] => [
  ...Object.values(verbs).map(rowOf),
  {
    name: "test",
    description: "Test fits: likelihood ratio, Wald, score, IIA, segments, models that are not nested",
    rows: Object.values(tests).map(rowOf),
  },
];

function rowOf(verb: Verb): CommandRow {
  const isOne = (verb.fits?.[1] ?? 1) === 1;
  const flags: FlagName[] = [
    ...studyFlags,
    ...tableFlags,
    ...(verb.options.resampling ? (["resume"] as const) : []),
    ...(verb.chart ? (["output", "theme"] as const) : []),
  ];
  return {
    name: verb.name,
    description: verb.question,
    sources: isOne ? "<source>" : "<sources...>",
    own: Object.entries(verb.options).map(([name, option]) => flagOf(name, option)),
    flags,
    load: async () => {
      const { answer } = await import("./commands/verb.ts");
      return { main: (sources, values) => answer(verb, sources, values) };
    },
  };
}

const takes: Readonly<Record<VerbOption["kind"], string>> = {
  text: " <text>",
  number: " <number>",
  list: " <text>",
  flag: "",
};

/** smallSample → --small-sample. */
export const flagName = (name: string): string =>
  `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

function flagOf(name: string, { kind, help, default: usual, choices, required }: VerbOption): Flag {
  const more = kind === "list" ? "; may be repeated" : "";
  const otherwise = usual === undefined || usual === false ? "" : ` (default: ${usual})`;
  return {
    flag: `${flagName(name)}${takes[kind]}`,
    says: `${help}${more}${required ? " (required)" : otherwise}`,
    ...(kind === "list" ? { repeats: true } : {}),
    ...(choices ? { choices } : {}),
  };
}
