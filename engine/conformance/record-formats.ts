import type { ManifestNode } from '../manifest/node.ts';
import { type ComponentAt, written } from '../validate/visit.ts';

/** The formats that a cursor has for records alone; none where they are read as requests are written. */
export function listedFormats(incremental: ComponentAt | undefined): readonly ManifestNode[] {
  const listed = written(incremental, 'cursor_datetime_formats');
  return listed?.kind === 'sequence' ? listed.items : [];
}

/** What reads the values of records: `cursor_datetime_formats`, or `datetime_format`. */
export function recordFormats(incremental: ComponentAt): readonly ManifestNode[] {
  const listed = listedFormats(incremental);
  const node = written(incremental, 'datetime_format');
  return listed.length > 0 || node === undefined ? listed : [node];
}
