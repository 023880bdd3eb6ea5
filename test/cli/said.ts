/** What the command writes, caught while a test runs. Importing it is enough to listen. */
import { afterEach, beforeEach, vi } from "vitest";

export let out = "";
export let err = "";

export const forget = (): void => {
  out = err = "";
};

/** For what runs before all tests of a file; every test listens anew. */
export function listen(): void {
  forget();
  vi.spyOn(process.stdout, "write").mockImplementation((text) => Boolean((out += String(text))));
  vi.spyOn(process.stderr, "write").mockImplementation((text) => Boolean((err += String(text))));
}

beforeEach(listen);
afterEach(() => {
  vi.restoreAllMocks();
});
