import { gzipSync } from 'node:zlib';
import type { BodyForm } from '../language/traits.ts';
import { isObject } from '../util/json/json.ts';
import { toJsonText } from '../util/json/to-json-text.ts';
import { type ComponentAt, childIn } from '../validate/visit.ts';
import { CannotSimulate } from './place-records.ts';
import { zipOf } from './zip.ts';

/** The bytes that a decoder makes a document of. */
export interface Encoding {
  readonly contentType: string;
  encode(document: unknown): Uint8Array;
  /** Every record is a document of its own, so nothing but records can be said. */
  readonly isRecordByRecord: boolean;
  /** All records have the same fields; what one has not is an empty text. */
  readonly hasColumns?: boolean;
}

/** Throws CannotSimulate for decoders that have no inverse here. `decoder` is undefined for JSON. */
export function encodingOf(decoder: ComponentAt | undefined): Encoding {
  if (decoder === undefined) return json;
  const { reads, readsBody } = decoder.traits;
  // An extractor may do what decoders do.
  if (readsBody !== undefined) return encodingIn(readsBody, decoder);
  return encodingIn(reads, decoder);
}

function encodingIn(reads: BodyForm | undefined, decoder: ComponentAt): Encoding {
  switch (reads?.kind) {
    case 'JSON':
      return json;
    case 'JSON lines':
      return { ...lines, encode: (document) => bytes(listOf(document).map(toJsonText).join('\n')) };
    case 'lines of text':
      return { ...lines, encode: (document) => bytes(listOf(document).map(lineOf).join('\n')) };
    case 'CSV':
      return csv(reads.delimiter);
    case 'XML':
      return xml;
    case 'gzip': {
      const inner = encodingOf(childIn(decoder, 'decoder'));
      return {
        ...inner,
        contentType: 'application/gzip',
        encode: (document) => gzipSync(inner.encode(document)),
      };
    }
    case 'ZIP': {
      const inner = encodingOf(childIn(decoder, 'decoder'));
      return {
        ...inner,
        contentType: 'application/zip',
        encode: (document) => zipOf('records', inner.encode(document)),
      };
    }
    default:
      throw new CannotSimulate(
        `its decoder is a ${decoder.component?.type ?? 'component that is not loaded'}`,
      );
  }
}

const json: Encoding = Object.freeze({
  contentType: 'application/json',
  isRecordByRecord: false,
  encode: (document: unknown) => bytes(toJsonText(document)),
});

const lines = { contentType: 'text/plain', isRecordByRecord: true };

const xml: Encoding = Object.freeze({
  contentType: 'application/xml',
  isRecordByRecord: false,
  encode: (document: unknown) => {
    // A document has one root. What the field path begins with is its name.
    const names = isObject(document) ? Object.keys(document) : [];
    const [root] = names;
    if (root === undefined || names.length > 1 || !isObject(document))
      throw new CannotSimulate(
        'its answers are XML, which has to begin with one field that holds all others',
      );
    return bytes(`<?xml version="1.0" encoding="utf-8"?>\n${elements(root, document[root])}`);
  },
});

function elements(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => elements(name, item)).join('');
  if (!isObject(value))
    return `<${name}>${value === null || value === undefined ? '' : escaped(String(value))}</${name}>`;
  const fields = Object.entries(value);
  const attributes = fields.filter(([key]) => key.startsWith('@'));
  const inner = fields.filter(([key]) => !key.startsWith('@'));
  const head = attributes.map(([key, each]) => ` ${key.slice(1)}="${escaped(String(each))}"`).join('');
  const body = inner
    .map(([key, each]) => (key === '#text' ? escaped(String(each)) : elements(key, each)))
    .join('');
  return `<${name}${head}>${body}</${name}>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function csv(separator: string): Encoding {
  const cell = (value: unknown) => {
    if (value === null || value === undefined) return '';
    const text = typeof value === 'object' ? toJsonText(value) : String(value);
    return /["\n\r]/.test(text) || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return {
    contentType: 'text/csv',
    isRecordByRecord: true,
    hasColumns: true,
    encode(document) {
      const rows = listOf(document).filter(isObject);
      const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
      const written = rows.map((row) => names.map((name) => cell(row[name])).join(separator));
      return bytes([names.map(cell).join(separator), ...written].join('\n'));
    },
  };
}

/** The text that a record is made of, under the name that its decoder gives it. */
function lineOf(record: unknown): string {
  return isObject(record) ? String(record.record ?? Object.values(record)[0] ?? '') : String(record);
}

function listOf(document: unknown): readonly unknown[] {
  return Array.isArray(document) ? document : [document];
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
