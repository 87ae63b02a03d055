import type { HttpResponse } from '../../contract/http-response.ts';
import { component } from '../../language/component.ts';

/** Reads a response as XML: attributes are keys with `@`, text beside them is `#text`, repeated elements are a list. */
export const XmlDecoder = component({
  family: 'Decoder',
  type: 'XmlDecoder',
  doc: 'Reads a response as XML.',
  fields: () => ({}),
  make(_fields, scope) {
    return Object.freeze({
      isStreaming: false,
      async *decode(response: HttpResponse) {
        // Loaded only when needed, because its parser is not small.
        const { parseXml } = await import('./parse-xml.ts');
        try {
          yield [parseXml(await response.text())];
        } catch (error) {
          if (!(error instanceof SyntaxError)) throw error;
          scope.sync.log(
            'WARN',
            `A response with status ${response.status} is not XML and is read as {}: ${error.message}`,
          );
          yield [{}];
        }
      },
    });
  },
});
