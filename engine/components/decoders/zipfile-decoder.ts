import type { HttpResponse } from '../../contract/http-response.ts';
import { UnreadableBodyError } from '../../http/send/unreadable-body-error.ts';
import { isTransportError } from '../../http/wire/transport-error.ts';
import { component } from '../../language/component.ts';
import { slot } from '../../language/slots.ts';
import { messageOf } from '../../util/text/message-of.ts';
import { innerResponse } from './inner-response.ts';

/** Reads every file of a ZIP archive with an inner decoder, in the order of the archive's directory. */
export const ZipfileDecoder = component({
  family: 'Decoder',
  type: 'ZipfileDecoder',
  doc: 'Unpacks a ZIP archive and reads every file inside with another decoder.',
  fields: () => ({
    decoder: slot('Decoder', 'JsonDecoder').describe('Reads each file of the archive.'),
  }),
  traits: () => ({ reads: { kind: 'ZIP' } }),
  make({ decoder }, scope) {
    const inner = decoder(scope);
    return Object.freeze({
      isStreaming: false,
      async *decode(response: HttpResponse) {
        // Loaded only when needed, because its reader is not small.
        const { readZip } = await import('./read-zip.ts');
        let isEmpty = true;
        for await (const { name, content } of readZip(response)) {
          isEmpty = false;
          try {
            yield* inner.decode(innerResponse(response, content, scope.sync.held.whole));
          } catch (error) {
            if (isTransportError(error)) throw error;
            throw new UnreadableBodyError(
              `The file "${name}" of a ZIP archive cannot be read: ${messageOf(error)}`,
              error,
            );
          }
        }
        if (isEmpty && !response.ignored)
          throw new UnreadableBodyError('Received a ZIP archive without a file in it.');
      },
    });
  },
});
