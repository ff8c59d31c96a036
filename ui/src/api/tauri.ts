// The only file that knows Tauri.
import { invoke, isTauri } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Host, Reply } from "@/api/client";
import type { Progress } from "@/api/generated";

export function insideTauri(): boolean {
  return isTauri();
}

export const tauriHost: Host = {
  rpc: (command, payload) => invoke<Reply>("rpc", { command, payload }),
  onProgress: (listener) => {
    void listen<Progress>("progress", (event) => listener(event.payload));
  },
};
