/** Threads for the command line. For models that will need them they start while the data are read. */
import type { Study } from "../study/index.ts";

export async function useThreads({ model, fit }: Study): Promise<void> {
  const [{ usePlatform, warmUp }, { nodePlatform }] = await Promise.all([
    import("../backends/index.ts"),
    import("../backends/threads.node.ts"),
  ]);
  usePlatform(nodePlatform);
  const isMixed = model.random != null || model.classes != null;
  if (isMixed && fit?.threads !== 1) warmUp(nodePlatform);
}
