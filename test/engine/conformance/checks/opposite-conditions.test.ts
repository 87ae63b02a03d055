import { oppositeConditions } from '../../../../engine/conformance/checks/opposite-conditions.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(oppositeConditions);

const streams = (...hosts: readonly string[]) =>
  manifestWith().replace(
    /streams:[\s\S]*/,
    `streams:${hosts
      .map(
        (host, index) => `
  - type: DeclarativeStream
    name: s${index}
    retriever:
      requester: { url_base: "https://{{ ${host} }}.test", path: a }
      record_selector: { extractor: { field_path: [] } }
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: {} } }`,
      )
      .join('')}
`,
  );

describe('opposite-conditions', () => {
  it('passes where one choice is written in two ways', async () => {
    await expectPass(
      streams(
        "'free' if not config['api_key'] else 'pro'",
        "'pro' if config['api_key'] else 'free'",
        "'free' if not config['other'] else 'pro'",
      ),
    );
    await expectPass(streams("'api' if config.region == 'us' else 'eu-api'"));
    await expectPass(streams("'sandbox' if config.is_sandbox else 'api'"));
    await expectPass(streams("'api' if not config.is_sandbox else 'sandbox'"));
  });

  it.each([
    ["'a' if not config['k'] else 'b'", "'a' if config['k'] else 'b'"],
    ["'a' if config['k'] else 'b'", "'b' if config['k'] else 'a'"],
    ["'a' if config['k'] == 'x' else 'b'", "'a' if config['k'] != 'x' else 'b'"],
  ])('finds %s beside %s', async (one, other) => {
    await expectViolations(streams(one, one, other), [
      {
        message: /^Here the choice is .*, and elsewhere .*: one is the opposite of the other\.$/,
        stream: 's2',
      },
    ]);
    await expectViolations(streams(one, other), [{ message: /one is the opposite of the other/ }]);
  });

  it.each([
    "'sandbox.api' if not config.is_sandbox else 'api'",
    "'api' if config['is_sandbox'] else 'sandbox.api'",
    "'api' if config.region == 'eu' else 'api-eu'",
    "'api-eu' if config.region != 'eu' else 'api'",
  ])('finds %s', async (host) => {
    await expectViolations(streams(host), [
      { message: /is taken where the condition that names "(?:sandbox|eu)" does not hold/, stream: 's0' },
    ]);
  });

  it.each([
    "'ALL' if config.include_deleted else 'ACTIVE'",
    "'status_all' if config.get('include_deleted', False)",
    "'active' if not config.include_deleted else 'any'",
    "'active' if not config.include_deleted",
    "'all' if not config.only_active else 'active'",
    "'all' if not config.include_only",
    "'all' if not config.include_deleted else 'any'",
  ])('passes for %s', async (choice) => {
    await expectPass(streams(choice));
  });

  it.each([
    "'ALL' if not config.include_deleted else 'ACTIVE'",
    "{'status': 'STATUS_ALL'} | string if not config.get('include_deleted', False)",
    "'active' if config.include_deleted else 'any'",
    "'all' if config.since and not config.include_deleted",
  ])('finds that all is asked for where a flag is off: %s', async (choice) => {
    await expectViolations(streams(choice), [
      { message: /all is asked for where "include_deleted" is off, and less where it is on/ },
    ]);
  });
});
