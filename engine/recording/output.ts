import type { Hash } from 'node:crypto';
import { nodeCrypto } from '../util/bytes/node-crypto.ts';

/** What a command writes, taken at once, so that a slow reader does not change the order of things. */
export interface Output {
  readonly write: (text: string | Uint8Array) => Promise<void>;
  /** Resolves when all of it has been handed on. */
  readonly settled: () => Promise<void>;
  digest(): { readonly bytes: number; readonly sha256: string };
}

/** `hide` takes out of the digest what a log does not keep. */
export function createOutput(
  write: (text: string | Uint8Array) => Promise<void>,
  hide: (text: string) => string = (text) => text,
): Output {
  const hash: Hash = nodeCrypto().createHash('sha256');
  let bytes = 0;
  let last: Promise<void> = Promise.resolve();
  return Object.freeze<Output>({
    async write(text) {
      const shown = hide(typeof text === 'string' ? text : Buffer.from(text).toString());
      hash.update(shown);
      bytes += Buffer.byteLength(shown);
      // It waits for its turn, and whoever gave bytes may use them again.
      const kept = typeof text === 'string' ? text : Buffer.from(text);
      last = last.then(() => write(kept));
    },
    settled: () => last,
    digest: () => ({ bytes, sha256: hash.copy().digest('hex') }),
  });
}
