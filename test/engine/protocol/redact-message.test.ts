import { redactMessage } from '../../../engine/protocol/redact-message.ts';

const redact = (text: string) => text.replaceAll('sesame', '****');

test.each([
  ['a log', { type: 'LOG', log: { level: 'INFO', message: 'Open sesame' } }],
  ['a status', { type: 'CONNECTION_STATUS', connectionStatus: { status: 'FAILED', message: 'No sesame' } }],
  [
    'an error',
    {
      type: 'TRACE',
      trace: {
        type: 'ERROR',
        emitted_at: 1,
        error: {
          message: 'sesame',
          internal_message: 'sesame',
          stack_trace: 'sesame',
          failure_type: 'config_error',
        },
      },
    },
  ],
] as const)('%s says nothing secret', (_, message) => {
  const text = JSON.stringify(redactMessage(message, redact));
  expect(text).toContain('****');
  expect(text).not.toContain('sesame');
});

test('a config that goes back to the platform keeps its secrets', () => {
  const message = {
    type: 'CONTROL',
    control: { type: 'CONNECTOR_CONFIG', emitted_at: 1, connectorConfig: { config: { token: 'sesame' } } },
  } as const;
  expect(redactMessage(message, redact)).toBe(message);
});

test('streams and statuses keep their names, whatever the secret', () => {
  const message = {
    type: 'TRACE',
    trace: {
      type: 'STREAM_STATUS',
      emitted_at: 1,
      stream_status: { stream_descriptor: { name: 'sesame' }, status: 'STARTED' },
    },
  } as const;
  expect(redactMessage(message, redact)).toEqual(message);
});
