/**
 * The only door to commander: turns the table of commands (commands.ts) into a parser. Nothing is imported
 * for a command before it is called, so that --help and short jobs start at once.
 */
import { Command, CommanderError, Option } from "commander";
import { type CommandRow, commands } from "./commands.ts";
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
  for (const row of commands)
    program.addCommand(
      command(row).action(async (...given: unknown[]) => {
        const sources = given[0] === undefined ? [] : [given[0]].flat();
        const { main } = await row.load();
        status = await main(sources as string[], given.at(-2) as Values);
      }),
    );
  try {
    await program.parseAsync(words, { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError)
      return error.exitCode === 0 || error.code === "commander.help" ? 0 : 2;
    return report(error);
  }
}

function command(row: CommandRow): Command {
  const made = new Command(row.name)
    .description(row.description)
    .exitOverride()
    .configureHelp({ helpWidth: 100 })
    .showHelpAfterError(`(logsum ${row.name} --help lists the options)`);
  if (row.sources) made.argument(row.sources, "a study (.json), a saved fit (.json) or data (.csv)");
  for (const name of row.flags) made.addOption(option(flags[name]));
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
