import { toLine, toRecordLines } from '../../../engine/protocol/write.ts';

test('writes a page of records as lines', () => {
  expect(toRecordLines({ name: 'users' }, [{ id: 1 }, { id: 2 }], 5)).toBe(
    '{"type":"RECORD","record":{"stream":"users","data":{"id":1},"emitted_at":5}}\n' +
      '{"type":"RECORD","record":{"stream":"users","data":{"id":2},"emitted_at":5}}\n',
  );
});

test('leaves out nulls at the top of a record, and only there', () => {
  const lines = toRecordLines(
    { name: 'users', namespace: 'crm' },
    [{ id: 1, name: null, tags: { a: null } }],
    5,
  );
  expect(JSON.parse(lines).record).toEqual({
    stream: 'users',
    namespace: 'crm',
    data: { id: 1, tags: { a: null } },
    emitted_at: 5,
  });
});

test('keeps every digit of a large integer', () => {
  expect(toRecordLines({ name: 'users' }, [{ id: 12345678901234567890n }], 5)).toContain(
    '"id":12345678901234567890}',
  );
});

test('a file travels beside its record', () => {
  const lines = toRecordLines(
    { name: 'files' },
    [{ id: 1 }, { id: 2 }],
    5,
    new Map([[1, { file_size_bytes: 3 }]]),
  );
  const [first, second] = lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).record);
  expect(first.file_reference).toBeUndefined();
  expect(second.file_reference).toEqual({ file_size_bytes: 3 });
});

test('a message is one line', () => {
  expect(toLine({ type: 'LOG', log: { level: 'INFO', message: 'two\nlines' } })).toBe(
    '{"type":"LOG","log":{"level":"INFO","message":"two\\nlines"}}\n',
  );
});
