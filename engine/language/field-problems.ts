import type * as z from 'zod';
import type { Diagnostic } from '../error/diagnostic.ts';
import { fieldOf, type ManifestNode, type MappingNode } from '../manifest/node.ts';
import { nodeAt } from '../manifest/node-at.ts';
import { errorAt } from '../manifest/node-diagnostic.ts';
import { oldReference } from '../manifest/old-reference.ts';
import { quotedList } from '../util/text/quoted-list.ts';
import { withArticle } from '../util/text/with-article.ts';

/** What zod found wrong with the fields of a component of the given type: a sentence each, with its place. */
export function fieldProblems(
  issues: readonly z.core.$ZodIssue[],
  node: MappingNode,
  type: string,
): Diagnostic[] {
  return issues
    .flatMap(innermost)
    .filter((issue) => !isLostReference(nodeAt(node, issue.path)))
    .map((issue) => toDiagnostic(issue, node, type));
}

/** A reference that leads nowhere has already been reported. */
function isLostReference(node: ManifestNode): boolean {
  return node.kind === 'scalar' && typeof node.value === 'string' && node.value.startsWith('#/');
}

/** If the shape fits only one of several forms of a field, the problems inside that form are what matters. */
function innermost(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const isInside = (inner: z.core.$ZodIssue) => inner.path.length > 0 || offsetOf(inner) !== undefined;
  const [form, ...others] = issue.errors.filter((form) => form.every(isInside));
  if (form === undefined || others.length > 0) return [issue];
  return form.flatMap((inner) => innermost({ ...inner, path: [...issue.path, ...inner.path] }));
}

/** Where the error in a template is. */
function offsetOf(issue: z.core.$ZodIssue): number | undefined {
  const offset = issue.code === 'custom' ? issue.params?.offset : undefined;
  return typeof offset === 'number' ? offset : undefined;
}

function toDiagnostic(issue: z.core.$ZodIssue, node: MappingNode, type: string): Diagnostic {
  const at = nodeAt(node, issue.path);
  const [name] = issue.path;
  const where = name === undefined ? type : `"${issue.path.join('.')}" of ${type}`;
  const given = fieldOf(node, String(name));
  if (given === undefined || isNullScalar(given))
    return errorAt(node, `${type} needs the field "${String(name)}".`);
  const old = at.kind === 'scalar' && typeof at.value === 'string' ? oldReference(at.value) : undefined;
  if (old !== undefined) return errorAt(at, old);
  const what = describe(issue).replace(/\.$/, '');
  return errorAt(at, `${where} is wrong: ${what}${what.endsWith('?') ? '' : '.'}`, offsetOf(issue));
}

function isNullScalar(node: ManifestNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

function describe(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_union') {
    const options = issue.errors.flat().filter((option) => option.path.length === 0);
    // A form whose type fits says best what is wrong with the value.
    const fitting = options.filter((option) => option.code === 'custom' && option.params?.isShape !== true);
    const told = [fitting, options, issue.errors.flat()].find((some) => some.length > 0) ?? [];
    const messages = [...new Set(told.map(describe))];
    return messages.join(', or ');
  }
  return issue.message;
}

/** What zod is to say where a type has no words of its own. */
export const inPlainWords: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'invalid_type') return `${article(issue.expected)} is expected`;
  if (issue.code === 'invalid_value') return `one of ${quotedList(issue.values.map(String))} is expected`;
  if (issue.code === 'too_small') return `${sized(issue.origin, atLeast(issue))} is expected`;
  if (issue.code === 'too_big') return `${sized(issue.origin, atMost(issue))} is expected`;
  return undefined;
};

function atLeast({ minimum, inclusive }: z.core.$ZodRawIssue<z.core.$ZodIssueTooSmall>): string {
  return inclusive === false ? `more than ${minimum}` : `at least ${minimum}`;
}

function atMost({ maximum, inclusive }: z.core.$ZodRawIssue<z.core.$ZodIssueTooBig>): string {
  return inclusive === false ? `less than ${maximum}` : `at most ${maximum}`;
}

/** A number has a value, and everything else a length. */
function sized(origin: string, amount: string): string {
  if (origin === 'number' || origin === 'int' || origin === 'bigint') return `a number of ${amount}`;
  const what = origin === 'string' ? 'character' : 'item';
  return `${article(origin)} of ${amount} ${what}${/\b1$/.test(amount) ? '' : 's'}`;
}

const nouns: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
  int: 'an integer',
  boolean: 'true or false',
};

function article(expected: string): string {
  return nouns[expected] ?? withArticle(expected);
}
