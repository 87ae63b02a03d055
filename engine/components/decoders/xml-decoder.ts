import type { HttpResponse } from '../../contract/http-response.ts';
import { unreadableBody } from '../../http/send/unreadable-body-error.ts';
import { charsetOf, encodingOfMark, textIn } from '../../http/wire/charset.ts';
import { component } from '../../language/component.ts';

/** Reads a response as XML: attributes are keys with `@`, text beside them is `#text`, repeated elements are a list. */
export const XmlDecoder = component({
  family: 'Decoder',
  type: 'XmlDecoder',
  doc: 'Reads a response as XML.',
  fields: () => ({}),
  traits: () => ({ reads: { kind: 'XML' } }),
  make(_fields, scope) {
    return Object.freeze({
      isStreaming: false,
      namesRoot: true,
      async *decode(response: HttpResponse) {
        // Loaded only when needed, because its parser is not small.
        const { parseXml } = await import('./parse-xml.ts');
        const text = xmlText(await response.bytes(), response.headers.get('content-type'));
        try {
          if (text === undefined) throw new SyntaxError('the bytes are not in the encoding that they say.');
          yield [parseXml(text)];
        } catch (error) {
          if (!(error instanceof SyntaxError)) throw error;
          if (!response.ignored) throw unreadableBody(response, `XML (${error.message})`, text ?? '…', error);
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

/**
 * A byte order mark decides, then what is UTF-8 and says so (or says nothing), then the charset of the content type,
 * then the declaration of the document itself. Undefined when the bytes are none of that.
 */
function xmlText(bytes: Uint8Array, contentType: string | undefined): string | undefined {
  const mark = encodingOfMark(bytes);
  if (mark !== undefined) return textIn(bytes, mark);
  const start = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const written = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.-]*)["']/.exec(start)?.[1];
  const declared = charsetOf(written && `; charset=${written}`) ?? 'utf-8';
  const charset = charsetOf(contentType) ?? declared;
  const isUtf8Named = [declared, charset].some((name) => /^utf-?8$/.test(name));
  const candidates = isUtf8Named ? ['utf-8', charset, declared] : [charset, declared, 'utf-8'];
  for (const candidate of candidates) {
    const text = textIn(bytes, candidate);
    if (text !== undefined) return text;
  }
  return undefined;
}
