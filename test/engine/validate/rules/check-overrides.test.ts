import { checkOverrides } from '../../../../engine/validate/rules/check-overrides.ts';
import { harness } from '../harness.ts';

const { expectValid, expectErrors } = harness(checkOverrides);

const manifest = (overrides: string, updater = '') => `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [a], config_overrides: ${overrides} }
streams:
  - name: a
    retriever:
      requester:
        url: https://api.test
        authenticator:
          type: OAuthAuthenticator
          client_id: x
          client_secret: y
          refresh_token: z
          token_refresh_endpoint: https://api.test/token
${updater}
      record_selector: { extractor: { field_path: [] } }`;
const updater = '          refresh_token_updater: { refresh_token_name: next }';

describe('checkOverrides', () => {
  it('are fine where no token is written back', () => {
    expectValid(manifest('{ kind: few }'));
    expectValid(manifest('{}', updater));
    expectValid(manifest('{ kind: few }', '          refresh_token_updater: null'));
  });

  it('would be stored with a refreshed token', () => {
    expectErrors(manifest('{ kind: few }', updater), [
      {
        message:
          'A manifest with a "refresh_token_updater" cannot have "config_overrides" in its check: a refreshed token is stored with the whole config, and the values meant for the check would be stored with it.',
        at: '{ refresh_token_name: next }',
      },
    ]);
  });

  it('leave the names of the platform alone', () => {
    expectErrors(manifest('{ __airbyte_check_stream_names: [a] }'), [
      {
        message:
          '"config_overrides" of the check sets "__airbyte_check_stream_names"; names with "__airbyte" belong to the platform.',
        at: '{ __airbyte_check_stream_names',
      },
    ]);
  });
});
