import { specOptional } from '../../../../engine/conformance/checks/spec-optional.ts';
import { harness, manifestWith, oneKey } from '../harness.ts';

const { expectPass, expectViolations } = harness(specOptional);

describe('spec-optional', () => {
  it('passes when the required fields are enough', async () => {
    await expectPass(
      manifestWith({
        spec: oneKey,
      }).replace('https://api.test/items', '"https://api.test/items/{{ config.api_key }}"'),
    );
  });

  it('finds a request that needs more', async () => {
    await expectViolations(
      manifestWith({ spec: `{ type: object, properties: { team: { type: string } } }` }).replace(
        'https://api.test/items',
        "'https://api.test/teams/{{ config.team }}/items'",
      ),
      [
        {
          message: /stream "items" asks for a URL with an empty segment: GET https:..api.test.teams..items/,
          stream: 'items',
        },
      ],
    );
  });
});
