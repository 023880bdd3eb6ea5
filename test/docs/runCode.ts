/** Runs the TypeScript blocks of a Markdown file, in order and as one module, and answers what each printed. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Block } from "./blocks.ts";

const root = join(import.meta.dirname, "../..");
/** Where the modules are written: outside the sources, inside the project, so that its packages are found. */
export const folder = join(root, "out/examples");

const importLine = /^import .* from ".*";$/gm;

/** The module: imports first, then the blocks, each followed by the mark of its end. */
export function moduleOf(blocks: readonly Block[]): string {
  const imports = new Set(blocks.flatMap(({ code }) => code.match(importLine) ?? []));
  const bodies = blocks.map(({ code, word }) => {
    const body = code.replaceAll(importLine, "");
    return word === "throws" ? `await refused(async () => {\n${body}\n});\nend();` : `${body}\nend();`;
  });
  return `${[...imports].join("\n")}
import { inspect } from "node:util";
export const printed: string[] = [];
let said: string[] = [];
const console = { log: (...values: unknown[]) => said.push(values.map((each) => (typeof each === "string" ? each : inspect(each))).join(" ")) };
const end = () => { printed.push(said.join("\\n")); said = []; };
const refused = async (code: () => Promise<unknown>) => {
  const answer = await code().then(() => null, (error: unknown) => error);
  if (!(answer instanceof Error) || answer.name !== "Complaint") throw answer ?? new Error("this was not refused");
  console.log(answer.message);
};
void refused;
${bodies.join("\n")}
`;
}

/** Writes the module of these blocks under that name. */
export function writeModule(name: string, blocks: readonly Block[]): string {
  const path = join(folder, `${name}.ts`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, moduleOf(blocks));
  return path;
}

export async function runModule(path: string): Promise<readonly string[]> {
  const url = `${pathToFileURL(path).href}?${Date.now()}`;
  return ((await import(/* @vite-ignore */ url)) as { printed: readonly string[] }).printed;
}
