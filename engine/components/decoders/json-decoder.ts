import type { HttpResponse } from '../../contract/http-response.ts';
import { component } from '../../language/component.ts';

/** Replaces a body without a document, so that paginators and extractors have something to look at. */
const noDocument: readonly unknown[] = Object.freeze([Object.freeze({})]);

/** Reads a response as one JSON document; the items of a list are documents of their own. */
export const JsonDecoder = component({
  family: 'Decoder',
  type: 'JsonDecoder',
  doc: 'Reads a response as one JSON document.',
  fields: () => ({}),
  make(_fields, scope) {
    return Object.freeze({
      isStreaming: false,
      async *decode(response: HttpResponse) {
        const document = await parsed(response);
        if (document === null) yield noDocument;
        else if (!Array.isArray(document)) yield [document];
        else yield document.length === 0 ? noDocument : document;
      },
    });

    /** Null for a body that is not JSON, too: empty ones are common, and any other may be a page without records. */
    async function parsed(response: HttpResponse): Promise<unknown> {
      try {
        return await response.json();
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        if ((await response.bytes()).length > 0) {
          const stream = scope.stream === undefined ? '' : ` of stream "${scope.stream.name}"`;
          scope.sync.log(
            'WARN',
            `A response${stream} with status ${response.status} is not JSON and is read as {}.`,
          );
        }
        return null;
      }
    }
  },
});
