/** What only some templates are given, with what it is. `config` and `parameters` are given to all of them. */
export const localNames = Object.freeze({
  record: 'The record at hand.',
  response: 'The body of the answer.',
  headers: 'The headers of the answer.',
  last_record: 'The last record of the page.',
  last_page_size: 'How many records the page had, before filters.',
  stream_slice: 'The part of the stream that is read: partition values and the window of the cursor.',
  stream_partition: 'The values of the partition, such as the id of the parent.',
  stream_interval: 'The window of the cursor: `start_time` and `end_time`.',
  next_page_token: "The token of the page that is asked for: `next_page_token['next_page_token']`.",
});

export type LocalName = keyof typeof localNames;

const names = Object.keys(localNames) as readonly LocalName[];

/** What says which part of a stream is read. */
export const sliceNames = ['stream_slice', 'stream_partition', 'stream_interval'] as const;

export function isSliceName(name: string): boolean {
  return (sliceNames as readonly string[]).includes(name);
}

/** Of these, what says which partition; a slice has its window besides. */
export function isPartitionName(name: string): boolean {
  return name === 'stream_slice' || name === 'stream_partition';
}

/** What says what the API has answered. */
export const responseNames = ['response', 'headers', 'last_record', 'last_page_size'] as const;
/** What a request is made of. */
export const requestNames = [...sliceNames, 'next_page_token'] as const;

/** The names that other templates are given; none where nothing tells what these see. */
export function unseenNames(sees: readonly LocalName[] | undefined): readonly LocalName[] {
  return sees === undefined ? [] : names.filter((name) => !sees.includes(name));
}
