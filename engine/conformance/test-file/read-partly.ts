import type { Source } from '../../error/place.ts';
import { fieldOf, type ManifestNode, type MappingNode, toValue } from '../../manifest/node.ts';
import { nodeAt } from '../../manifest/node-at.ts';
import { type Hidden, parseAround } from '../../manifest/parse.ts';
import { isObject } from '../../util/json/json.ts';
import { testFileFields } from './fields.ts';
import { contradictions, type ReadTestFile, readTestFile } from './read-test-file.ts';
import { writtenTests } from './written-tests.ts';
import { withWrittenTexts } from './written-texts.ts';

type TextSource = Source & { readonly text: string };

/**
 * Reads a test file without what those tests ask and expect whose texts are known to be right: `testsThatCanBeLeft` gave
 * them. Undefined where that cannot be, and where anything else of the file is wrong.
 */
export function glanceAtTests(
  source: TextSource,
  isKnown: (text: string) => boolean,
): ReadTestFile | undefined {
  const written = writtenTests(source.text) ?? [];
  const left = written.map(({ text, deep }) => (deep.length > 0 && isKnown(text) ? deep : []));
  const read = readAround(source, left.flat());
  const tests = read?.fields.tests ?? [];
  if (read === undefined || tests.length !== written.length) return undefined;
  const unread = new Set([...left.keys()].filter((index) => left[index]?.length !== 0));
  // What is left of those is valid together with the stream that they had.
  if ([...unread].some((index) => tests[index]?.stream === undefined)) return undefined;
  const [contradiction] = contradictions(read.fields, read.node);
  return contradiction === undefined ? { source, ...read, diagnostics: [], unread } : undefined;
}

/** The same without what any test of a stream asks and expects, right or not: who runs it reads it. */
export function leaveTests(source: TextSource): ReadTestFile | undefined {
  return glanceAtTests(source, (text) => namesStream.test(text));
}

/** By the look of its lines; whoever reads the file finds out. */
const namesStream = /^ *(?:- +)?stream:/m;

/** The same file with some of the tests read that were left. */
export function readTests(glanced: ReadTestFile, indexes: readonly number[]): ReadTestFile {
  const { source, node, fields, unread = new Set() } = glanced;
  const wanted = new Set(indexes.filter((index) => unread.has(index)));
  const list = node && fieldOf(node, 'tests');
  if (wanted.size === 0 || node === undefined || list?.kind !== 'sequence') return glanced;
  const text = source.text ?? '';
  const others = (writtenTests(text) ?? []).flatMap(({ whole }, index) => (wanted.has(index) ? [] : [whole]));
  const read = readAround({ ...source, text }, others);
  const tests = [...(read?.fields.tests ?? [])];
  if (read === undefined || tests.length !== wanted.size) return readTestFile({ ...source, text });
  const items = list.items.map((item, index) =>
    wanted.has(index) ? nodeAt(read.node, ['tests', index]) : item,
  );
  const entries = new Map(node.entries);
  const entry = entries.get('tests');
  if (entry !== undefined) entries.set('tests', { ...entry, value: { ...list, items } });
  return {
    ...glanced,
    node: { ...node, entries },
    fields: fields && {
      ...fields,
      tests: fields.tests?.map((test, index) => (wanted.has(index) ? (tests.shift() ?? test) : test)),
    },
    unread: new Set([...unread].filter((index) => !wanted.has(index))),
  };
}

/** The texts of the tests of a file without mistakes that need not be read again, unless they are run. */
export function testsThatCanBeLeft({ source, node, fields, unread }: ReadTestFile): readonly string[] {
  const list = node && fieldOf(node, 'tests');
  const written = writtenTests(source.text ?? '');
  if (
    node === undefined ||
    fields === undefined ||
    list?.kind !== 'sequence' ||
    list.items.length !== written?.length
  )
    return [];
  return written.flatMap(({ text, whole, deep }, index): readonly string[] => {
    if (unread?.has(index) === true) return [text];
    const { stream } = fields.tests?.[index] ?? {};
    const areThere = [whole, ...deep].every((hidden) => isAt(nodeAt(node, steps(hidden)), hidden));
    return stream !== undefined && areThere && deep.length > 0 ? [text] : [];
  });
}

/** Whether a value is what stands there, but for white space. */
function isAt({ place }: ManifestNode, { start, end, pointer }: Hidden): boolean {
  const text = place.source.text ?? '';
  const isBlank = (one: number, other: number) =>
    text.slice(Math.min(one, other), Math.max(one, other)).trim() === '';
  return place.pointer === pointer && isBlank(start, place.start) && isBlank(end, place.end);
}

function steps({ pointer }: Hidden): readonly string[] {
  return pointer.split('/').slice(1);
}

function readAround(source: TextSource, hidden: readonly Hidden[]) {
  const parsed = hidden.length === 0 ? undefined : parseAround(source, hidden)?.node;
  if (parsed === undefined) return undefined;
  const node = withWrittenTexts(parsed);
  const { success, data: fields } = testFileFields().safeParse(withoutHidden(node, hidden));
  return success ? { node, fields } : undefined;
}

/** What is left out is not null. */
function withoutHidden(node: MappingNode, hidden: readonly Hidden[]): unknown {
  const value = toValue(node);
  const tests: unknown = isObject(value) ? value['tests'] : undefined;
  if (!isObject(value) || !Array.isArray(tests)) return value;
  const pointers = new Set(hidden.map(({ pointer }) => pointer));
  const read = tests.flatMap((test: unknown, index): readonly unknown[] => {
    if (pointers.has(`/tests/${index}`)) return [];
    const fields = isObject(test) ? Object.entries(test) : [];
    return [Object.fromEntries(fields.filter(([name]) => !pointers.has(`/tests/${index}/${name}`)))];
  });
  return { ...value, tests: read };
}
