import { PyLookupError, PyValueError } from '../../time/python-error.ts';

const encodings: Readonly<Record<string, 'ascii' | 'latin-1' | 'utf-8'>> = {
  ascii: 'ascii',
  'us-ascii': 'ascii',
  latin1: 'latin-1',
  'latin-1': 'latin-1',
  'iso-8859-1': 'latin-1',
  utf8: 'utf-8',
  'utf-8': 'utf-8',
};

/** Throws LookupError for an encoding that is not known. */
function encodingOf(name: string): 'ascii' | 'latin-1' | 'utf-8' {
  const known = encodings[name.toLowerCase().replaceAll('_', '-')];
  if (known === undefined) throw new PyLookupError(`unknown encoding: ${name}`, 'LookupError');
  return known;
}

/** Throws UnicodeEncodeError, and LookupError for an encoding that is not known. */
export function encodeText(text: string, encoding = 'utf-8', errors = 'strict'): Uint8Array {
  const name = encodingOf(encoding);
  if (name === 'utf-8') {
    if (/\p{Cs}/u.test(text) && errors === 'strict') {
      throw new PyValueError(
        "'utf-8' codec can't encode character: surrogates not allowed",
        'UnicodeEncodeError',
      );
    }
    return Buffer.from(text, 'utf8');
  }
  const limit = name === 'ascii' ? 0x7f : 0xff;
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code <= limit) bytes.push(code);
    else if (errors === 'replace') bytes.push(63);
    else if (errors !== 'ignore') {
      throw new PyValueError(`'${name}' codec can't encode character '${character}'`, 'UnicodeEncodeError');
    }
  }
  return Uint8Array.from(bytes);
}

function asciiText(bytes: Uint8Array, errors: string): string {
  if (errors !== 'replace' && errors !== 'ignore') throw new Error('not ASCII');
  const other = errors === 'replace' ? '\ufffd' : '';
  return Array.from(bytes, (byte) => (byte > 127 ? other : String.fromCharCode(byte))).join('');
}

/** Throws UnicodeDecodeError, and LookupError for an encoding that is not known. */
export function decodeBytes(bytes: Uint8Array, encoding = 'utf-8', errors = 'strict'): string {
  const name = encodingOf(encoding);
  if (name === 'latin-1') return Buffer.from(bytes).toString('latin1');
  try {
    if (name === 'ascii' && bytes.some((byte) => byte > 127)) return asciiText(bytes, errors);
    return new TextDecoder('utf-8', { fatal: errors === 'strict', ignoreBOM: true }).decode(bytes);
  } catch {
    throw new PyValueError(`'${name}' codec can't decode byte: invalid data`, 'UnicodeDecodeError');
  }
}
