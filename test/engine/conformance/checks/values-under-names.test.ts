import { valuesUnderNames } from '../../../../engine/conformance/checks/values-under-names.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectNothing, expectViolations } = harness(valuesUnderNames);

const spec = `token: { type: string, airbyte_secret: true }
user_id: { type: string }
user_token: { type: string }
start_date: { type: string }
end_date: { type: string }`;

const asks = (parameters: string) => itemsWith({ spec, requester: `request_parameters: ${parameters}` });
const at = (path: string) => itemsWith({ spec, path: `/${path}` });

describe('values-under-names', () => {
  it('has nothing to say where nothing of the config is sent but a token', async () => {
    await expectPass(itemsWith());
    await expectNothing(itemsWith().replace(/authenticator: [^\n]*/, ''));
  });

  it.each([
    asks(`{ userId: "{{ config['user_id'] }}", key: "{{ config['user_token'] }}" }`),
    asks(`{ user_id: "{{ config['user_token'] if config['user_token'] else config['user_id'] }}" }`),
    asks(`{ createdAfter: "{{ config.start_date }}", until: "{{ config.end_date }}" }`),
    at('{{ config.start_date }}/{{ config.end_date }}'),
    at('u{{ config.end_date }}?from={{ config.start_date }}'),
  ])('passes', async (manifest) => {
    await expectPass(manifest);
  });

  it('finds a field under the name of another one', async () => {
    await expectViolations(asks(`{ userId: "{{ config['user_token'] }}" }`), [
      {
        message:
          '"userId" is sent "user_token" of the config, which has "user_id", too: are two of them swapped?',
      },
    ]);
    await expectViolations(at(`?user_id={{ config['user_token'] }}&x=1`), [
      { message: /^"user_id" is sent "user_token"/, at: "{{ config['user_token'] }}&x=1" },
    ]);
  });

  it('finds an end that is sent as a start', async () => {
    await expectViolations(asks('{ createdAfter: "{{ config.end_date }}" }'), [
      { message: /^"createdAfter" is sent "end_date" of the config, and by their names one is a start/ },
    ]);
  });

  it('finds a range that begins with its end', async () => {
    await expectViolations(at('range/{{ config.end_date }}/{{ config.start_date }}'), [
      { message: /^A range is written from "end_date" to "start_date"/, at: '{{ config.end_date }}' },
    ]);
  });
});
