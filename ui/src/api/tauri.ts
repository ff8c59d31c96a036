// The only file that knows Tauri.
import { invoke, isTauri } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Host, ProgressEvent, Reply } from "@/api/client";

export function insideTauri(): boolean {
  return isTauri();
}

export const tauriHost: Host = {
  rpc: (command, payload) => invoke<Reply>("rpc", { command, payload }),
  onProgress: (listener) => {
    void listen<ProgressEvent>("progress", (event) => listener(event.payload));
  },
};
