/** Threads: the same bits whatever their number, and no hang when one dies. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Divided } from "../../src/backends/divided.ts";
import { prepare } from "../../src/backends/index.ts";
import { type Platform, type Thread, Threads } from "../../src/backends/threads.ts";
import { worker } from "../../src/backends/threadWorker.ts";
import { fit, logit, long, Table } from "../../src/index.ts";
import { random } from "../../src/math/random.ts";
import type { Want } from "../../src/optimise/objective.ts";

/** A thread of this very process: every message is cloned, as on the way to a real one. */
const inProcess = (dies = (_: number): boolean => false): Platform => ({
  cores: 4,
  start() {
    let sent = 0;
    const thread: Thread = {
      send(message) {
        if (dies(sent++)) queueMicrotask(() => thread.onDeath("out of memory"));
        else void receive(structuredClone(message));
      },
      onAnswer: () => {},
      onDeath: () => {},
      stop: () => {},
    };
    const receive = worker((answer) => thread.onAnswer(answer));
    return thread;
  },
});

/** Enough for several blocks. */
const situations = 30_000;
const source = random(7);
const row = Array.from({ length: 3 * situations }, (_, i) => i);
const choices = long(
  Table.of({
    situation: row.map((i) => Math.floor(i / 3)),
    choice: row.map((i) => (i % 3 === (5 * Math.floor(i / 3)) % 3 ? 1 : 0)),
    price: row.map(() => source.uniform()),
    battery: row.map(() => source.uniform()),
  }),
  { situation: "situation", choice: "choice" },
);
const found = await fit(logit("price + battery"), choices, { threads: 1 });
const { program } = found.compiled;
async function threaded(
  backend: string,
  threads: number,
  platform = inProcess(),
  eager = false,
): Promise<{ shared: Divided; crew: Threads }> {
  const { divisible } = (await prepare(program, choices, backend)) as Divided;
  const crew = new Threads({ divisible, source: choices, threads, platform, eager, worthwhile: 0 });
  return { shared: new Divided(divisible, crew), crew };
}

// With shared memory this thread would have done all blocks before one in the same process gets to them.
beforeEach(() => vi.stubGlobal("SharedArrayBuffer", undefined));
afterEach(() => vi.unstubAllGlobals());

describe.each(["wasm", "js"])("the backend %s", (backend) => {
  test.each<Want>(["value", "gradient", "hessian"])(
    "gives the same bits of the %s for 1 to 4 threads",
    async (want) => {
      const alone = await (await prepare(program, choices, backend)).evaluate(found.estimates, want);
      for (const threads of [2, 3, 4]) {
        const { shared, crew } = await threaded(backend, threads);
        await shared.evaluate(found.estimates, want);
        expect(await crew.ready()).toBe(threads);
        expect(await shared.evaluate(found.estimates, want)).toEqual(alone);
        shared.dispose();
      }
    },
  );
});

describe("before the first evaluation", () => {
  test("threads can be told to get ready where the work is known to be long", async () => {
    const alone = await (await prepare(program, choices, "wasm")).evaluate(found.estimates, "hessian");
    const { shared, crew } = await threaded("wasm", 3, inProcess(), true);
    await shared.wake();
    expect(await crew.ready()).toBe(3);
    expect(await shared.evaluate(found.estimates, "hessian")).toEqual(alone);
    shared.dispose();
  });

  test("they stay asleep where it is not", async () => {
    const { shared, crew } = await threaded("wasm", 3);
    await shared.wake();
    expect(await crew.ready()).toBe(1);
  });
});

test("a thread that dies is named, and the evaluation fails instead of hanging", async () => {
  const { shared, crew } = await threaded(
    "wasm",
    2,
    inProcess((message) => message > 0),
  );
  await shared.evaluate(found.estimates, "gradient");
  await crew.ready();
  const asked = shared.evaluate(found.estimates, "gradient");
  await expect(asked).rejects.toThrow("thread 2 of the fit died");
  await expect(shared.evaluate(found.estimates, "gradient")).rejects.toThrow("thread 2 of the fit died");
});

