import { noAcceptance } from '../../../../engine/conformance/acceptance/acceptance.ts';
import { knownCatalogs } from '../../../../engine/conformance/checks/known-catalogs.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(knownCatalogs);

const place = { source: { name: 'x.jsonl', text: 'a line' }, start: 0, end: 6, pointer: '' };

describe('known-catalogs', () => {
  const given = (name: string) => ({
    acceptance: { ...noAcceptance, catalogs: [{ file: 'catalog.json', streams: [{ name, place }] }] },
  });

  it('passes for streams of the manifest', async () => {
    await expectPass(itemsWith(), given('items'));
  });

  it('finds a stream that is not there', async () => {
    await expectViolations(
      itemsWith(),
      [
        {
          message: 'The catalog names the stream "item", and there is none. Did you mean "items"?',
          at: 'a line',
        },
      ],
      given('item'),
    );
  });

  it('warns of an empty stream that is not there', async () => {
    await expectViolations(
      itemsWith(),
      [{ message: /"empty_streams" names "old"/, severity: 'warning', at: 'a line' }],
      {
        acceptance: { ...noAcceptance, emptyStreams: new Map([['old', place]]) },
      },
    );
  });
});
