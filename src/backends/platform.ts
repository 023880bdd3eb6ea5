/** Where threads come from here: installed by node.ts, found in browsers, absent elsewhere. */
import type { Platform } from "./threads.ts";

let installed: Platform | null = null;

export const usePlatform = (platform: Platform): void => {
  installed = platform;
};

/** Null where there are no threads. */
export async function platformHere(): Promise<Platform | null> {
  if (installed || typeof Worker !== "function") return installed;
  return (await import("./threads.web.ts")).webPlatform;
}
