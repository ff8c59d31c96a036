// The typed call: the only door between the window and the core. It knows no transport; a host is set at start.
import type { Commands, Progress, Touched } from "@/api/generated";
import { toCallError } from "@/api/errors";

export type Reply = { output: unknown; touched: Touched[] };

/** What the window needs from whoever runs the core: Tauri, or the in-memory host. */
export interface Host {
  rpc(command: string, payload: unknown): Promise<Reply>;
  onProgress(listener: (progress: Progress) => void): void;
}

export type Command = keyof Commands;
export type Input<K extends Command> = Commands[K]["input"];
export type Output<K extends Command> = Commands[K]["output"];
export type Answer<K extends Command> = { output: Output<K>; touched: Touched[] };

let host: Host | null = null;
const progressListeners = new Set<(progress: Progress) => void>();

export function setHost(next: Host): void {
  host = next;
  next.onProgress((progress) => progressListeners.forEach((listener) => listener(progress)));
}

async function rpc(command: string, payload: unknown): Promise<Reply> {
  if (host === null) throw toCallError(new Error("no host"));
  try {
    return await host.rpc(command, payload);
  } catch (thrown) {
    throw toCallError(thrown);
  }
}

export async function call<K extends Command>(command: K, payload: Input<K>): Promise<Answer<K>> {
  const reply = await rpc(command, payload);
  return { output: reply.output as Output<K>, touched: reply.touched };
}

/** Listens to progress of long work until the returned function is called. */
export function onProgress(listener: (progress: Progress) => void): () => void {
  progressListeners.add(listener);
  return () => progressListeners.delete(listener);
}

/** The desktop's own folder chooser; null when it was closed without choosing. */
export async function pickFolder(title: string): Promise<string | null> {
  const reply = await rpc("host.pick_folder", { title });
  return (reply.output as { path: string | null }).path;
}

/** The desktop's own file chooser; empty when it was closed without choosing. */
export async function pickFiles(title: string): Promise<string[]> {
  const reply = await rpc("host.pick_files", { title });
  return (reply.output as { paths: string[] }).paths;
}

/** Asks the long work that runs now to stop. The shell answers this without waiting for that work. */
export async function cancelTask(): Promise<void> {
  await rpc("task.cancel", {});
}
