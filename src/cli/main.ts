#!/usr/bin/env node
/** The command `logsum`. Exit status 0: done; 1: not converged or not identified; 2: bad input. */
import { run } from "./program.ts";

process.exitCode = await run(process.argv.slice(2));
