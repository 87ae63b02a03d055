import { parseState } from '../../../engine/protocol/state-input.ts';

const source = { name: 'state.json' };
const states = (value: unknown) => Object.fromEntries(parseState(value, source));

test('reads the list of per-stream messages', () => {
  const message = {
    type: 'STREAM',
    stream: { stream_descriptor: { name: 'users' }, stream_state: { updated_at: 5 } },
  };
  expect(states([message])).toEqual({ users: { updated_at: 5 } });
});

test('reads messages as they stood on stdout', () => {
  const message = {
    type: 'STREAM',
    stream: { stream_descriptor: { name: 'users' }, stream_state: { updated_at: 5 } },
  };
  expect(states([{ type: 'STATE', state: message }])).toEqual({ users: { updated_at: 5 } });
});

test('reads the old mapping of streams to states, bare or in a LEGACY message', () => {
  expect(states({ users: { updated_at: 5 } })).toEqual({ users: { updated_at: 5 } });
  expect(states([{ type: 'LEGACY', data: { users: { updated_at: 5 } } }])).toEqual({
    users: { updated_at: 5 },
  });
});

test('reads the inside of one message, as older Singer wrappers keep it', () => {
  expect(states({ stream_descriptor: { name: 'users' }, stream_state: { updated_at: 5 } })).toEqual({
    users: { updated_at: 5 },
  });
});

test('reads a global state', () => {
  const global = {
    stream_states: [{ stream_descriptor: { name: 'users' }, stream_state: { updated_at: 5 } }],
  };
  expect(states([{ type: 'GLOBAL', global }])).toEqual({ users: { updated_at: 5 } });
});

test('an empty state is no state', () => {
  expect(states([])).toEqual({});
  expect(states({})).toEqual({});
  expect(states(null)).toEqual({});
});

test('says what is wrong with a state that is none', () => {
  expect(() => states([{ type: 'STREAM' }])).toThrow(
    'The state state.json cannot be used: a message has neither "stream" nor "global" nor "data". Expected a list of {"type": "STREAM"',
  );
  expect(() => states({ users: 5 })).toThrow('the state of stream "users" is not a mapping');
});

test.each([
  ['[{"state": {"stream": {"stream_descriptor": {"name": 5}}}}]', '5'],
  ['[{"type": "LEGACY", "data": {"a": 7}}]', '7'],
  ['{"a": 8}', '8'],
  ['[{"type": "STREAM"}]', '{"type": "STREAM"}'],
])('shows the place of what does not fit in %s', (text, wrong) => {
  const parse = () => parseState(JSON.parse(text), { name: 's.json', text });
  const start = text.indexOf(wrong);
  expect(parse).toThrow(expect.objectContaining({ nodes: [expect.objectContaining({ start })] }));
});
