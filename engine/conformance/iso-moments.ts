import { isTimestampFormat, parseDatetime } from '../time/datetime-format.ts';
import { tryTo } from '../util/flow/try-to.ts';

/** How RFC 3339 lets an answer write one moment, and how APIs that leave out the zone or its colon do. */
const moments = ['', '.000', '.000000'].flatMap((parts) =>
  ['Z', '+00:00', '+0000', ''].map((zone) => `2026-01-31T10:00:00${parts}${zone}`),
);

function readsOne(texts: readonly string[]): (format: string) => boolean {
  return (format) => texts.some((text) => tryTo(() => parseDatetime(text, format)) !== undefined);
}

/** Whether a format reads what has a `format` of JSON schema; of a count nobody can tell. */
export const readsAs = {
  'date-time': (format: string) => isTimestampFormat(format) || readsOne(moments)(format),
  date: (format: string) => isTimestampFormat(format) || /^(?:%Y-%m-%d|%F)/.test(format),
};

/** The same of what has no zone by its `airbyte_type`: databases write it with a space. */
export const readsLocal = readsOne(['', '.000', '.000000'].map((parts) => `2026-01-31 10:00:00${parts}`));
