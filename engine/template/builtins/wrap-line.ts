import { PyValueError } from '../../time/python-error.ts';

/** Where textwrap may break a line: at white space, after hyphens between letters, around dashes. */
const breaks = /(\s+|(?<=[\w!"'&.,?])-{2,}(?=\w)|(?<=[A-Za-z]{2}-)(?=[A-Za-z]))/;

/** Python's textwrap.wrap, without its treatment of tabs and other white space. */
export function wrapLine(
  line: string,
  width: number,
  {
    breaksLongWords,
    breaksAtHyphens,
  }: { readonly breaksLongWords: boolean; readonly breaksAtHyphens: boolean },
): string[] {
  if (width <= 0) throw new PyValueError(`invalid width ${width} (must be > 0)`);
  const chunks = line
    .split(breaksAtHyphens ? breaks : /(\s+)/)
    .filter((chunk) => chunk !== undefined && chunk !== '')
    .reverse();
  // The next chunk is the last of the list, where taking one and putting one back cost nothing.
  const lines: string[] = [];
  let current = '';
  while (chunks.length > 0) {
    let chunk = chunks.pop() ?? '';
    if (current === '' && lines.length > 0 && chunk.trim() === '') continue;
    if (current.length + chunk.length <= width) {
      current += chunk;
      continue;
    }
    let keepsSpace = false;
    if (chunk.length > width && breaksLongWords) {
      const end = endOfPiece(chunk, width < 1 ? 1 : width - current.length, breaksAtHyphens);
      // textwrap drops one blank piece at the end, and here that is the empty piece of the long word.
      keepsSpace = end === 0;
      current += chunk.slice(0, end);
      chunk = chunk.slice(end);
    } else if (current === '') {
      current = chunk;
      chunk = '';
    }
    if (chunk !== '') chunks.push(chunk);
    if (current.trim() !== '') lines.push(keepsSpace ? current : current.trimEnd());
    current = '';
  }
  if (current.trim() !== '') lines.push(current.trimEnd());
  return lines;
}

/** How much of a long word goes into the room that is left: up to its last hyphen there, if it has one. */
function endOfPiece(word: string, room: number, breaksAtHyphens: boolean): number {
  const hyphen = breaksAtHyphens ? word.slice(0, room).lastIndexOf('-') : -1;
  return hyphen > 0 && /[^-]/.test(word.slice(0, hyphen)) ? hyphen + 1 : room;
}
