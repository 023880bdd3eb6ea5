#!/usr/bin/env node
/** The command `logsum`. Exit status 0: done; 1: not converged or not identified; 2: bad input. */
import module from "node:module";

// From Node 22 on the machine code of the last run is used again; what Node 20 has not, it does without.
(module as { enableCompileCache?: () => unknown }).enableCompileCache?.();
const { run } = await import("./program.ts");

process.exitCode = await run(process.argv.slice(2));
// All is done and said: a thread that was still starting must not keep the terminal waiting.
process.stdout.write("", () => process.stderr.write("", () => process.exit()));
