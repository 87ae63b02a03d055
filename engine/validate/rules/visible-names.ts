import type { Family } from '../../contract/families.ts';
import type { Diagnostic } from '../../error/diagnostic.ts';
import { errorAt } from '../../manifest/node-diagnostic.ts';
import { inspectTemplate } from '../../template/template.ts';
import { quotedList } from '../../util/text/quoted-list.ts';
import { textsOf } from '../texts.ts';
import type { ComponentAt } from '../visit.ts';

const ofRecord = ['record'];
const ofResponse = ['response', 'headers', 'last_record', 'last_page_size'];
const ofSlice = ['stream_slice', 'stream_partition', 'stream_interval', 'next_page_token'];

/** Names that exist, but not where components of a family are evaluated. */
const unseen: Readonly<Partial<Record<Family, readonly string[]>>> = {
  Requester: [...ofRecord, ...ofResponse],
  RequestBody: [...ofRecord, ...ofResponse],
  PaginationStrategy: [...ofRecord, 'next_page_token'],
  IncrementalSync: [...ofRecord, ...ofResponse, ...ofSlice],
  DatetimeBound: [...ofRecord, ...ofResponse, ...ofSlice],
  RecordFilter: ofResponse,
  ErrorHandler: [...ofRecord, ...ofResponse],
  ResponseFilter: [...ofRecord, ...ofSlice],
};

/** The names that templates of a family do not see, among those that others see. */
export function hiddenNames(family: Family | undefined): readonly string[] {
  return (family === undefined ? undefined : unseen[family]) ?? [];
}

/** A template that takes a name which its place does not give cannot be evaluated. */
export function* visibleNames(at: ComponentAt): Iterable<Diagnostic> {
  const hidden = unseen[at.family];
  if (hidden === undefined) return;
  for (const { node, text, field } of textsOf(at)) {
    for (const { name, offset } of inspectTemplate(text).names) {
      if (!hidden.includes(name)) continue;
      const message = `"${field}" of ${at.component?.type ?? at.family} does not see "${name}"; ${quotedList(hidden)} are not known there.`;
      yield errorAt(node, message, offset);
    }
  }
}
