/** `2026-11-25 18:30 UTC`: an ISO 8601 time for a sentence. Empty where the text is no time. */
export function timeInWords(text: string | undefined): string {
  const ms = Date.parse(text ?? '');
  if (Number.isNaN(ms)) return '';
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
