import type { HttpResponse } from '../../contract/http-response.ts';
import { unreadableBody } from '../../http/send/unreadable-body-error.ts';
import { charsetOf } from '../../http/wire/charset.ts';
import { component } from '../../language/component.ts';
import { isMisread } from '../../util/json/parse-json-bytes.ts';

/** Replaces a body without a document, so that paginators and extractors have something to look at. */
const noDocument: readonly unknown[] = Object.freeze([Object.freeze({})]);

/** Reads a response as one JSON document; the items of a list are documents of their own. */
export const JsonDecoder = component({
  family: 'Decoder',
  type: 'JsonDecoder',
  doc: 'Reads a response as one JSON document.',
  fields: () => ({}),
  traits: () => ({ reads: { kind: 'JSON' } }),
  make(_fields, scope) {
    return Object.freeze({
      isStreaming: false,
      isPlainJson: true,
      async *decode(response: HttpResponse) {
        const document = await parsed(response);
        if (document === null) yield noDocument;
        else if (!Array.isArray(document)) yield [document];
        else yield document.length === 0 ? noDocument : document;
      },
    });

    /** Null for an answer that has no document to give. */
    async function parsed(response: HttpResponse): Promise<unknown> {
      const bytes = await response.bytes();
      try {
        const document = await response.json();
        if (isMisread(bytes, charsetOf(response.headers.get('content-type'))))
          warn('is not in UTF-8 as JSON has to be: some of its characters are replaced by U+FFFD');
        return document;
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        if (mayBeEmpty(response) && bytes.length === 0) return null;
        if (!response.ignored) throw unreadableBody(response, 'JSON', await response.text(), error);
        if (bytes.length > 0) warn('is not JSON and is read as {}');
        return null;
      }

      function warn(what: string): void {
        const stream = scope.stream === undefined ? '' : ` of stream "${scope.stream.name}"`;
        scope.sync.log('WARN', `A response${stream} with status ${response.status} ${what}.`);
      }
    }
  },
});

/** "No content" and its like, and what the manifest's error handler ignores. A 200 without a word is a fault. */
function mayBeEmpty({ status, ignored }: HttpResponse): boolean {
  return ignored || status !== 200;
}
