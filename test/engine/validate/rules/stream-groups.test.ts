import { streamGroups } from '../../../../engine/validate/rules/stream-groups.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(streamGroups);

const group = (streams: string) => withRetriever('', '', `stream_groups: { crm: { streams: ${streams} } }`);
const severity = 'warning' as const;

describe('streamGroups', () => {
  it('are of streams that there are', () => {
    expectValid(group('[{ $ref: "#/streams/0" }]'));
    expectErrors(group('[]'), [
      { severity, message: 'The group "crm" names no stream, so it has no effect.', at: '[]' },
    ]);
    expectErrors(group('[{ name: itms }]'), [
      {
        severity,
        message:
          'The group "crm" names the stream "itms", which is not in the manifest. Did you mean "items"?',
        at: 'itms',
      },
    ]);
    expectErrors(group('[{ type: DeclarativeStream }]'), [
      { severity, message: 'A stream of the group "crm" has no "name".', at: '{ type' },
    ]);
  });
});
