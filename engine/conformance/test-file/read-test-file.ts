import type * as z from 'zod';
import type { Diagnostic } from '../../error/diagnostic.ts';
import type { Source } from '../../error/place.ts';
import { fieldOf, type ManifestNode, type MappingNode, toValue } from '../../manifest/node.ts';
import { nodeAt } from '../../manifest/node-at.ts';
import { errorAt } from '../../manifest/node-diagnostic.ts';
import { parseManifest } from '../../manifest/parse.ts';
import { unquotedQuestion } from '../../manifest/syntax-message.ts';
import { didYouMean } from '../../util/text/did-you-mean.ts';
import { quotedList } from '../../util/text/quoted-list.ts';
import { withArticle } from '../../util/text/with-article.ts';
import { type TestFileFields, testFileFields } from './fields.ts';
import { withWrittenTexts } from './written-texts.ts';

/** A test file, or what is wrong with it. */
export interface ReadTestFile {
  readonly source: Source;
  /** Undefined when it has mistakes: nothing of it can be trusted then. */
  readonly fields: TestFileFields | undefined;
  readonly node: MappingNode | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Tests of which only the name, the stream and the config were read; by default none. */
  readonly unread?: ReadonlySet<number>;
}

export function readTestFile(source: Source & { readonly text: string }): ReadTestFile {
  const { node: parsedNode, diagnostics: all } = parseManifest(source);
  // Python never reads a test file.
  const diagnostics = all.filter(({ message }) => message !== unquotedQuestion);
  if (parsedNode === undefined) return { source, fields: undefined, node: undefined, diagnostics };
  const node = withWrittenTexts(parsedNode);
  const parsed = testFileFields().safeParse(toValue(node), { error: inPlainWords });
  if (!parsed.success)
    return {
      source,
      fields: undefined,
      node,
      diagnostics: parsed.error.issues.flatMap((issue) => problems(issue, node)),
    };
  // What is left of the parser's are warnings: of what Python cannot read, and no Python reads a test file.
  const found = [...contradictions(parsed.data, node)];
  return { source, fields: found.length > 0 ? undefined : parsed.data, node, diagnostics: found };
}

/** Sentences about what the format does not know or allow. */
function problems(issue: z.core.$ZodIssue, node: MappingNode): Diagnostic[] {
  const at = nodeAt(node, issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const known = knownKeys(issue.path);
      const entry = at.kind === 'mapping' ? at.entries.get(key) : undefined;
      const hint = didYouMean(key, known) || (known.length === 0 ? '' : ` It has ${quotedList(known)}.`);
      return errorAt(entry?.key ?? at, `${subject(issue.path)} has no field "${key}".${hint}`);
    });
  }
  const name = String(issue.path.at(-1) ?? '');
  if (isMissing(node, issue.path))
    return [errorAt(at, `${subject(issue.path.slice(0, -1))} needs the field "${name}".`)];
  return [
    errorAt(
      at,
      `"${name}" of ${subject(issue.path.slice(0, -1)).toLowerCase()} is wrong: ${issue.message.replace(/\.$/, '')}.`,
    ),
  ];
}

function isMissing(node: MappingNode, path: readonly PropertyKey[]): boolean {
  const parent = nodeAt(node, path.slice(0, -1));
  return (
    parent.kind === 'mapping' &&
    typeof path.at(-1) === 'string' &&
    fieldOf(parent, String(path.at(-1))) === undefined
  );
}

/** What zod is to say where a field has no words of its own. */
const inPlainWords: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'invalid_union') {
    const inner = (issue.errors ?? []).flat().filter(({ path }) => path.length === 0);
    return [...new Set(inner.map(({ message }) => message))].join(', or ');
  }
  if (issue.code === 'invalid_type')
    return `${nouns[issue.expected] ?? withArticle(issue.expected)} is expected`;
  if (issue.code === 'invalid_value') return `one of ${quotedList(issue.values.map(String))} is expected`;
  return undefined;
};

const nouns: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
  int: 'an integer',
  boolean: 'true or false',
};

/** What a path leads to, in words. */
function subject(path: readonly PropertyKey[]): string {
  const [first, index, second, number] = path;
  if (first !== 'tests' || index === undefined)
    return path.length === 0 ? 'A test file' : `"${path.join('.')}"`;
  if (second === 'http' && number !== undefined && path.length === 4) return 'An exchange';
  if (second === 'expect' && path.length === 3) return 'The expectation';
  return second === undefined ? 'A test' : `"${path.slice(2).join('.')}" of a test`;
}

/** The fields that the format has at a path. */
function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  let at: z.core.$ZodType = testFileFields();
  for (const step of path) {
    const inner = unwrapped(at);
    if ('element' in inner && typeof step === 'number') at = inner.element as z.core.$ZodType;
    else if ('shape' in inner) at = (inner.shape as Record<string, z.core.$ZodType>)[String(step)] ?? at;
    else return [];
  }
  const inner = unwrapped(at);
  return 'shape' in inner ? Object.keys(inner.shape as object) : [];
}

function unwrapped(type: z.core.$ZodType): z.core.$ZodType {
  const { def } = type._zod;
  return 'innerType' in def ? unwrapped(def.innerType as z.core.$ZodType) : type;
}

/** What each field allows and all of them together do not. */
export function* contradictions(
  { tests = [], now }: TestFileFields,
  node: MappingNode,
): Generator<Diagnostic> {
  const list = fieldOf(node, 'tests');
  const at = (...path: readonly PropertyKey[]): ManifestNode => nodeAt(list ?? node, path);
  if (now !== undefined && Number.isNaN(Date.parse(now)))
    yield errorAt(nodeAt(node, ['now']), `"${now}" is no moment. Write it as 2026-03-01T00:00:00Z.`);
  const names = new Map<string, number>();
  for (const [index, test] of tests.entries()) {
    const named = `${test.stream ?? ''}: ${test.name}`;
    const other = names.get(named);
    if (other !== undefined)
      yield errorAt(
        at(index, 'name'),
        `There are two tests named "${test.name}"${test.stream === undefined ? '' : ` of stream "${test.stream}"`}.`,
      );
    names.set(named, index);
    if (test.now !== undefined && Number.isNaN(Date.parse(test.now)))
      yield errorAt(at(index, 'now'), `"${test.now}" is no moment. Write it as 2026-03-01T00:00:00Z.`);
    if (test.recorded !== undefined && !isDay(test.recorded))
      yield errorAt(at(index, 'recorded'), `"${test.recorded}" is no day. Write it as 2026-03-01.`);
    if (test.stream === undefined && test.expect?.check === undefined)
      yield errorAt(at(index), 'A test names the "stream" that it reads, or expects a "check".');
    if (test.stream !== undefined && test.expect?.check !== undefined)
      yield errorAt(
        at(index, 'stream'),
        'A test with "check" reads no stream: the manifest says what is checked.',
      );
    for (const [number, { reply, optional: _, times: __, on: ___, with: ____, ...own }] of (
      test.http ?? []
    ).entries()) {
      const exchange = at(index, 'http', number);
      if (reply !== undefined && Object.keys(own).length > 0)
        yield errorAt(exchange, 'The answer stands under "reply" or beside "on", not in both places.');
      const bodies = ['json', 'text', 'base64', 'error'].filter((name) => name in (reply ?? own));
      if (bodies.length > 1)
        yield errorAt(exchange, `An answer has one body, and this one has ${quotedList(bodies)}.`);
    }
  }
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d(?:$|T)/.test(text) && !Number.isNaN(Date.parse(text));
}
