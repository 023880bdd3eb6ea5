/**
 * Nests as they are written: { "public": ["train", "bus"] }, and objects within for deeper trees:
 * { "ground": { "public": ["train", "bus"], "private": ["car"] } }, or lists that hold both,
 * { "ground": ["car", { "public": ["train", "bus"] }] }. Alternatives in no nest hang from the root.
 */
import { Complaint, suggest } from "../complaint/index.ts";

export interface Tree {
  /** Name of the nest; "" for the root. */
  readonly name: string;
  /** Alternatives by their place among the labels, and nests. */
  readonly children: readonly (number | Tree)[];
}

/** The tree over these alternatives. Names that are none of them are passed over: `checkTree` complains. */
export function treeOf(nests: unknown, labels: readonly string[]): Tree {
  const written = branch("", nests ?? {}, labels);
  const nested = new Set(placesIn(written));
  const others = labels.flatMap((_, j) => (nested.has(j) ? [] : [j]));
  return { name: "", children: [...others, ...written.children].sort(byFirst) };
}

function branch(name: string, content: unknown, labels: readonly string[]): Tree {
  const entries = Array.isArray(content) ? content : isNests(content) ? [content] : [];
  const children = entries.flatMap((entry): (number | Tree)[] => {
    if (isNests(entry)) return Object.entries(entry).map(([inner, rest]) => branch(inner, rest, labels));
    const place = labels.indexOf(String(entry));
    return place >= 0 ? [place] : [];
  });
  return {
    name,
    children: children.filter((child) => typeof child === "number" || child.children.length > 0),
  };
}

const isNests = (entry: unknown): entry is Record<string, unknown> =>
  typeof entry === "object" && entry !== null && !Array.isArray(entry);

/** Where a branch begins among the alternatives, so that tables keep the order of the data. */
const byFirst = (a: number | Tree, b: number | Tree): number => first(a) - first(b);
const first = (child: number | Tree): number =>
  typeof child === "number" ? child : Math.min(...placesIn(child));

/** The alternatives below. */
export const placesIn = ({ children }: Tree): number[] =>
  children.flatMap((child) => (typeof child === "number" ? [child] : placesIn(child)));

/** The nests below, from the root down. */
export const nestsIn = ({ children }: Tree): Tree[] =>
  children.flatMap((child) => (typeof child === "number" ? [] : [child, ...nestsIn(child)]));

/**
 * Throws a Complaint for nests that are not written as such, for a member that is no alternative, an
 * alternative that stands in two nests, a name that two nests share, and an empty nest.
 */
export function checkTree(nests: unknown, labels: readonly string[]): void {
  if (!isNests(nests) || Object.keys(nests).length === 0)
    throw new Complaint("a nested model names its nests", {
      value: nests === undefined ? "nothing" : JSON.stringify(nests),
      help: `"nests": { "near": ${JSON.stringify(labels.slice(0, 2))} }`,
    });
  const home = new Map<string, string>();
  const names = new Set<string>();
  const visit = (name: string, content: unknown): void => {
    if (names.has(name)) throw new Complaint("two nests have the same name", { value: name });
    names.add(name);
    const entries = Array.isArray(content) ? content : isNests(content) ? [content] : [];
    if (entries.length === 0)
      throw new Complaint(`the nest ${name} holds no alternatives`, {
        value: JSON.stringify(content),
        help: `"${name}": ${JSON.stringify(labels.slice(0, 2))}`,
      });
    for (const entry of entries)
      if (isNests(entry)) for (const [inner, rest] of Object.entries(entry)) visit(inner, rest);
      else settle(entry, name, labels, home);
  };
  for (const [name, content] of Object.entries(nests)) visit(name, content);
}

function settle(entry: unknown, nest: string, labels: readonly string[], home: Map<string, string>): void {
  checkMember(entry, nest, labels);
  const other = home.get(String(entry));
  if (other !== undefined)
    throw new Complaint(
      other === nest
        ? `${entry} stands twice in nest ${nest}`
        : `${entry} stands in nests ${other} and ${nest}`,
      { rule: "an alternative is in one nest", help: "a cross-nested logit lets it belong to several" },
    );
  home.set(String(entry), nest);
}

/** Throws a Complaint that names the nearest alternative. */
export function checkMember(entry: unknown, nest: string, labels: readonly string[]): void {
  if (labels.includes(String(entry))) return;
  throw new Complaint(`nest ${nest} holds an alternative that the data do not have`, {
    value: entry,
    help: suggest(String(entry), labels),
  });
}
