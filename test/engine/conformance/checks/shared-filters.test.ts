import { sharedFilters } from '../../../../engine/conformance/checks/shared-filters.ts';
import { harness, itemsWith, streamWith } from '../harness.ts';

const { expectPass, expectViolations, expectNothing } = harness(sharedFilters);

const refused = '{ type: HttpResponseFilter, action: IGNORE, http_codes: [403] }';
const limited = '{ type: HttpResponseFilter, action: RATE_LIMITED, http_codes: [429] }';
const handler = (...filters: readonly string[]) =>
  `error_handler: { type: DefaultErrorHandler${filters.length === 0 ? '' : `, response_filters: [${filters.join(', ')}]`} }`;

/** Three streams, with these handlers. */
const streams = (...handlers: readonly string[]) =>
  itemsWith({ requester: handlers[0] ?? '' }).replace(
    '\nspec:',
    `${handlers
      .slice(1)
      .map((each, index) => streamWith(`other${index}`, '').replace('" }', `", ${each} }`))
      .join('')}\nspec:`,
  );

const whole = handler(refused, limited);
const message =
  'Stream "items" does not ignore answers with the status 403, as streams "other0", "other1" do beside all that it has: is that left out on purpose?';

describe('shared-filters', () => {
  it('finds the filter that one stream lacks', async () => {
    await expectViolations(streams(handler(limited), whole, whole), [
      { message, at: '[{ type: HttpResponseFilter' },
    ]);
    await expectViolations(streams(handler(), handler(refused), handler(refused)), [{ message }]);
    await expectViolations(
      streams(
        handler(refused),
        `error_handler: { type: CompositeErrorHandler, error_handlers: [{ type: DefaultErrorHandler, response_filters: [${refused}, ${limited}] }] }`,
        whole,
        whole,
      ),
      [
        {
          message:
            'Stream "items" does not filter answers with the status 429 (RATE_LIMITED), as streams "other0", "other1" and 1 more do beside all that it has: is that left out on purpose?',
        },
      ],
    );
  });

  it('finds another status', async () => {
    await expectViolations(streams(handler(limited.replace('429', '420'), refused), whole, whole), [
      {
        message:
          'Stream "items" has the action RATE_LIMITED for the status 420, and streams "other0", "other1", which have the same filters, for 429: which one does the API answer?',
        at: '420',
      },
    ]);
  });

  it('passes where streams are not alike, or another one lacks the same', async () => {
    await expectPass(streams(whole, whole, whole));
    await expectPass(streams(handler(limited), whole, handler(limited)));
    await expectPass(streams(handler(limited), whole, whole, handler(limited)));
    await expectPass(streams(handler(limited), whole, handler(refused)));
    await expectPass(streams(handler(refused.replace('403', '404')), whole, whole));
    // More than others have is no lack.
    await expectPass(streams(whole, handler(limited), handler(limited)));
    await expectNothing(itemsWith());
  });
});
