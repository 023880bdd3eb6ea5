/**
 * Workers between fits: one that has done its work waits a while for the next, and goes if there is none.
 * They can be asked for before there is work, so that they start while data are read.
 */
import type { Platform, Thread } from "./threads.ts";

/** Workers without work go after so long. */
const patienceMs = 2000;
const waiting = new Map<Platform, Thread[]>();

/** A worker that has no work. */
export function hire(platform: Platform): Thread {
  return waitingOf(platform).pop() ?? platform.start();
}

/** Takes a worker back. What it was sent, it forgets with the next share or when it goes. */
export function dismiss(platform: Platform, thread: Thread): void {
  thread.onAnswer = () => {};
  thread.onDeath = () => leave(platform, thread);
  waitingOf(platform).push(thread);
  const timer = setTimeout(() => {
    if (leave(platform, thread)) thread.stop();
  }, patienceMs);
  (timer as { unref?: () => void }).unref?.();
}

/** Starts workers for all cores but the one that this runs on. */
export function warmUp(platform: Platform): void {
  for (let i = 1; i < platform.cores; i++) dismiss(platform, platform.start());
}

function waitingOf(platform: Platform): Thread[] {
  const known = waiting.get(platform) ?? [];
  waiting.set(platform, known);
  return known;
}

/** Whether it was still waiting. */
function leave(platform: Platform, thread: Thread): boolean {
  const all = waitingOf(platform);
  const at = all.indexOf(thread);
  if (at >= 0) all.splice(at, 1);
  return at >= 0;
}
