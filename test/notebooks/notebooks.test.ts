import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { differs } from "../docs/sameOutput.ts";

const root = join(import.meta.dirname, "../..");
const folder = join(root, "notebooks");

interface Output {
  readonly output_type: string;
  readonly name?: string;
  readonly text?: readonly string[];
  readonly data?: Readonly<Record<string, unknown>>;
}
interface Cell {
  readonly cell_type: string;
  readonly source: readonly string[];
  readonly outputs: readonly Output[];
}
/** What a cell shows: the text that it logs, and the value of its last line. */
interface Shown {
  readonly said: string;
  readonly value: unknown;
}

for (const name of readdirSync(folder).filter((file) => file.endsWith(".ipynb"))) {
  const cells = (JSON.parse(readFileSync(join(folder, name), "utf8")) as { cells: Cell[] }).cells;
  const code = cells.filter(({ cell_type }) => cell_type === "code");

  describe(name, async () => {
    const shown = await run(name, code.map(textOf));

    test("every cell that shows something is stored with what it shows", () => {
      for (const cell of code) {
        const shows = !textOf(cell).endsWith(";") || textOf(cell).includes("console.log(");
        expect(cell.outputs.length > 0, textOf(cell)).toBe(shows);
      }
    });

    test("no cell is stored with an error", () => {
      const kinds = new Set(code.flatMap(({ outputs }) => outputs.map(({ output_type }) => output_type)));
      expect([...kinds].sort()).toEqual(["execute_result", "stream"]);
    });

    test("the stored tables hold the numbers of a run", async () => {
      let compared = 0;
      for (const [i, cell] of code.entries()) {
        const bundle = await bundleOf(shown[i].value);
        const stored = cell.outputs.find(({ data }) => data)?.data;
        expect(Object.keys(stored ?? {}).sort()).toEqual(Object.keys(bundle).sort());
        for (const type of ["text/plain", "text/html"]) {
          if (!(type in bundle)) continue;
          expect(differs(plain(joined(stored![type])), plain(String(bundle[type])))).toBeNull();
          compared++;
        }
      }
      expect(compared).toBeGreaterThan(15);
    });

    test("what the cells log is stored as it is logged", () => {
      code.forEach(({ outputs }, i) => {
        const stored = outputs
          .filter(({ output_type }) => output_type === "stream")
          .map(({ text }) => joined(text));
        expect(differs(stored.join("").trimEnd(), shown[i].said)).toBeNull();
      });
    });

    test("charts are stored as Vega-Lite and as a picture for hosts that know only pictures", () => {
      const charts = code
        .flatMap(({ outputs }) => outputs)
        .filter(({ data }) => data && "image/svg+xml" in data);
      expect(charts.length).toBeGreaterThan(2);
      for (const { data } of charts) {
        expect(joined(data!["image/svg+xml"])).toMatch(/^<svg[\s\S]*<\/svg>\s*$/);
        expect(data!["application/vnd.vegalite.v5+json"]).toHaveProperty("$schema");
      }
    });
  });
}

/** The cells as one module, in the library's sources instead of what was built from them. */
async function run(name: string, cells: readonly string[]): Promise<readonly Shown[]> {
  const path = join(root, "out/examples", name.replace(/ipynb$/, "ts"));
  mkdirSync(join(root, "out/examples"), { recursive: true });
  writeFileSync(path, `${head}${cells.map(shows).join("\n")}\n`);
  return ((await import(/* @vite-ignore */ pathToFileURL(path).href)) as { shown: Shown[] }).shown;
}

const head = `export const shown = [];
let said = [];
const console = { log: (...values) => said.push(values.join(" ")) };
const show = (value) => { shown.push({ said: said.join("\\n"), value }); said = []; };
`;

/** A cell shows its last statement, which has no semicolon. The notebook reads files from its own folder. */
function shows(cell: string): string {
  const here = cell
    .replace('"../dist/node.js"', '"logsum"')
    .replaceAll('"../datasets/', `"${root}/datasets/`)
    .replaceAll('"../out/', `"${root}/out/`);
  if (here.endsWith(";")) return `${here}\nshow();`;
  const at = here.lastIndexOf(";\n") + 1;
  return `${here.slice(0, at)}\nshow(${here.slice(at)});`;
}

const textOf = ({ source }: Cell): string => source.join("").trim();
const joined = (text: unknown): string => (Array.isArray(text) ? text.join("") : String(text));
/** Tags as spaces, so that numbers stand alone. */
const plain = (html: string): string => html.replaceAll(/<[^>]*>/g, " ");

async function bundleOf(value: unknown): Promise<Record<string, unknown>> {
  const show = (value as Record<symbol, (() => Promise<Record<string, unknown>>) | undefined> | undefined)?.[
    Symbol.for("Jupyter.display")
  ];
  return show ? show.call(value) : {};
}
