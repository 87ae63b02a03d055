import { PythonError } from '../../time/python-error.ts';
import { memoizeTexts } from '../../util/text/memoize-texts.ts';
import type { Body } from './ast.ts';
import { parseTemplate } from './parser.ts';

/** What a template consists of, or why it cannot be read. */
export type ReadTemplate =
  | { readonly body: Body; readonly error?: undefined }
  | { readonly error: PythonError; readonly body?: undefined };

/** Parses a text once, whoever asks for it: the compiler, and each rule that looks at it without evaluating it. */
export const readTemplate: (text: string) => ReadTemplate = memoizeTexts((text): ReadTemplate => {
  try {
    return { body: parseTemplate(text) };
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    return { error };
  }
}, 1_000_000);

/** What a template consists of; undefined when it cannot be read, or has nothing but text. */
export function templateBody(text: string): Body | undefined {
  return text.includes('{') ? readTemplate(text).body : undefined;
}
