import type { Scope } from '../contract/scope.ts';
import { parametersOf } from '../language/compile.ts';
import type { Template } from '../language/fields.ts';
import { pathSegment } from '../language/path-segment.ts';
import type { JsonObject } from '../util/json/json.ts';
import type { Segment } from '../util/path/dpath.ts';
import { type ComponentAt, childIn } from '../validate/visit.ts';

/** How records are put where an extractor finds them. */
export interface Placing {
  /** Segments that lead to the list of records. */
  readonly path: readonly Segment[];
  /** A document of which the extractor takes just these records. */
  document(records: readonly unknown[]): unknown;
  /** The whole document is the only record of a page. */
  readonly isSingle: boolean;
}

/** Says why records cannot be put anywhere. */
export class CannotSimulate extends Error {}

/** The whole of an answer is the list of records. */
const wholeAnswer: Placing = Object.freeze({
  path: [],
  isSingle: false,
  document: (records: readonly unknown[]) => records,
});

/** Throws CannotSimulate for extractors that have no inverse. `extractor` is undefined where there is none. */
export function placingOf(
  extractor: ComponentAt | undefined,
  scope: Scope,
  reads: readonly (readonly (string | number)[])[],
): Placing {
  if (extractor === undefined || extractor.traits.readsBody !== undefined) return wholeAnswer;
  if (extractor.traits.looksAtPath !== true) {
    const document = inverseOf(extractor, scope);
    if (document !== undefined) return { ...wholeAnswer, document };
    throw new CannotSimulate(
      `its extractor is a ${extractor.component?.type ?? 'component that is not loaded'}`,
    );
  }
  const path = segmentsOf(extractor, 'field_path', scope);
  if (path.some((segment) => typeof segment === 'string' && segment !== '*' && /[*?[]/.test(segment))) {
    throw new CannotSimulate(`its field_path ${JSON.stringify(path)} has a pattern in it`);
  }
  const expander = childIn(extractor, 'record_expander');
  const inner = expander === undefined ? undefined : segmentsOf(expander, 'expand_records_from_field', scope);
  // Where a paginator looks for a field there is an object, which is the record.
  const isSingle = inner === undefined && reads.some((read) => typeof stepInside(read, path) === 'string');
  return {
    path,
    isSingle,
    document(records) {
      if (isSingle) return documentWith(path, records[0] ?? {});
      const isInside = inner !== undefined && inner.length > 0 && records.length > 0;
      const placed = isInside ? [expandable(records, inner)] : records;
      return listAt(path, placed);
    },
  };
}

/** How a hook says that its records are found; undefined when it does not say. */
function inverseOf({ node, component }: ComponentAt, scope: Scope): Placing['document'] | undefined {
  if (component === undefined) return undefined;
  return scope.sync.build(node, 'RecordExtractor', { ...scope, node, parameters: parametersOf(node) })
    .documentOf;
}

/** The segments of a path in a field, as the scope makes them. */
export function segmentsOf({ node, fields }: ComponentAt, name: string, scope: Scope): readonly Segment[] {
  const templates = fields[name] as readonly Template[] | undefined;
  const own: Scope = { ...scope, node, parameters: parametersOf(node) };
  return (templates ?? []).map((segment) => pathSegment(segment(own)()));
}

/** A record out of which an expander makes these. */
export function expandable(records: readonly unknown[], path: readonly Segment[]): JsonObject {
  return { id: 'all of them', ...(listAt(path, records) as JsonObject) };
}

/** The step by which a path enters the place that another one leads to. */
function stepInside(
  path: readonly (string | number)[],
  outer: readonly Segment[],
): string | number | undefined {
  return outer.every((segment, index) => String(path[index]) === String(segment))
    ? path[outer.length]
    : undefined;
}

/** What a path into an answer reads of a record, as `items[-1].code` does; undefined when it leads into none. */
export function pathInRecord(
  read: readonly (string | number)[],
  { path, isSingle }: Placing,
): readonly (string | number)[] | undefined {
  const leadsThere = path.every(
    (segment, index) => segment === '*' || String(read[index]) === String(segment),
  );
  const inside = read.slice(path.length + 1);
  const isItem = !isSingle && typeof read[path.length] === 'number';
  return leadsThere && isItem && inside.length > 0 ? inside : undefined;
}

function listAt(path: readonly Segment[], records: readonly unknown[]): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return records;
  // A list at the top would be taken for a list of documents.
  if (first === '*')
    return Object.fromEntries(records.map((record, index) => [`item ${index}`, documentWith(rest, record)]));
  return documentWith([first], listAt(rest, records));
}

/** A document that has a value at a path. */
export function documentWith(path: readonly Segment[], value: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  const inner = documentWith(rest, value);
  if (first === '*') return [inner];
  if (/^\d+$/.test(String(first)) && typeof first === 'number')
    return Array.from({ length: first + 1 }, () => inner);
  return { [String(first)]: inner };
}
