import { cursorFields } from '../../../../engine/conformance/checks/cursor-fields.ts';
import { byDay, harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(cursorFields);

const moments = `created_at: { type: string }
updated_at: { type: string }
start_time: { type: string }
expires_at: { type: string }
color: { type: string }
seen: { type: [string, "null"], format: date-time }
is_last: { type: boolean }
last_event: { type: object }
updated_by: { type: string }`;

interface Parts {
  readonly cursor: string;
  /** The template by which a transformation adds the cursor field. */
  readonly added?: string;
  readonly start?: string;
  readonly requester?: string;
  readonly schema?: string;
}

const manifest = ({ cursor, added, start = 'from', requester = '', schema = moments }: Parts) =>
  itemsWith({
    ...(added !== undefined && {
      stream: `transformations: [{ type: AddFields, fields: [{ path: [${cursor}], value: "${added}" }] }]`,
    }),
    incremental: byDay
      .replace('cursor_field: updated_at', `cursor_field: ${cursor}`)
      .replace('field_name: from', `field_name: "${start}"`),
    requester,
    schema,
  });

describe('cursor-fields', () => {
  it.each<Parts>([
    { cursor: 'updated_at' },
    { cursor: 'created_at' },
    { cursor: 'start_time' },
    { cursor: 'seen' },
    { cursor: 'meta.modified' },
    { cursor: 'updated_at', start: 'updated_since' },
    { cursor: 'start_time', start: 'min_start_time' },
    // Records are filtered by one moment and sorted by another.
    { cursor: 'updated_at', start: 'updated_since', requester: 'request_parameters: { sort: created_at }' },
    { cursor: 'updated_at', requester: 'request_parameters: { fields: "created_at,start_time,seen,color" }' },
    // What nobody knows may be a moment, and records may lack what is asked for.
    { cursor: 'pivot', schema: 'pivot: { type: string }' },
    { cursor: 'created_at', start: 'updated_since', schema: 'created_at: { type: string }' },
    { cursor: 'expires_at', schema: 'expires_at: { type: string }' },
    { cursor: 'expires_at', requester: 'request_parameters: { by: expires }' },
    // What a transformation adds is what it is made of.
    { cursor: 'pivot', added: '{{ record.meta.last_updated_time }}' },
    { cursor: 'pivot', added: "{{ record.day ~ 'T' ~ record.clock }}" },
    // Some names only have words of moments.
    { cursor: 'pivot', schema: 'PreferredDeliveryMethod: {}\nDayOfMonthDue: {}\ndue_day_of_week: {}' },
  ])('passes for %j', async (parts) => {
    await expectPass(manifest(parts));
  });

  it.each<readonly [Parts, RegExp]>([
    [
      { cursor: 'color' },
      /compares moments, and "color" is none by its name: records have "created_at", too/,
    ],
    [{ cursor: 'updated_by' }, /"updated_by" is none by its name/],
    [{ cursor: 'pivot', added: '{{ record.color }}' }, /"pivot" is none by its name/],
    [
      { cursor: 'pivot', schema: 'dateAdded: {}' },
      /"pivot" is none by its name: records have "dateAdded", too/,
    ],
    [{ cursor: 'pivot', schema: 'last_seen: {}' }, /records have "last_seen", too/],
    [{ cursor: 'is_last' }, /"is_last" is none by its schema/],
    [{ cursor: 'last_event' }, /"last_event" is none by its schema/],
    [{ cursor: 'name', schema: 'name: {}' }, /compares moments, and "name" is none by its name\.$/],
    [
      { cursor: 'created_at', start: 'updated_since' },
      /by "updated_since", and its cursor is "created_at": records have "updated_at", too/,
    ],
    [
      { cursor: 'start_time', start: 'filter[modified][gte]' },
      /by "filter.*": records have "updated_at", too/,
    ],
    [{ cursor: 'created_at', start: 'min_start_time' }, /records have "start_time", too/],
    [
      { cursor: 'created_at', requester: 'request_parameters: { sort: "-updated_at" }' },
      /Requests of stream "items" name "updated_at", and its cursor is "created_at"/,
    ],
    [
      {
        cursor: 'created_at',
        requester: `request_body_json: { where: { field: updated_at, value: "{{ stream_interval.start_time }}" } }`,
      },
      /name "updated_at", and its cursor is "created_at"/,
    ],
    [
      {
        cursor: 'created_at',
        requester: `request_parameters: { updated_since: "{{ stream_interval['start_time'] }}" }`,
      },
      /by "updated_since", and its cursor is "created_at"/,
    ],
    [{ cursor: 'expires_at' }, /"expires_at", which records have that have come to it, and "updated_at" is/],
  ])('finds what is wrong with %j', async (parts, message) => {
    await expectViolations(manifest(parts), [{ message, at: parts.cursor, stream: 'items' }]);
  });
});
