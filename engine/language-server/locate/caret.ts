import type { OpenDocument } from './open-document.ts';
import { isScalar, type Node, nodeAtPath, type Path, rangeOf, scalars } from './syntax.ts';

/** What is being typed at a caret, in a document that may be broken just there. */
export interface Caret {
  readonly root: Node | null;
  /** Of the value, or of the mapping's field whose name is typed. */
  readonly path: Path;
  /** A name of a field is typed; `mayBeKey` where it could also be the beginning of a mapping. */
  readonly isKey: boolean;
  readonly mayBeKey: boolean;
  /** What stands before the caret of the name or value. */
  readonly typed: string;
  /** Where that begins. */
  readonly start: number;
  /** The name is followed by a colon already. */
  readonly hasColon: boolean;
}

/** Written where the caret is, so that even an empty line has something that the parser can see. */
export const marker = 'caret_8f3a';

/** Undefined where nothing can be typed, as in a comment. */
export function caretAt({ text, syntaxOf }: OpenDocument, offset: number): Caret | undefined {
  const rest = /^[\w$./#-]*/.exec(text.slice(offset))?.[0] ?? '';
  const after = text.slice(offset + rest.length);
  const marked = `${text.slice(0, offset)}${marker}${after}`;
  const root = syntaxOf(marked).contents as Node | null;
  for (const { node, path, isKey } of scalars(root, [])) {
    if (!isScalar(node) || !String(node.value).includes(marker)) continue;
    const [start] = rangeOf(node);
    const typed = String(node.value).slice(0, String(node.value).indexOf(marker));
    const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
    const mayBeKey = isKey || /^[\s-]*[\w$]*$/.test(line);
    return {
      root,
      path,
      isKey,
      mayBeKey,
      typed: lastWord(typed, mayBeKey),
      start,
      hasColon: /^\s*:/.test(after),
    };
  }
  return undefined;
}

/** A name on a line of its own may have been read as the end of the text before it. */
function lastWord(typed: string, mayBeKey: boolean): string {
  return mayBeKey ? (/[\w$]*$/.exec(typed)?.[0] ?? '') : typed;
}

/** The mapping in which the name is typed. */
export function mappingAround({ root, path, isKey }: Caret): {
  readonly node: Node | undefined;
  readonly path: Path;
} {
  const own = isKey ? path.slice(0, -1) : path;
  return { node: nodeAtPath(root, own), path: own };
}
