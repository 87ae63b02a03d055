import { requestStable } from '../../../../engine/conformance/checks/request-stable.ts';
import { harness, itemsWith, jobsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(requestStable);

/** Another number in each reading. */
const some = '[1, 2, 3, 4, 5, 6, 7, 8, 9] | random';

describe('request-stable', () => {
  it('passes when a second reading asks the same', async () => {
    await expectPass(itemsWith());
    await expectPass(jobsWith());
  });

  it('finds a request that differs', async () => {
    await expectViolations(itemsWith({ requester: `request_parameters: { nonce: "{{ ${some} }}" }` }), [
      {
        message:
          'Stream "items" is asked for in another way the second time: GET https://api.test/items?nonce=9 is sent not first, and once then. Does a request have a random value in it?',
        at: '{ nonce:',
        stream: 'items',
      },
    ]);
  });

  it('finds a request that is sent more often', async () => {
    const router = `{ type: ListPartitionRouter, cursor_field: kind, values: "{{ ['a'] * (${some}) }}" }`;
    const manifest = itemsWith().replace('      paginator:', `      partition_router: ${router}\n$&`);
    await expectViolations(manifest, [
      { message: /GET https:\/\/api.test\/items is sent 5 times first, and 9 times then\./ },
    ]);
  });

  it('finds it in what makes a job', async () => {
    await expectViolations(jobsWith({ creation: `request_body_json: { nonce: "{{ ${some} }}" }` }), [
      { message: /POST https:\/\/api.test\/jobs is sent not first/, at: '/jobs' },
    ]);
  });
});
