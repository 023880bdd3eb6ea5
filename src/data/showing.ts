/**
 * How values show themselves when they are not asked for text: console.log in Node and Deno, and the last
 * line of a cell in a Jupyter notebook. Each looks for a symbol of its own; this is the one place that knows them.
 */

/** What a notebook shows: contents by media type, of which it takes the richest that it can draw. */
export type Bundle = Readonly<Record<string, unknown>>;

interface Ways<T> {
  readonly text?: (value: T) => string;
  readonly notebook: (value: T) => Bundle | Promise<Bundle>;
}

const consoles = [Symbol.for("nodejs.util.inspect.custom"), Symbol.for("Deno.customInspect")];
const notebook = Symbol.for("Jupyter.display");

/** Teaches an object, or a prototype, to show itself. What is added is not enumerable: the value stays what it was. */
export function showsAs<T extends object>(value: T, ways: Ways<T>): T {
  const { text } = ways;
  if (text) for (const symbol of consoles) hide(value, symbol, text);
  return hide(value, notebook, ways.notebook);
}

function hide<T extends object>(value: T, symbol: symbol, how: (self: T) => unknown): T {
  return Object.defineProperty(value, symbol, {
    value(this: T) {
      return how(this);
    },
  });
}

/** What the value shows in a notebook; undefined where nothing has taught it. */
export const bundleOf = (value: object): Bundle | Promise<Bundle> | undefined =>
  (value as Record<symbol, (() => Bundle | Promise<Bundle>) | undefined>)[notebook]?.();
