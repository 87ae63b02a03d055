/** Turns chunks of bytes into text; a character may be split between two chunks. */
export interface ChunkDecoder {
  /** Throws TypeError when the bytes are not of the encoding. */
  decode(chunk: Uint8Array): string;
  /** What is left after the last chunk; throws when a character is incomplete. */
  end(): string;
}

const latin1 = new Set(['latin1', 'iso88591', 'l1', '8859', 'cp819', 'latin']);
const utf8 = new Set(['utf8', 'utf', 'u8', 'cp65001']);

/** Names that Python and the WHATWG encoding standard spell differently. */
const labels: Readonly<Record<string, string>> = {
  utf8sig: 'utf-8',
  utf16le: 'utf-16le',
  utf16be: 'utf-16be',
  cp949: 'euc-kr',
  cp932: 'shift_jis',
  ms932: 'shift_jis',
  cp950: 'big5',
  cp936: 'gbk',
  koi8r: 'koi8-r',
  koi8u: 'koi8-u',
  shiftjis: 'shift_jis',
  sjis: 'shift_jis',
  eucjp: 'euc-jp',
  euckr: 'euc-kr',
  macroman: 'macintosh',
  maccyrillic: 'x-mac-cyrillic',
  cp866: 'ibm866',
  cp874: 'windows-874',
  iso2022jp: 'iso-2022-jp',
  csiso2022jp: 'iso-2022-jp',
};

/** A decoder for an encoding by its Python name (case, `-` and `_` do not matter), strict as Python's. Throws RangeError for an unknown one. */
export function createPythonTextDecoder(encoding = 'utf-8'): ChunkDecoder {
  const name = encoding.toLowerCase().replace(/[-_ ]/g, '');
  // The standard reads ISO 8859-1 as Windows-1252; Python takes it literally.
  if (latin1.has(name)) return byteDecoder(0xff);
  if (name === 'ascii' || name === 'usascii' || name === '646') return byteDecoder(0x7f);
  if (utf8.has(name)) return standardDecoder('utf-8', true);
  if (name === 'utf16') return utf16Decoder();
  return standardDecoder(
    labels[name] ?? encoding.replace(/_/g, '-').replace(/^cp-?(125\d)$/i, 'windows-$1'),
    name !== 'utf8sig',
  );
}

function standardDecoder(label: string, keepsMark: boolean): ChunkDecoder {
  const decoder = new TextDecoder(label, { fatal: true, ignoreBOM: keepsMark });
  return { decode: (chunk) => decoder.decode(chunk, { stream: true }), end: () => decoder.decode() };
}

function byteDecoder(highest: number): ChunkDecoder {
  return {
    decode(chunk) {
      if (highest < 0xff && chunk.some((byte) => byte > highest))
        throw new TypeError('The data is not ASCII.');
      return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1');
    },
    end: () => '',
  };
}

/** The first two bytes give the byte order; without a mark it is little-endian. */
function utf16Decoder(): ChunkDecoder {
  let head: Uint8Array = new Uint8Array();
  let inner: ChunkDecoder | undefined;
  const open = (): ChunkDecoder =>
    standardDecoder(head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-16le', false);
  return {
    decode(chunk) {
      if (inner !== undefined) return inner.decode(chunk);
      head = Buffer.concat([head, chunk]);
      if (head.length < 2) return '';
      inner = open();
      return inner.decode(head);
    },
    end() {
      inner ??= open();
      return inner.end();
    },
  };
}

/** The text of a stream of bytes, chunk by chunk. */
export async function* decodeChunks(
  chunks: AsyncIterable<Uint8Array>,
  decoder: ChunkDecoder,
): AsyncGenerator<string> {
  for await (const chunk of chunks) {
    const text = decoder.decode(chunk);
    if (text !== '') yield text;
  }
  const rest = decoder.end();
  if (rest !== '') yield rest;
}
