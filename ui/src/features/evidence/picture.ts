// Bytes of the core as something that a page can show.
import type { EvidenceContent } from "@/api/generated";

/** Only pictures are ever shown; anything else is saved to a folder. */
export function pictureOf(content: EvidenceContent): string {
  return content.media_type.startsWith("image/") ? `data:${content.media_type};base64,${content.content}` : "";
}