test.each([0, -1, 1.5])("%d threads are refused", async (threads) => {
  await expect(fit(logit("price"), choices, { threads })).rejects.toThrow("threads are counted");
});

test("threads of Node give the same fit and the same effects as none, to the last bit", () => {
  const program = `
    import { Worker } from "node:worker_threads";
    const ls = await import(${JSON.stringify(join(import.meta.dirname, "../../dist/node.js"))});
    let blocks = 0;
    const { emit } = Worker.prototype;
    Worker.prototype.emit = function (event, said) {
      blocks += said?.blocks?.length ?? 0;
      return emit.call(this, event, said);
    };
    const text = "id,person,choice,x,y\\n" + Array.from({ length: 60000 }, (_, r) => {
      const s = Math.floor(r / 3), u = (k) => (Math.imul(r + 7, 2654435761 + k) >>> 8) / 2 ** 24;
      return [s, Math.floor(s / 2), r % 3 === (s * 7) % 3 ? 1 : 0, u(1), u(97)].join();
    }).join("\\n");
    const data = ls.long(await ls.parseCsv(text), { situation: "id", choice: "choice", person: "person" });
    // As much work as workers are started for before the first evaluation.
    const model = ls.logit(ls.mixed("x + y", { x: ls.normal() }, { draws: ls.sobol(64) }));
    const found = [];
    for (const threads of [1, 2, 3]) {
      const fit = await ls.fit(model, data, { threads });
      const effects = await ls.elasticities(fit, { of: "x" });
      const forecast = await ls.predict(fit);
      const numbers = (table) => table.names.flatMap((name) => [...(table.column(name).values ?? [])]);
      found.push({
        numbers: [...fit.estimates, fit.logLikelihood, ...fit.covariance.matrix, ...numbers(effects)],
        forecast: numbers(forecast).reduce((sum, value, i) => sum + value * Math.sin(i), 0),
        blocks,
      });
    }
    console.log(JSON.stringify(found));`;
  const out = execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
  const [one, two, three] = JSON.parse(out);
  expect(one.numbers.length).toBeGreaterThan(7);
  expect(one.blocks).toBe(0);
  expect(two.blocks).toBeGreaterThan(0);
  expect(three.blocks).toBeGreaterThan(two.blocks);
  for (const other of [two, three])
    expect([other.numbers, other.forecast]).toEqual([one.numbers, one.forecast]);
});

test("a worker of Node that dies in a fit is named, and workers do not keep the process alive", () => {
  const program = `
    import { Worker } from "node:worker_threads";
    const ls = await import(${JSON.stringify(join(import.meta.dirname, "../../dist/node.js"))});
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (message, transfer) {
      postMessage.call(this, message, transfer);
      if (message.task !== undefined) void this.terminate();
    };
    const rows = Array.from({ length: 30000 }, (_, r) => r);
    const data = ls.long(
      ls.Table.of({
        id: rows.map((r) => Math.floor(r / 3)),
        choice: rows.map((r) => (r % 3 === (Math.floor(r / 3) * 7) % 3 ? 1 : 0)),
        x: rows.map((r) => (Math.imul(r + 7, 2654435761) >>> 8) / 2 ** 24),
      }),
      { situation: "id", choice: "choice" },
    );
    const model = ls.logit(ls.mixed("x", { x: ls.normal() }, { draws: ls.sobol(64) }));
    await ls.fit(model, data, { threads: 2 }).catch((error) => console.log(String(error)));`;
  const out = execFileSync(process.execPath, ["--input-type=module", "-e", program], {
    encoding: "utf8",
    timeout: 60_000,
  });
  expect(out).toContain("thread 2 of the fit died");
}, 70_000);
