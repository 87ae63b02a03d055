import { ConnectorError } from '../../../engine/error/connector-error.ts';
import { locatedError } from '../../../engine/error/located-error.ts';
import { errorTrace } from '../../../engine/protocol/trace.ts';

const place = {
  source: { name: 'x.yaml', text: 'url: nowhere\n' },
  start: 5,
  end: 12,
  pointer: '/url',
};

describe('errorTrace', () => {
  it('says what is wrong and where, and in which slice it was', () => {
    const error = new ConnectorError('No such host.', {
      kind: 'transient_error',
      nodes: [place],
      path: ['stream "users"', 'partition {"id":1}'],
    });
    expect(errorTrace(error, 7, { name: 'users' })).toEqual({
      type: 'TRACE',
      trace: {
        type: 'ERROR',
        emitted_at: 7,
        error: {
          message: 'No such host.\n\nx.yaml:1:6\n1 | url: nowhere\n  |      ^',
          internal_message: 'stream "users" → partition {"id":1}: No such host.',
          failure_type: 'transient_error',
          stream_descriptor: { name: 'users' },
        },
      },
    });
  });

  it('keeps what is for engineers apart from what users read', () => {
    const error = new ConnectorError('It broke.', { internalMessage: 'HTTP 500 for GET /x' });
    expect(errorTrace(error, 7)).toMatchObject({
      trace: { error: { message: 'It broke.', internal_message: 'HTTP 500 for GET /x' } },
    });
  });

  it('shows the stack of what nobody foresaw', () => {
    const bug = new TypeError('x is undefined');
    expect(errorTrace(bug, 7)).toMatchObject({
      trace: { error: { message: 'x is undefined', failure_type: 'system_error', stack_trace: bug.stack } },
    });
  });

  it('shows no stack of a config that is wrong', () => {
    const error = locatedError(new Error('bad'), { kind: 'config_error' });
    expect(JSON.stringify(errorTrace(error, 7))).not.toContain('stack_trace');
  });

  it.each([
    ['words', 'words'],
    [{ code: 1 }, 'An unexpected value was thrown.'],
  ])('makes do with whatever is thrown: %j', (thrown, message) => {
    expect(errorTrace(thrown, 7)).toMatchObject({ trace: { error: { message } } });
  });
});
