import type { Socket } from 'node:net';
import { Duplex, Transform, type TransformCallback } from 'node:stream';
import { TransportError } from './transport-error.ts';

/** Bytes of a head; longer ones are an attack or a mistake. */
const longestHead = 1024 * 1024;
/** Answers such as "100 Continue" that may come before the one that counts. */
const mostInterim = 20;

/**
 * A connection whose answer is brought into the form that undici's strict parser takes, with what python-requests
 * forgives: lines without CR, folded lines, spaces before a colon, lines that are no headers, control characters,
 * lengths that come twice or beside "chunked", interim answers, sloppy chunk sizes. It is for one answer: its body ends
 * with the connection.
 */
export function tidied(socket: Socket): Socket {
  const readable = new TidyAnswer();
  socket.pipe(readable);
  socket.once('error', (error) => readable.destroy(error));
  socket.once('close', () => readable.end());
  const duplex = Duplex.from({ readable, writable: socket });
  duplex.once('close', () => socket.destroy());
  // Of a socket undici uses what any duplex stream has.
  return duplex as unknown as Socket;
}

type Framing = 'head' | 'plain' | 'chunk size' | 'chunk' | 'chunk end' | 'done';

class TidyAnswer extends Transform {
  #framing: Framing = 'head';
  #pending: Buffer = Buffer.alloc(0);
  #left = 0;
  #interim = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, callback: TransformCallback): void {
    try {
      this.#take(chunk);
      callback();
    } catch (error) {
      callback(error as Error);
    }
  }

  override _flush(callback: TransformCallback): void {
    const isWhole = this.#framing === 'plain' || this.#framing === 'done';
    callback(isWhole ? null : refusal('it ends too early'));
  }

  #take(chunk: Buffer): void {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    while (this.#step());
  }

  /** Takes one thing off what is pending; false when more has to come first. */
  #step(): boolean {
    switch (this.#framing) {
      case 'head':
        return this.#head();
      case 'chunk size': {
        const line = this.#line();
        if (line === undefined) return false;
        this.#left = Number.parseInt(line.split(';', 1)[0]?.trim() ?? '', 16);
        if (!(this.#left >= 0)) throw refusal('a piece of its body does not say how long it is');
        this.#framing = this.#left === 0 ? 'done' : 'chunk';
        return true;
      }
      case 'chunk end':
        if (this.#line() === undefined) return false;
        this.#framing = 'chunk size';
        return true;
      case 'chunk': {
        const piece = this.#all(this.#left);
        this.#left -= piece.length;
        if (this.#left === 0) this.#framing = 'chunk end';
        return piece.length > 0;
      }
      case 'plain':
        return this.#all().length > 0;
      case 'done':
        this.#pending = Buffer.alloc(0);
        // No length is announced, so the end of the stream is the end of the body.
        this.push(null);
        return false;
    }
  }

  #all(atMost = this.#pending.length): Buffer {
    const piece = this.#pending.subarray(0, atMost);
    this.#pending = this.#pending.subarray(piece.length);
    if (piece.length > 0) this.push(piece);
    return piece;
  }

  #line(): string | undefined {
    const end = this.#pending.indexOf(10);
    if (end === -1) return undefined;
    const line = this.#pending.subarray(0, end).toString('latin1').replace(/\r$/, '');
    this.#pending = this.#pending.subarray(end + 1);
    return line;
  }

  #head(): boolean {
    const text = this.#pending.toString('latin1');
    const end = /\r?\n\r?\n/.exec(text);
    if (end === null) {
      if (text.length > longestHead) throw refusal('its headers do not end');
      return false;
    }
    this.#pending = this.#pending.subarray(end.index + end[0].length);
    const head = tidyHead(text.slice(0, end.index));
    if (head.status < 200) {
      if (++this.#interim > mostInterim) throw refusal('it is announced again and again and never comes');
      return true;
    }
    this.push(Buffer.from(head.text, 'latin1'));
    this.#framing = head.isChunked ? 'chunk size' : 'plain';
    return true;
  }
}

interface Head {
  readonly status: number;
  readonly text: string;
  readonly isChunked: boolean;
}

const headerLine = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+)[ \t]*:[ \t]*(.*)$/;

function tidyHead(text: string): Head {
  const [first = '', ...lines] = text
    .replace(/^[\r\n]+/, '')
    // A line that begins with a space goes on with the one before it.
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/);
  const start = /^HTTP\/(\d)(?:\.(\d))?\s+(\d{3})(.*)$/i.exec(first);
  if (start === null) throw refusal(`it begins with ${JSON.stringify(first.slice(0, 60))}`);
  const version = start[1] === '1' && start[2] === '0' ? '1.0' : '1.1';
  const headers: [name: string, value: string][] = [];
  const lengths = new Set<string>();
  let coding = '';
  for (const line of lines) {
    const [, name, value = ''] = headerLine.exec(line) ?? [];
    if (name === undefined) continue;
    const clean = value.replace(/[^\t\x20-\x7e\x80-\xff]/g, ' ').trim();
    if (/^content-length$/i.test(name)) for (const part of clean.split(',')) lengths.add(part.trim());
    else if (/^transfer-encoding$/i.test(name)) coding += `,${clean.toLowerCase()}`;
    else headers.push([name, clean]);
  }
  const isChunked = coding.includes('chunked');
  if (!isChunked && lengths.size > 1) throw refusal(`it names several lengths (${[...lengths].join(', ')})`);
  if (!isChunked && lengths.size === 1) headers.push(['Content-Length', [...lengths].join()]);
  const body = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return {
    status: Number(start[3]),
    text: `HTTP/${version} ${start[3]}${start[4]?.replace(/[^\t\x20-\x7e]/g, ' ')}\r\n${body}\r\n`,
    isChunked,
  };
}

function refusal(mistake: string): TransportError {
  return new TransportError(`the answer of the server is not HTTP: ${mistake}`, 'ERR_HTTP_ANSWER');
}
