import type { PageAction } from '../../../engine/contract/families.ts';
import { filterWithAction, refusePageActions } from '../../../engine/language/page-actions.ts';
import { type MappingNode, nodeFromValue } from '../../../engine/manifest/node.ts';
import type { JsonObject } from '../../../engine/util/json/json.ts';

function requester(action: string, type = 'HttpRequester'): MappingNode {
  const handler = { type: 'DefaultErrorHandler', response_filters: [{ http_codes: [413], action }] };
  const error_handler = {
    type: 'CompositeErrorHandler',
    error_handlers: [{ type: 'CustomErrorHandler' }, handler],
  };
  const value: JsonObject = { type, error_handler };
  return nodeFromValue(value, { name: '<test>' }) as MappingNode;
}

describe('actions for pages', () => {
  it('are found in handlers of handlers', () => {
    const found = (node: MappingNode, action: PageAction) => filterWithAction(node, action) !== undefined;
    expect(found(requester('REDUCE_PAGE_SIZE'), 'REDUCE_PAGE_SIZE')).toBe(true);
    expect(found(requester('REDUCE_PAGE_SIZE'), 'SPLIT_REQUEST_WINDOW')).toBe(false);
    expect(found(requester('REDUCE_PAGE_SIZE', 'CustomRequester'), 'REDUCE_PAGE_SIZE')).toBe(false);
  });

  it('are refused where no pages are read', () => {
    expect(() => refusePageActions(requester('SPLIT_REQUEST_WINDOW'), '"login_requester"')).toThrow(
      'SPLIT_REQUEST_WINDOW has no meaning for "login_requester"',
    );
    expect(() => refusePageActions(requester('RETRY'), '"login_requester"')).not.toThrow();
    expect(() => refusePageActions(undefined, '"abort_requester"')).not.toThrow();
  });
});
