import { misplacedPageActions } from '../../../../engine/validate/rules/misplaced-page-actions.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(misplacedPageActions);

const filters = '{ response_filters: [{ http_codes: [413], action: REDUCE_PAGE_SIZE }] }';
const requester = (handler: string) => `
requester:
  url: https://api.test/items
  authenticator:
    type: SessionTokenAuthenticator
    session_token_path: [token]
    request_authentication: { type: Bearer }
    login_requester: { url: https://api.test/login, error_handler: ${handler} }`;

describe('misplacedPageActions', () => {
  it('are fine where pages are read', () => {
    expectValid(withRetriever(`requester: { url: https://api.test, error_handler: ${filters} }`));
    expectValid(withRetriever(requester('{ response_filters: [{ http_codes: [413], action: RETRY }] }')));
  });

  it('are found in handlers of handlers of other requests', () => {
    const composite = `{ type: CompositeErrorHandler, error_handlers: [{ max_retries: 1 }, ${filters}] }`;
    expectErrors(withRetriever(requester(composite)), [
      {
        message:
          'The action REDUCE_PAGE_SIZE has no meaning for "login_requester" of SessionTokenAuthenticator: only the requester of a SimpleRetriever reads pages and windows.',
        at: '{ http_codes: [413]',
      },
    ]);
  });
});
