/**
 * The only door to commander: turns the table of commands (commands.ts) into a parser. Nothing is imported
 * for a command before it is called, so that --help and short jobs start at once.
 */
import { Command, CommanderError, Option } from "commander";
import { type CommandGroup, type CommandRow, commands } from "./commands.ts";
import { report } from "./failure.ts";
import { type Flag, flags, type Values } from "./flags.ts";

/** Runs the command line and answers the exit status. */
export async function run(words: readonly string[]): Promise<number> {
  let status = 0;
  const program = new Command("logsum")
    .description("Fit, test, chart and publish discrete-choice models.")
    .addHelpText("after", examples)
    .exitOverride()
    .configureHelp({ helpWidth: 100 });
  const act =
    (row: CommandRow) =>
    async (...given: unknown[]) => {
      const sources = given[0] === undefined ? [] : [given[0]].flat();
      const { main } = await row.load();
      status = await main(sources as string[], given.at(-2) as Values);
    };
  const isKnown = commands.some(({ name }) => name === words[0]);
  const verbs = isKnown ? [] : (await import("./verbCommands.ts")).verbCommands();
  for (const row of [...commands, ...verbs]) program.addCommand(commandOf(row, act));
  try {
    await program.parseAsync(words, { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError)
      return error.exitCode === 0 || error.code === "commander.help" ? 0 : 2;
    return report(error);
  }
}

type Act = (row: CommandRow) => (...given: unknown[]) => Promise<void>;

function commandOf(row: CommandRow | CommandGroup, act: Act): Command {
  if (!("rows" in row)) return command(row).action(act(row));
  const group = named(row);
  for (const each of row.rows) group.addCommand(command(each, `${row.name} `).action(act(each)));
  return group;
}

const named = ({ name, description }: Pick<CommandRow, "name" | "description">, before = ""): Command =>
  new Command(name)
    .description(description)
    .exitOverride()
    .configureHelp({ helpWidth: 100 })
    .showHelpAfterError(`(logsum ${before}${name} --help lists the options)`);

function command(row: CommandRow, before = ""): Command {
  const made = named(row, before);
  if (row.sources)
    made.argument(row.sources, "a study (.json), a saved fit (.json) or data (.csv, .parquet, .arrow)");
  for (const flag of [...(row.own ?? []), ...row.flags.map((name) => flags[name])])
    made.addOption(option(flag));
  return made;
}

function option({ flag, says, repeats, choices }: Flag): Option {
  const made = new Option(flag, says);
  if (choices) made.choices([...choices]);
  if (repeats) made.argParser((value: string, all: readonly string[] = []) => [...all, value]);
  return made;
}

const examples = `
Examples:
  logsum demo
  logsum fit study.json --report study.html --save fit.json
  logsum fit fishing.csv --situation id --alternative alt --choice choice --formula "price + catch | income"
  logsum elasticities fit.json --of price`;
