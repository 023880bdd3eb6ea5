import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type Block, blocksOf, type Output } from "./blocks.ts";
import { folder, runModule, writeModule } from "./runCode.ts";
import { differs } from "./sameOutput.ts";

const root = join(import.meta.dirname, "../..");
const cli = join(root, "dist/cli/main.js");
const files = ["README.md", ...markdown("docs")];
/** UPDATE_DOCS=1 writes what was printed into the docs instead of comparing. */
const updating = process.env.UPDATE_DOCS === "1";

for (const file of files) {
  const path = join(root, file);
  const blocks = blocksOf(path);
  const code = blocks.filter(({ language, word }) => language === "ts" && word !== "sketch");
  const commands = blocks.filter((block) => block.language === "sh" && isOurs(block));
  const news: [Output, string][] = [];
  const judge = (block: Block, printed: string): void => {
    if (!block.output) return;
    const wrong = differs(block.output.text, printed);
    if (updating && wrong) news.push([block.output, printed]);
    else expect(wrong, `${file}, line ${block.line}`).toBeNull();
  };

  describe(file, () => {
    test.runIf(code.length > 0)("the TypeScript examples run and print what is shown", async () => {
      const printed = await runModule(writeModule(file.replace(/\.md$/, ""), code));
      code.forEach((block, i) => {
        judge(block, printed[i]);
      });
    });

    test.runIf(commands.length > 0)("the commands run and print what is shown", (context) => {
      if (!existsSync(cli)) return context.skip("dist is not built: npm run build");
      const place = mkdtempSync(join(tmpdir(), "logsum-docs-"));
      cpSync(join(root, "datasets"), join(place, "datasets"), { recursive: true });
      for (const block of commands) judge(block, run(block, place));
    });

    afterAll(() => {
      if (news.length > 0) rewrite(path, news);
    });
  });
}

test("the TypeScript examples of the docs pass the type check", () => {
  for (const file of files) {
    const code = blocksOf(join(root, file)).filter(
      ({ language, word }) => language === "ts" && word !== "sketch",
    );
    if (code.length > 0) writeModule(`types/${file.replace(/\.md$/, "")}`, code);
  }
  const config = {
    extends: "../../tsconfig.json",
    compilerOptions: { noUnusedLocals: false, paths: { logsum: ["../../src/node.ts"] } },
    include: ["types/**/*.ts"],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { stdout } = spawnSync(process.execPath, [tsc, "-p", join(folder, "tsconfig.json")], {
    encoding: "utf8",
  });
  expect(stdout).toBe("");
});

/** All Markdown below a folder, sorted. */
function markdown(below: string): string[] {
  return readdirSync(join(root, below), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .map((path) => `${below}/${path.replaceAll("\\", "/")}`)
    .sort();
}

/** Whether a block is for the command line of logsum, and not for npm or git. */
function isOurs({ code, word }: Block): boolean {
  return word !== "sketch" && /^(npx )?logsum /m.test(code);
}

/** What a terminal would show. Commands that are refused are marked: ```sh fails. */
function run({ code, word, line }: Block, place: string): string {
  const words = `logsum() { "${process.execPath}" "${cli}" "$@"; }; npx() { "$@"; }; exec 2>&1; set -e\n${code}`;
  const { stdout, status } = spawnSync("sh", ["-c", words], { cwd: place, encoding: "utf8" });
  expect(status === 0, `line ${line} exits with ${status}:\n${stdout}`).toBe(word !== "fails");
  return stdout.trimEnd();
}

/** The file with new outputs, from the last to the first so that lines keep their numbers. */
function rewrite(path: string, news: readonly [Output, string][]): void {
  const lines = readFileSync(path, "utf8").split("\n");
  const later = (a: [Output, string], b: [Output, string]): number => b[0].from - a[0].from;
  for (const [{ from, to }, text] of [...news].sort(later))
    lines.splice(from + 1, to - from - 1, ...text.split("\n"));
  writeFileSync(path, lines.join("\n"));
}
