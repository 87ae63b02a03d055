import { pageSizes } from '../../../../engine/conformance/checks/page-sizes.ts';
import { harness, streamWith } from '../harness.ts';

const { expectPass, expectNothing, expectViolations } = harness(pageSizes);

const stream = (size: number, index: number, more = '', type = 'PageIncrement') =>
  streamWith(`s${index}`, '').replace(
    /( +)record_selector:/,
    (found, indent: string) => `${indent}paginator:
${indent}  type: DefaultPaginator
${indent}  page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: page }${more}
${indent}  pagination_strategy: { type: ${type}, page_size: ${size} }
${found}`,
  );
const manifest = (...streams: readonly string[]) => `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [s0] }
streams:${streams.join('')}
`;
const sizes = (...each: readonly number[]) => manifest(...each.map((size, index) => stream(size, index)));

describe('page-sizes', () => {
  it('passes where all count on one size, or several on another', async () => {
    await expectPass(sizes(50, 50, 50, 50));
    await expectPass(sizes(50, 50, 50, 20, 20));
    await expectPass(sizes(50, 50, 50, 20, 10));
    await expectNothing(sizes(50, 50, 20));
  });

  it('passes for a stream that says its size, or counts records', async () => {
    const said =
      '\n        page_size_option: { type: RequestOption, inject_into: request_parameter, field_name: limit }';
    const three = [50, 50, 50].map((size, index) => stream(size, index));
    await expectNothing(manifest(...three, stream(20, 3, said)));
    await expectNothing(manifest(...three, stream(20, 3, '', 'OffsetIncrement')));
    const sent = stream(20, 3).replace('api.test/s3', 'api.test/s3?rows=20');
    await expectNothing(manifest(...three, sent));
  });

  it('finds the one that counts on another', async () => {
    await expectViolations(sizes(50, 50, 100, 50), [
      {
        message:
          'Stream "s2" takes a page with fewer than 100 records for the last one, and 3 others one with fewer than 50: no request says a size, so pages are as long as the API makes them.',
        at: '100',
        stream: 's2',
      },
    ]);
    await expectViolations(sizes(50, 50, 50, 20, 20, 10), [{ message: /than 10 records/, at: '10' }]);
  });

  describe('of a request that says its size,', () => {
    const query = (limit: string, size: number) =>
      manifest(
        stream(size, 0).replace('/s0"', `/s0", request_parameters: { q: "SELECT * FROM s0 LIMIT ${limit}" }`),
      );
    const differs = (asked: number, size: number) =>
      `Stream "s0" asks for pages of ${asked} records, and counts on ${size} ("page_size"): `;

    it('passes where it is the one that the paginator counts on', async () => {
      await expectPass(query('100', 100));
      await expectPass(query("{{ (config.size or '100') | int }}", 100));
      await expectPass(query('100', 1));
      await expectNothing(query('5, 100', 100));
      await expectNothing(query('{{ config.size }}', 100));
    });

    it('finds that every page is taken for the last one', async () => {
      await expectViolations(query('50', 100), [
        {
          message: `${differs(50, 100)}every page is taken for the last one.`,
          at: '100',
          stream: 's0',
          severity: 'warning',
        },
      ]);
    });

    it('notes that one more page is asked for', async () => {
      const message = (asked: number, size: number) =>
        `${differs(asked, size)}a last page that has at least as many is followed by a request for one more, which is empty.`;
      await expectViolations(query("{{ (config.size or '200') | int }}", 5), [
        { message: message(200, 5), at: '5', stream: 's0', severity: 'note' },
      ]);
      const parameter = manifest(stream(20, 0).replace('/s0"', '/s0", request_parameters: { limit: 50 }'));
      await expectViolations(parameter, [{ message: message(50, 20), severity: 'note' }]);
    });
  });
});
