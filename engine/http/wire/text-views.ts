import { type DecodedText, inside, rewrite } from './decoded-text.ts';

/** What is put between the characters of a text to break it into lines, or to break it up. */
const between = /[\s\u00ad\u200b-\u200d\u2060\ufeff]+/g;

/** Bytes in quoted-printable, and the end of a line that goes on, as in mails. */
const quotedPrintable = /(?:=[\dA-F]{2})+|=\r?\n/g;

/** Without white space and what cannot be seen: a text that was wrapped, or taken apart. */
export function squeezed(text: string): string {
  return text.replace(between, '');
}

/** The text without white space; undefined where it has none. */
export function squeezedView(value: DecodedText): DecodedText | undefined {
  if (value.text.search(between) < 0) return undefined;
  return inside(
    value,
    rewrite(value.text, between, () => ''),
  );
}

/** The text with quoted-printable read; undefined where there is none. */
export function unquotedView(value: DecodedText): DecodedText | undefined {
  if (value.text.search(quotedPrintable) < 0) return undefined;
  return inside(value, rewrite(value.text, quotedPrintable, unquoted));
}

function unquoted(found: string): string {
  return /^=\r?\n$/.test(found) ? '' : Buffer.from(found.replaceAll('=', ''), 'hex').toString();
}
