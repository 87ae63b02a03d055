import { requestBuilds } from '../../../../engine/conformance/checks/request-builds.ts';
import { byDay, harness, itemsWith, jobsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(requestBuilds);

describe('request-builds', () => {
  it('passes when every part of a request has a value', async () => {
    await expectPass(itemsWith());
  });

  it('finds a path with a value that is not there', async () => {
    await expectViolations(itemsWith({ path: "/shops/{{ config.get('shop') }}/items" }), [
      {
        message:
          'The path of a request of stream "items" has the segment "None": https://api.test/shops/None/items',
      },
    ]);
  });

  it('finds a path with an empty segment', async () => {
    await expectViolations(itemsWith({ path: "/shops/{{ config.get('shop', '') }}/items" }), [
      { message: /has an empty segment: https:\/\/api.test\/shops\/\/items/ },
    ]);
  });

  it('takes an encoded slash, and what cannot be decoded, for part of a segment', async () => {
    await expectPass(itemsWith({ path: '/sites/https%3A%2F%2Fa.b/100%/items' }));
  });

  it('warns of a parameter that a template found nothing for', async () => {
    await expectViolations(
      itemsWith({ requester: `request_parameters: { shop: "{{ config.get('shop') }}" }` }),
      [{ message: /The parameter "shop" of stream "items" is sent as "None"/, severity: 'warning' }],
    );
  });

  it('warns of a body that is sent with GET', async () => {
    await expectViolations(itemsWith({ incremental: byDay.replaceAll('request_parameter', 'body_json') }), [
      { message: /sends a body with GET, .* should "http_method" be POST\?/, severity: 'warning' },
    ]);
  });

  it('looks at what is asked about jobs too', async () => {
    await expectPass(jobsWith());
    await expectViolations(jobsWith({ polling: "/jobs/{{ config.get('job') }}" }), [
      { message: /has the segment "None": https:\/\/api.test\/jobs\/None/, at: '"/jobs/{{ config' },
    ]);
  });
});
