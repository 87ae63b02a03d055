import { ConnectorError } from '../../error/connector-error.ts';
import { component } from '../../language/component.ts';

/** The page token is the path, or the whole URL, of the next request. */
export const RequestPath = component({
  family: 'RequestOption',
  type: 'RequestPath',
  doc: 'The page token is the path or URL of the next request.',
  fields: () => ({}),
  traits: () => ({ isPath: true }),
  make: (_fields, scope) => ({
    isPath: true as const,
    inject() {
      throw new ConnectorError('RequestPath can only be used as the "page_token_option" of a paginator.', {
        kind: 'config_error',
        nodes: [scope.place],
      });
    },
  }),
});
