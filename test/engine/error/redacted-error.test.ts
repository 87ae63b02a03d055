import { ConnectorError } from '../../../engine/error/connector-error.ts';
import { redactedError } from '../../../engine/error/redacted-error.ts';

const redact = (text: string) => text.replaceAll('sesame', '****');

test('message, path, cause and its stack say nothing secret, and the kind stays', () => {
  const error = redactedError(
    new ConnectorError('No sesame.', {
      kind: 'config_error',
      internalMessage: 'really no sesame',
      path: ['stream "sesame"'],
      cause: new TypeError('sesame is not a function'),
    }),
    redact,
  );
  expect(error).toMatchObject({
    message: 'No ****.',
    internalMessage: 'really no ****',
    path: ['stream "****"'],
    kind: 'config_error',
    cause: { name: 'TypeError', message: '**** is not a function' },
  });
  expect((error.cause as Error).stack).not.toContain('sesame');
});

test('what is no connector error becomes one', () => {
  expect(redactedError(new Error('sesame'), redact)).toMatchObject({ message: '****', kind: 'system_error' });
});
