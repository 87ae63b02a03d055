import type { Manifest } from '../connector/load-manifest.ts';
import type { Decision } from '../contract/decision.ts';
import type { Slice } from '../contract/slice.ts';
import type { Place } from '../error/place.ts';
import { nodeAtPlace } from '../manifest/node-at-place.ts';
import { secretsOf } from '../protocol/secrets.ts';
import { specificationIn } from '../protocol/specification.ts';
import { isPlainObject, type JsonObject } from '../util/json/json.ts';
import { toJsonText } from '../util/json/to-json-text.ts';
import { compileGet } from '../util/path/dpath.ts';
import { toldParts } from './looked-into.ts';
import type { Preview } from './preview.ts';
import { describeSlice } from './slice-text.ts';
import { describeValue, withLine } from './stop-reason.ts';

/** `id=c1`, `owner.id=5`: the record that is asked about. */
export interface Wanted {
  readonly path: readonly string[];
  readonly value: string;
}

export function parseWanted(text: string): Wanted | undefined {
  const at = text.indexOf('=');
  return at < 1 ? undefined : { path: text.slice(0, at).split('.'), value: text.slice(at + 1) };
}

export interface WhyOptions {
  readonly manifest: Manifest;
  readonly config: JsonObject;
  readonly now: () => number;
}

/** Why a record is there, or is not: sentences, one for each time that the API gave it. */
export function whyRecord(wanted: Wanted, preview: Preview, options: WhyOptions): readonly string[] {
  const said: string[] = [];
  const isWanted = matcherOf(wanted);
  preview.slices.forEach(({ slice, pages, records }, index) => {
    const where = (page: number) => `on page ${page} of slice ${index + 1}${inBrackets(slice)}`;
    for (const { number, drops } of pages) {
      for (const { by, place, records: dropped } of drops) {
        for (const record of dropped.filter(isWanted)) {
          const what = by === 'cursor' ? 'the cursor: the state covers it' : 'record_filter';
          const reason =
            by === 'cursor' ? cursorReason(record, preview) : filterReason(record, slice, place, options);
          said.push(`${where(number)}, dropped by ${withLine(what, place)}${reason}`);
        }
      }
    }
    for (const record of records.filter(isWanted))
      said.push(`${where(pageOf(record, index, preview))}, emitted`);
  });
  return said;
}

/** Where nothing is known of the record: what was looked at, and what would look further. */
export function whyNot({ path, value }: Wanted, { slices, stream, sliceCount }: Preview): string {
  const pages = slices.reduce((sum, slice) => sum + slice.pages.length, 0);
  const cut = slices.some((slice) => slice.pages.some(({ stop }) => stop?.reason === 'limit'));
  const more =
    cut || sliceCount === undefined || sliceCount > slices.length
      ? ' There is more to read: --pages and --slices look further.'
      : ' That is all there is from this state on.';
  return `The API gave no record with ${path.join('.')} ${value} in ${pages} page${pages === 1 ? '' : 's'} of ${slices.length} slice${slices.length === 1 ? '' : 's'} of "${stream}".${more}`;
}

function matcherOf({ path, value }: Wanted): (record: unknown) => boolean {
  const get = compileGet(path, undefined);
  return (record) => {
    if (!isPlainObject(record)) return false;
    const found: unknown = get(record);
    if (found === undefined) return false;
    return (typeof found === 'string' ? found : toJsonText(found)) === value;
  };
}

function inBrackets(slice: Slice): string {
  const text = describeSlice(slice);
  return text === '' ? '' : ` (${text.replaceAll('  ', ', ')})`;
}

/** The page whose records come up to this one. */
function pageOf(record: JsonObject, sliceIndex: number, { slices }: Preview): number {
  const { pages = [], records = [] } = slices[sliceIndex] ?? {};
  let left = records.indexOf(record);
  for (const { number, counts } of pages) {
    left -= counts?.emitted ?? 0;
    if (left < 0) return number;
  }
  return pages.at(-1)?.number ?? 1;
}

function filterReason(
  record: unknown,
  { partition, cursor, extraFields }: Slice,
  place: Place | undefined,
  { manifest, config, now }: WhyOptions,
): string {
  const node = place && nodeAtPlace(manifest.root, place);
  if (node?.kind !== 'scalar') return '';
  const text = String(node.value);
  const context = {
    record,
    config,
    parameters: {},
    stream_slice: { ...partition, ...cursor, extra_fields: extraFields },
    next_page_token: null,
  };
  const secrets = secretsOf(specificationIn(manifest.root)?.connectionSpecification ?? {}, config);
  const values = toldParts(text, context, now, secrets).filter(({ isLookup }) => isLookup);
  const seen = [...new Map(values.map((one) => [one.text, describeValue(one)])).values()];
  return `: \`${text.replace(/^\s*\{\{\s*|\s*\}\}\s*$/g, '')}\` was false${seen.length > 0 ? `, since ${seen.slice(0, 4).join(', ')}` : ''}`;
}

function cursorReason(record: unknown, { decisions }: Preview): string {
  const drop = decisions.find((one: Decision) => one.kind === 'record.drop' && one.outcome.record === record);
  return drop?.recordKey === undefined ? '' : ` (${toJsonText(drop.recordKey)})`;
}
