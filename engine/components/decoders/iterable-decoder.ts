import type { HttpResponse } from '../../contract/http-response.ts';
import { recordTooLong } from '../../http/wire/body.ts';
import { component } from '../../language/component.ts';
import { readText } from './read-text.ts';

/** Reads every line of a response, even an empty one, as a document `{ "record": line }`. */
export const IterableDecoder = component({
  family: 'Decoder',
  type: 'IterableDecoder',
  doc: 'Reads every line of a response as text under the key "record".',
  fields: () => ({}),
  traits: () => ({ readsOnce: true, reads: { kind: 'lines of text' } }),
  make(_fields, { sync }) {
    const longest = sync.held.record;
    return Object.freeze({
      isStreaming: true,
      async *decode(response: HttpResponse) {
        // The pieces of a long line are joined once.
        let pending: string[] = [];
        let length = 0;
        let count = 1;
        for await (const text of readText(response, 'lines of text')) {
          pending.push(text);
          length += text.length;
          if (/[\r\n]/.test(text) || pending.at(-2)?.endsWith('\r')) {
            // A `\r` at the end may be half of a line break.
            const lines = pending.join('').split(/\r\n|\n|\r(?!$)/);
            const rest = lines.pop() as string;
            pending = [rest];
            length = rest.length;
            count += lines.length;
            if (lines.length > 0) yield lines.map(toDocument);
          }
          if (length > longest) throw recordTooLong(response.url, `line ${count}`, longest);
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
