import type { Readable } from 'node:stream';
import { ConnectorError } from '../../error/connector-error.ts';
import type { Parts } from '../../util/bytes/parts.ts';
import { TransportError } from './transport-error.ts';
import type { TransportSettings } from './transport-settings.ts';

/** How much of a body is taken, and how slowly it may come. */
export interface BodyLimits {
  /** Bytes of a body that is held whole. */
  readonly whole: number;
  /** Bytes of a body that is read as it comes. */
  readonly streamed: number;
  /** Characters of one record of a body that is read as it comes: a line, a row, an item of a list. */
  readonly record: number;
  /** Milliseconds of waiting after which a body must have come with `leastRate`. */
  readonly patience: number;
  /** Milliseconds that the rest of a body which nobody wants may take, where a new connection costs more than that. */
  readonly unwanted: number;
}

const megabyte = 1024 * 1024;

/** Bytes of an error's body that are looked at. */
export const errorBodyLimit = megabyte;

/** Bytes per second. */
const leastRate = 1024;

export function bodyLimits(settings: TransportSettings): BodyLimits {
  const env = settings.env ?? process.env;
  const megabytes = (name: string, otherwise: number) =>
    (Number(env[name]) > 0 ? Number(env[name]) : otherwise) * megabyte;
  const whole = megabytes('MANIFOLD_BODY_LIMIT_MB', 256);
  return {
    whole: settings.bodyLimit ?? whole,
    streamed: settings.streamLimit ?? Math.max(whole, 100 * 1024 * megabyte),
    record: megabytes('MANIFOLD_RECORD_LIMIT_MB', 64),
    patience: settings.patience ?? 900_000,
    unwanted: settings.unwanted ?? 1000,
  };
}

/** All of a body, in the pieces in which it comes. Throws ConnectorError when it is too large, TransportError when it drips. */
export function collectBody(
  body: Readable,
  url: string,
  announced: number,
  { whole, patience }: BodyLimits,
): Promise<Parts> {
  return new Promise((resolve, reject) => {
    const parts: Uint8Array[] = [];
    let size = 0;
    const timer = setTimeout(checkRate, patience);
    timer.unref();

    function settle(finish: () => void): void {
      clearTimeout(timer);
      finish();
    }
    function refuse(error: Error): void {
      settle(() => reject(error));
      body.off('data', take);
      body.destroy();
    }
    function checkRate(): void {
      if (isTooSlow(size, patience, patience)) refuse(tooSlow(url, size, patience));
    }
    function take(chunk: Uint8Array): void {
      size += chunk.length;
      parts.push(chunk);
      if (size > whole) refuse(tooLarge(url, whole));
    }

    body.on('error', (error) => settle(() => reject(error)));
    if (announced > whole) {
      refuse(tooLarge(url, whole));
      return;
    }
    body.on('data', take);
    body.on('end', () => settle(() => resolve(parts)));
  });
}

/** Has so little come in so much time that it will not end? */
export function isTooSlow(size: number, milliseconds: number, patience: number): boolean {
  return milliseconds >= patience && size < (leastRate * milliseconds) / 1000;
}

/** The chunks of a body. Only the time that is spent waiting for them counts. */
export async function* limitedChunks(
  chunks: AsyncIterable<Uint8Array>,
  url: string,
  { streamed, patience }: BodyLimits,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  let waited = 0;
  let asked = performance.now();
  for await (const chunk of chunks) {
    waited += performance.now() - asked;
    size += chunk.length;
    if (size > streamed) throw tooLarge(url, streamed);
    if (isTooSlow(size, waited, patience)) throw tooSlow(url, size, waited);
    yield chunk;
    asked = performance.now();
  }
}

/** The beginning of a body, as far as somebody will want to read it. */
export async function firstBytes(chunks: AsyncIterable<Uint8Array>, count: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    parts.push(chunk.subarray(0, count - size));
    size += chunk.length;
    if (size >= count) break;
  }
  return Buffer.concat(parts);
}

export function tooLarge(url: string, limit: number): ConnectorError {
  return new ConnectorError(
    `The answer of ${new URL(url).host} is larger than ${Math.round(limit / megabyte)} MB, more than is held in memory. Ask for smaller pages, use a decoder that reads as it goes (JsonItemsDecoder, JsonlDecoder, CsvDecoder), or raise MANIFOLD_BODY_LIMIT_MB.`,
  );
}

/** `what` it is that is too long, such as "line 3 of the JSON Lines". */
export function recordTooLong(url: string, what: string, limit: number): ConnectorError {
  return new ConnectorError(
    `The answer of ${new URL(url).host} has a record of more than ${Math.round(limit / megabyte)} MB (${what}), more than is held in memory. It is cut off or broken, or no record; if records of this API are that long, raise MANIFOLD_RECORD_LIMIT_MB.`,
  );
}

export function tooSlow(url: string, size: number, waited: number): TransportError {
  return new TransportError(
    `${new URL(url).host}: the answer comes too slowly (${size} bytes in ${Math.round(waited / 1000)} seconds)`,
    'ERR_BODY_TOO_SLOW',
  );
}
