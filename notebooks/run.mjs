/**
 * Executes the notebooks and stores them with their outputs: Jupyter runs the cells in the Deno kernel, which comes
 * with the development dependencies. What would differ from run to run (times, ids) is not kept.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const deno = fileURLToPath(new URL("../node_modules/deno/bin.cjs", import.meta.url));
/** The kernel announces now and then that it is done before its last output has arrived, and Jupyter stops listening. */
const attempts = 12;

const absent = `Jupyter is needed to run notebooks, and was not found. It is one of
  apt-get install jupyter-nbconvert jupyter-client     (Debian, Ubuntu)
  pip install nbconvert jupyter-client                 (any Python)
  brew install jupyterlab                              (macOS)
The tests do not need it: npm test runs the cells by themselves.`;

if (spawnSync("jupyter", ["nbconvert", "--version"]).status !== 0) {
  console.error(absent);
  process.exit(1);
}
const place = mkdtempSync(join(tmpdir(), "logsum-kernel-"));
try {
  declareKernel(place);
  for (const name of readdirSync(here).filter((file) => file.endsWith(".ipynb"))) execute(name, place);
} finally {
  rmSync(place, { recursive: true });
}

/** A folder that tells Jupyter of Deno's kernel, and nothing is installed for the user. */
function declareKernel(folder) {
  const argv = [process.execPath, deno, "jupyter", "--kernel", "--conn", "{connection_file}"];
  mkdirSync(join(folder, "kernels/deno"), { recursive: true });
  writeFileSync(
    join(folder, "kernels/deno/kernel.json"),
    JSON.stringify({ argv, display_name: "Deno", language: "typescript" }),
  );
}

function execute(name, kernels) {
  const words = ["nbconvert", "--to", "notebook", "--execute", name, "--output-dir", kernels];
  const env = { ...process.env, JUPYTER_PATH: kernels, NO_COLOR: "1" };
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const { status, stderr } = spawnSync("jupyter", words, { cwd: here, env, encoding: "utf8" });
    if (status !== 0) throw new Error(`${name} failed\n${stderr}`);
    const notebook = JSON.parse(readFileSync(join(kernels, name), "utf8"));
    const lost = notebook.cells.filter(isLost).length;
    if (lost === 0) {
      writeFileSync(join(here, name), `${JSON.stringify(tidy(notebook), null, 1)}\n`);
      console.log(`${name}: ${notebook.cells.length} cells, run ${attempt}`);
      return;
    }
  }
  throw new Error(`${name}: outputs were lost in each of ${attempts} runs`);
}

/** A cell whose last line shows something (it does not end in a semicolon) and that has no output. */
function isLost({ cell_type, source, outputs }) {
  if (cell_type !== "code") return false;
  const code = source.join("").trimEnd();
  const shows = !code.endsWith(";") || code.includes("console.log(");
  return shows && outputs.length === 0;
}

function tidy(notebook) {
  const cells = notebook.cells.map(({ id, ...cell }, i) => ({ id: `cell-${i + 1}`, ...cell, metadata: {} }));
  const { kernelspec } = notebook.metadata;
  const language_info = { name: "typescript", file_extension: ".ts", mimetype: "text/x.typescript" };
  return { ...notebook, cells, metadata: { kernelspec, language_info } };
}
