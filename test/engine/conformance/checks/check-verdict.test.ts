import { checkVerdict } from '../../../../engine/conformance/checks/check-verdict.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations, run } = harness(checkVerdict);

describe('check-verdict', () => {
  it('passes where the verdict follows the answers', async () => {
    await expectPass(itemsWith());
  });

  it('says in a sentence why it fails, and points at the place', async () => {
    const broken = itemsWith({ path: "/{{ config['a']['b'] }}" });
    await expectViolations(broken, [
      { message: /^`check` fails although the API answers: .*UndefinedError/, at: '{ type: CheckStream' },
    ]);
    const { violations } = await run(broken);
    expect(violations[0]?.message).not.toContain('\n');
    expect(violations[0]?.places[1]?.pointer).toContain('/requester/url');
  });

  it('warns where nobody is told of a mistyped credential', async () => {
    const ignored = itemsWith({
      requester: `error_handler:
  type: DefaultErrorHandler
  response_filters: [{ type: HttpResponseFilter, http_codes: [401], action: IGNORE }]`,
    });
    await expectViolations(ignored, [
      { message: /every request with 401 makes `check` succeed/, severity: 'warning' },
    ]);
  });
});
