import type { HttpResponse } from '../../contract/http-response.ts';
import { component } from '../../language/component.ts';
import { readText } from './read-text.ts';

/** Reads every line of a response, even an empty one, as a document `{ "record": line }`. */
export const IterableDecoder = component({
  family: 'Decoder',
  type: 'IterableDecoder',
  doc: 'Reads every line of a response as text under the key "record".',
  fields: () => ({}),
  traits: () => ({ readsOnce: true, reads: { kind: 'lines of text' } }),
  make() {
    return Object.freeze({
      isStreaming: true,
      async *decode(response: HttpResponse) {
        // The pieces of a long line are joined once.
        let pending: string[] = [];
        for await (const text of readText(response, 'lines of text')) {
          pending.push(text);
          if (!/[\r\n]/.test(text) && !pending.at(-2)?.endsWith('\r')) continue;
          // A `\r` at the end may be half of a line break.
          const lines = pending.join('').split(/\r\n|\n|\r(?!$)/);
          pending = [lines.pop() as string];
          if (lines.length > 0) yield lines.map(toDocument);
        }
        const last = pending.join('');
        if (last !== '') yield [toDocument(last.replace(/\r$/, ''))];
      },
    });
  },
});

function toDocument(line: string): { record: string } {
  return { record: line };
}
