/** Signs that mean nothing: a spread, or a latent variable with all that multiplies it, of either sign is the same model. */
import type { Program } from "../program/index.ts";
import type { Resolved } from "../spec/index.ts";

/** The point with negative spreads and leading loadings turned positive, and which they were. */
export function mirrored(
  resolved: Resolved,
  program: Program,
  point: Float64Array,
  given: Readonly<Record<string, number>>,
): { point: Float64Array; names: string[] } {
  const turned = point.slice();
  const at = (name: string): number => program.parameters.indexOf(name);
  const names: string[] = [];
  for (const column of [...spreadColumns(resolved), ...latentColumns(resolved)]) {
    const [diagonal] = column;
    const index = at(diagonal);
    if (!program.free.includes(index) || !(point[index] < 0) || (given[diagonal] ?? 0) < 0) continue;
    names.push(diagonal);
    for (const name of column) turned[at(name)] = -turned[at(name)];
  }
  return { point: turned, names };
}

/** Parameters that change sign together: a spread, or a column of a Cholesky factor with its diagonal first. */
export function spreadColumns({ random = [], classes }: Resolved): string[][] {
  const columns = random.flatMap(({ name, spreads, group }): string[][] => {
    if (group.length < 2) return spreads.map((spread) => [spread]);
    const below = group.slice(group.indexOf(name));
    return [below.map((of) => `chol_${name}_${of}`)];
  });
  if (!classes) return columns;
  const named = classes.all.flatMap(({ parameter }) =>
    columns.map((column) =>
      column.map((name) => parameter(name)).flatMap(({ op, name }) => (op === "parameter" ? [name] : [])),
    ),
  );
  const seen = new Set<string>();
  return named.filter(([head]) => head !== undefined && !seen.has(head) && seen.add(head));
}

/** Parameters that change sign with a latent variable, the loading of its first indicator first. */
function latentColumns({ latentVariables = [], classes }: Resolved): string[][] {
  const inClasses = (name: string): string[] =>
    classes?.all.flatMap(({ parameter }) => {
      const here = parameter(name);
      return here.op === "parameter" ? [here.name] : [];
    }) ?? [name];
  return latentVariables.map(({ leading, mirrored: all }) => [
    ...new Set([leading, ...all.flatMap(inClasses)]),
  ]);
}
