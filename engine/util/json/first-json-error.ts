import { type ParseError, parse } from 'jsonc-parser';

/** What is wrong in a text that is not JSON, without showing any of it, which may be a secret. */
export interface JsonError {
  readonly offset: number;
  /** The end of a sentence. */
  readonly problem: string;
}

/** By the codes of jsonc-parser, in their order from 1. */
const problems: readonly string[] = [
  'this is no value of JSON; texts and keys stand in double quotes',
  'this number is not written as JSON has it',
  'a key in double quotes is expected here',
  'a value is expected here',
  'a colon is expected here',
  'a comma is expected here',
  'a closing brace is expected here',
  'a closing bracket is expected here',
  'the text goes on behind its end',
  'JSON has no comments',
  'a comment has no end, and JSON has none',
  'a text has no closing quote',
  'this number has no end',
  'four hexadecimal digits are expected after "\\u"',
  'this escape is none of JSON',
  'a text has a line break or a control character in it; write it as an escape',
];

/** The first error in a text; undefined when it is JSON, or nested too deeply for anybody to say. */
export function firstJsonError(text: string): JsonError | undefined {
  const found: ParseError[] = [];
  try {
    parse(text, found, { disallowComments: true, allowTrailingComma: false });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undefined;
  }
  const [first] = found.sort((a, b) => a.offset - b.offset);
  return first && { offset: first.offset, problem: problems[first.error - 1] ?? 'this is none of JSON' };
}
