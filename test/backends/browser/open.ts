/** A page in a headless browser, for as long as a test waits for its answer. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { expect } from "vitest";

/** Where a browser is here, or undefined. */
export const browser = [
  process.env.CHROME_PATH ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find(existsSync);

/** The answer, while the page is open. Fails where the browser ends before. */
export async function whileOpen<T>(address: string, profile: string, answer: Promise<T>): Promise<T> {
  const options = ["--headless", "--no-sandbox", "--disable-gpu", `--user-data-dir=${profile}`];
  const page = spawn(browser!, [...options, address], { stdio: "ignore" });
  const exit = once(page, "exit");
  try {
    return await Promise.race([
      answer,
      exit.then((): never => expect.fail("the browser ended before it answered")),
    ]);
  } finally {
    if (page.kill()) await exit;
  }
}
