import { isUtf8 } from 'node:buffer';

/** Shorter ones hold nothing that is long enough to be a secret. */
const runs = /[A-Za-z0-9+/_-]{12,}={0,2}/g;

/** A run of characters that may be Base64, and a text that it comes to. */
export interface Base64Run {
  readonly start: number;
  readonly end: number;
  readonly plain: string;
}

/** What could be Base64 of a text, wherever in its run it begins: something else may stand right before it. */
export function* base64Runs(text: string): Generator<Base64Run> {
  for (const { 0: run, index } of text.matchAll(runs)) {
    for (const offset of [0, 1, 2, 3]) {
      const bytes = Buffer.from(run.slice(offset), 'base64');
      if (isText(bytes)) yield { start: index + offset, end: index + run.length, plain: bytes.toString() };
    }
  }
}

/** Mostly of ASCII, or UTF-8 without control characters: other text may stand at both ends of a run. */
function isText(bytes: Buffer): boolean {
  let [ascii, control] = [0, 0];
  for (const byte of bytes) {
    if ((byte < 32 && (byte < 9 || byte > 13)) || byte === 127) control += 1;
    else if (byte < 127) ascii += 1;
  }
  return ascii > 0.6 * bytes.length || (control === 0 && isUtf8(bytes));
}
