import * as z from 'zod';
import { inspectTemplate } from '../../template/template.ts';
import { pythonRegex, type Regex } from '../../util/python/python-regex.ts';
import { messageOf } from '../../util/text/message-of.ts';
import { template } from '../fields.ts';

/** A text that is a regular expression in Python's syntax. An empty one is none. */
export function regex() {
  return z.string().transform((text, context): Regex | undefined => {
    if (text === '') return undefined;
    const problem = problemOf(text);
    if (problem === undefined) return pythonRegex(text);
    context.addIssue({ code: 'custom', message: problem });
    return z.NEVER;
  });
}

/** A template that gives a regular expression in Python's syntax; a plain text is checked when the manifest is read. */
export function regexTemplate() {
  return template().superRefine(({ text }, context) => {
    const problem = inspectTemplate(text).isPlain ? problemOf(text) : undefined;
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  });
}

function problemOf(text: string): string | undefined {
  try {
    pythonRegex(text);
    return undefined;
  } catch (error) {
    return `"${text}" is not a regular expression: ${messageOf(error)}`;
  }
}
