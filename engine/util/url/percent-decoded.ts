/** A part of a URL with its `%XX` read. What nobody can read, such as a lone `%`, stays as it is written. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
