import { specDates } from '../../../../engine/conformance/checks/spec-dates.ts';
import { harness, itemsWith, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(specDates);

describe('spec-dates', () => {
  it('passes when format and pattern agree', async () => {
    await expectPass(
      manifestWith({
        spec: `{ type: object, properties: { start: { type: string, format: date, pattern: '^\\d{4}-\\d{2}-\\d{2}$' }, code: { type: string, pattern: '^[0-9_-]+$' } } }`,
      }),
    );
  });

  it('finds a picker whose dates are refused, a date of any form, and a text that takes dates', async () => {
    await expectViolations(
      manifestWith({
        spec: `{ type: object, properties: { a: { type: string, format: date, pattern: '^\\d+$' }, b: { type: string, format: date-time }, c: { type: string, pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' } } }`,
      }),
      [
        { message: /writes 2026-01-31, which its "pattern" refuses/, at: "'^" },
        { message: /"b" is a date without a "pattern"/ },
        { message: /add "format: date"/ },
      ],
    );
  });

  it('lets a version be called after a day', async () => {
    const version = (name: string) =>
      manifestWith({
        spec: `{ type: object, properties: { ${name}: { type: string, pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' }, start: { type: string, format: date, pattern: '^\\d{4}-\\d{2}-\\d{2}$' } } }`,
      });
    await expectPass(version('api_version'));
    await expectViolations(version('first_day'), [{ message: /add "format: date"/ }]);
  });

  it('lets be what only a login writes', async () => {
    const dated = (path: string) =>
      itemsWith({ spec: 'token: { type: string }\nexpires: { type: string, format: date-time }' }).replace(
        /authenticator: .*/,
        `authenticator: { type: OAuthAuthenticator, refresh_token: "{{ config['token'] }}", token_refresh_endpoint: "https://api.test/token", refresh_token_updater: { token_expiry_date_config_path: [${path}] } }`,
      );
    await expectPass(dated('expires'));
    await expectViolations(dated('other'), [{ message: /"expires" is a date without a "pattern"/ }]);
  });

  it('finds a pattern of a date that takes none', async () => {
    // The basic form of ISO 8601 is one, too.
    await expectPass(
      manifestWith({
        spec: `{ type: object, properties: { start: { type: string, format: date, pattern: '^\\d{4}-\\d{2}-\\d{2}$' }, start_date: { type: string, pattern: '^[0-9]{8}T[0-9]{6}Z$' }, end_date: { type: string, pattern: '^\\d{14}$' } } }`,
      }),
    );
    await expectViolations(
      manifestWith({
        spec: `{ type: object, properties: { start_date: { type: string, pattern: '^[0-9]{4}/[0-9]{2}$' } } }`,
      }),
      [
        {
          message: /"start_date" is a date by its name, and its "pattern" refuses 2026-01-31/,
          at: "'^[0-9]",
        },
      ],
    );
  });
});
