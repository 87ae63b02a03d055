import type { Diagnostic } from '../../error/diagnostic.ts';
import type { ManifestNode } from '../../manifest/node.ts';
import { errorAt } from '../../manifest/node-diagnostic.ts';
import { inspectTemplate } from '../../template/template.ts';
import { namedBy } from '../request-options.ts';
import { type ComponentAt, isFilledIn, written } from '../visit.ts';

/** A token of RFC 9110, 5.6.2. */
const name = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Visible characters of Latin-1, spaces and tabs (RFC 9110, 5.5). */
const value = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Headers that are written out can be sent: no request goes out with another character in one. */
export function* sendableHeaders(at: ComponentAt): Iterable<Diagnostic> {
  if (at.isHook || isFilledIn(at)) return;
  if (at.family === 'RequestOption') {
    const named = namedBy(at);
    if (named?.place === 'header') yield* nameProblem(named.path.join(''), named.node);
  } else if (at.family === 'Requester') {
    const headers = written(at, 'request_headers');
    if (headers?.kind !== 'mapping') return;
    for (const [written, { key, value: given }] of headers.entries) {
      yield* nameProblem(written, key);
      yield* valueProblem(written, given);
    }
  }
}

function* nameProblem(text: string, node: ManifestNode): Iterable<Diagnostic> {
  if (text.trim() === '' || name.test(text) || !inspectTemplate(text).isPlain) return;
  yield errorAt(
    node,
    `"${text}" cannot be the name of a header: ${firstOutside(text, name)} is not allowed in one.`,
  );
}

function* valueProblem(header: string, node: ManifestNode): Iterable<Diagnostic> {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return;
  const { value: text } = node;
  if (value.test(text) || !inspectTemplate(text).isPlain) return;
  yield errorAt(
    node,
    `The header "${header}" cannot have this value: ${firstOutside(text, value)} is not allowed in one.`,
  );
}

function firstOutside(text: string, allowed: RegExp): string {
  const character = [...text].find((one) => !allowed.test(one)) ?? '';
  const shown: Readonly<Record<string, string>> = {
    ' ': 'a space',
    '\n': 'a line break',
    '\r': 'a carriage return',
    '\t': 'a tab',
  };
  return shown[character] ?? JSON.stringify(character);
}
