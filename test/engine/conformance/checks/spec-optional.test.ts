import { specOptional } from '../../../../engine/conformance/checks/spec-optional.ts';
import { harness, itemsWith, manifestWith, oneKey, streamWith } from '../harness.ts';

const { run, expectPass, expectViolations } = harness(specOptional);

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

  it('tells what no config has once, where it is read', async () => {
    const token = "config['token']";
    const both = itemsWith({ spec: 'token: { type: string, airbyte_secret: true }' }).replace(
      token,
      "config['tken']",
    );
    const second = streamWith('others', '').replace(
      '" }',
      '", authenticator: { type: BearerAuthenticator, api_token: "#/streams/0/retriever/requester/authenticator/api_token" } }',
    );
    await expectViolations(both.replace('\nspec:', `${second}\nspec:`), [
      {
        message:
          'The spec has no "tken", so no config has it. Did you mean "token"? So stream "items" asks for an empty credential, the header "Authorization: Bearer ".',
        at: "config['tken']",
        severity: 'error',
      },
    ]);
  });

  it('finds a duration that lacks its number', async () => {
    const cursor = `type: DatetimeBasedCursor
cursor_field: updated_at
datetime_format: "%Y-%m-%d"
start_datetime: "2026-01-01"
cursor_granularity: P1D
step: "P{{ config.days }}D"`;
    const asks = (days: string) => itemsWith({ incremental: cursor, spec: `days: { type: integer${days} }` });
    expect((await run(asks(', default: 5'))).violations).toEqual([]);
    const { violations } = await run(asks(''));
    expect(violations.map(({ message }) => message)).toContain(
      '"days" is not required and has no default, and "step" is made of it: without it, "P{{ config.days }}D" is no duration.',
    );
  });
});
