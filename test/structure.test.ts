/** The shape of the code: what docs/decisions.md and the folders promise, held to the sources themselves. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";

const source = join(import.meta.dirname, "../src");
const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))
  .map((file) => file.replaceAll("\\", "/"));
const textOf = new Map(files.map((file) => [file, readFileSync(join(source, file), "utf8")]));

/** What each file asks of other files ("./…") and of packages, written statically or loaded when needed. */
function importsOf(file: string): string[] {
  const found = textOf.get(file)!.matchAll(/(?:\bfrom |\bimport |\bimport\()"([^"\s]+)"/g);
  return [...found].map(([, name]) => name);
}
const localImports = (file: string): string[] =>
  importsOf(file)
    .filter((name) => name.startsWith("."))
    .map((name) => normalize(join(dirname(file), name)).replaceAll("\\", "/"));

/** A folder may import from those before it. */
const layers = [
  "complaint",
  "expr",
  "math",
  "data",
  "spec",
  "models",
  "program",
  "optimise",
  "backends",
  "inference",
  "fit",
  "study",
  "post",
  "charts",
  "verbs",
  "report",
];

test("every folder has its place among the layers", () => {
  const folders = new Set(files.filter((file) => file.includes("/")).map((file) => file.split("/")[0]));
  expect([...folders].sort()).toEqual([...layers, "cli"].sort());
});

test("imports point to earlier layers only", () => {
  const upward = files.flatMap((file) => {
    const from = layers.indexOf(file.split("/")[0]);
    if (from < 0) return [];
    const later = localImports(file).filter(
      (to) => layers.indexOf(to.split("/")[0]) > from || !to.includes("/"),
    );
    return later.map((to) => `${file} → ${to}`);
  });
  expect(upward).toEqual([]);
});

test("no file imports itself by a detour", () => {
  const done = new Set<string>();
  const cycles: string[] = [];
  const walk = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(" → "));
    if (done.has(file) || path.includes(file) || !textOf.has(file)) return;
    for (const to of staticImports(file)) walk(to, [...path, file]);
    done.add(file);
  };
  for (const file of files) walk(file, []);
  expect(cycles).toEqual([]);
});

/** Types alone make no cycle at run time, and neither does what is loaded when needed. */
function staticImports(file: string): string[] {
  const statements = textOf.get(file)!.matchAll(/^(?:import|export)\s+(?!type\b)[^;]*?from\s+"(\.[^"]+)"/gms);
  return [...statements].map(([, name]) => normalize(join(dirname(file), name)).replaceAll("\\", "/"));
}

test("every dependency comes in through one file", () => {
  const doors = new Map<string, Set<string>>();
  for (const file of files) {
    for (const name of importsOf(file)) {
      if (name.startsWith(".") || name.startsWith("node:")) continue;
      const scope = name.startsWith("@") ? 2 : 1;
      const dependency = name.split("/").slice(0, scope).join("/");
      doors.set(dependency, (doors.get(dependency) ?? new Set()).add(file));
    }
  }
  const several = [...doors].filter(([, users]) => users.size > 1);
  expect(several.map(([name, users]) => `${name}: ${[...users].join(", ")}`)).toEqual([]);
  const { dependencies } = JSON.parse(readFileSync(join(source, "../package.json"), "utf8"));
  for (const name of doors.keys()) expect(Object.keys(dependencies)).toContain(name);
});

test("only files named for Node, and the command line, use Node", () => {
  const isNode = (file: string): boolean =>
    file.endsWith(".node.ts") || file.startsWith("cli/") || file === "node.ts";
  const users = files.filter(
    (file) => !isNode(file) && importsOf(file).some((name) => name.startsWith("node:")),
  );
  expect(users).toEqual([]);
});

test("files stay short: half of them at most 90 lines, none over 400", () => {
  const lengths = [...textOf].map(([file, text]) => ({ file, lines: text.split("\n").length }));
  lengths.sort((a, b) => a.lines - b.lines);
  expect(lengths[lengths.length >> 1].lines).toBeLessThanOrEqual(90);
  expect(lengths.filter(({ lines }) => lines > 400)).toEqual([]);
});
