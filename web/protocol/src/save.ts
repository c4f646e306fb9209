// Hands something to the person as a file.

const REVOKE_AFTER_MS = 60_000;

export function saveAs(content: Blob | string, name: string): void {
  // Without its own type the browser can only save it.
  const blob = new Blob([content], { type: "application/octet-stream" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), REVOKE_AFTER_MS);
}
