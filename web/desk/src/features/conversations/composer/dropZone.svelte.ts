// Files dropped anywhere on a pane, or pasted into it.

import type { Attachment } from "svelte/attachments";

export function dropZone(onFiles: (files: File[]) => void) {
  let depth = $state(0);

  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;

  const attach: Attachment<HTMLElement> = (element) => {
    const ending = new AbortController();
    const { signal } = ending;
    const listen = <K extends keyof HTMLElementEventMap>(
      name: K,
      hear: (event: HTMLElementEventMap[K]) => void,
    ) => element.addEventListener(name, hear, { signal });

    listen("dragenter", (event) => {
      if (hasFiles(event)) depth += 1;
    });
    listen("dragleave", (event) => {
      if (hasFiles(event)) depth -= 1;
    });
    listen("dragover", (event) => {
      if (hasFiles(event)) event.preventDefault();
    });
    listen("drop", (event) => {
      depth = 0;
      if (!hasFiles(event)) return;
      event.preventDefault();
      onFiles([...(event.dataTransfer?.files ?? [])]);
    });
    listen("paste", (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      onFiles(files);
    });
    return () => ending.abort();
  };

  return {
    attach,
    get over() {
      return depth > 0;
    },
  };
}
