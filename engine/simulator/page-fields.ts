import type { Paginator } from '../contract/families.ts';
import type { ManifestNode } from '../manifest/node.ts';
import { type FieldHints, linkValues, type PageValue, type PageWords, pageValuesFor } from './page-values.ts';
import { documentWith, type Placing } from './place-records.ts';
import type { ReadPath } from './read-paths.ts';
import { pagePathsRead, textsIn } from './texts-in.ts';

/** A field of an answer that a paginator reads, with what an API may say in it. */
export interface Field {
  readonly kind: 'body' | 'header';
  readonly path: readonly (string | number)[];
  readonly values: readonly PageValue[];
}

/** What the paginator reads of an answer, without the records. */
export function fieldsOf({
  node,
  paginator,
  placing,
}: {
  readonly node: ManifestNode | undefined;
  readonly paginator: () => Paginator;
  readonly placing: Placing;
}): readonly Field[] {
  const isUrl = paginator().path({ next_page_token: 'https://example.com/next' }, undefined) !== undefined;
  const hasFlagTexts = [...textsIn(node)].some((text) => /['"](?:true|false)['"]/i.test(text));
  const hints = { isUrl, hasFlagTexts };
  const uses = pagePathsRead(node, ['response', 'headers']);
  const bodies = uses.filter(({ name, path }) => name === 'response' && path.length > 0);
  const outer = bodies.filter(
    ({ path }) => !isWithin(path, placing) && !bodies.some((other) => isLonger(other, path)),
  );
  const headers = uses.filter(({ name, path }) => name === 'headers' && path.length > 0);
  const names = [...new Set(headers.map(({ path }) => String(path[0])))];
  return [
    ...outer.map(({ path }) => ({ kind: 'body' as const, ...saidAt(path, hints) })),
    ...names.map((name) => ({
      kind: 'header' as const,
      path: [name],
      values: name.toLowerCase() === 'link' ? linkValues : pageValuesFor(name, hints),
    })),
  ];
}

/** What a list has at an index, as `links[0].href`, is said by saying the list. */
function saidAt(path: readonly (string | number)[], hints: FieldHints): Pick<Field, 'path' | 'values'> {
  const at = path.findIndex((step) => typeof step === 'number');
  const values = pageValuesFor(String(path.at(-1)), hints);
  if (at < 1) return { path, values };
  const lists = values.flatMap((value) => listsWith(path.slice(at + 1), Number(path[at]), value));
  return { path: path.slice(0, at), values: [...lists, ...pageValuesFor(String(path[at - 1]), hints)] };
}

/** Lists of as many items as an index needs, with a value in each. Where there is none, so is no item, or an empty one. */
function listsWith(
  path: readonly (string | number)[],
  index: number,
  value: PageValue,
): readonly PageValue[] {
  const length = index < 0 ? -index : index + 1;
  return [undefined, [documentWith(path.slice(0, -1), {})]].map((none) => (place) => {
    const said = value(place);
    return said === undefined ? none : Array.from({ length }, () => documentWith(path, said));
  });
}

function isLonger({ path: other }: ReadPath, path: readonly (string | number)[]): boolean {
  return other.length > path.length && path.every((segment, index) => other[index] === segment);
}

/** Records and what is in them or around them say for themselves. */
function isWithin(path: readonly (string | number)[], { path: records, isSingle }: Placing): boolean {
  if (records.length === 0) return typeof path[0] === 'number';
  if (isSingle && path.length > records.length) return false;
  const common = Math.min(path.length, records.length);
  return path
    .slice(0, common)
    .every((segment, index) => records[index] === '*' || String(records[index]) === String(segment));
}

/** All that an answer may say in these fields, the likeliest first. */
export function* combinations(fields: readonly Field[]): Generator<PageWords> {
  function* from(index: number, chosen: readonly PageValue[]): Generator<PageWords> {
    const field = fields[index];
    if (field === undefined) {
      const at = (kind: Field['kind']) =>
        fields.flatMap((each, position) =>
          each.kind === kind ? [{ ...each, value: chosen[position] as PageValue }] : [],
        );
      yield {
        body: at('body'),
        headers: at('header').map(({ path, value }) => ({ name: String(path[0]), value })),
      };
      return;
    }
    for (const value of field.values) yield* from(index + 1, [...chosen, value]);
  }
  yield* from(0, []);
}
