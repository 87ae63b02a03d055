import { visibleNames } from '../../../../engine/validate/rules/visible-names.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(visibleNames);

test('a template takes only names that its place gives', () => {
  expectValid(
    withRetriever('requester: { url: "https://a.b/{{ stream_partition.id }}/{{ next_page_token }}" }'),
  );
  expectErrors(withRetriever('requester: { url: "https://a.b/{{ record.id }}" }'), [
    {
      message:
        '"url" of HttpRequester does not see "record"; "record", "response", "headers", "last_record", "last_page_size" are not known there.',
      at: 'record.id',
    },
  ]);
});
