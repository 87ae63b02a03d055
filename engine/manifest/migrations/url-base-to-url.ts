import type { Migration } from './migration.ts';
import { renameField } from './rename-field.ts';

/** `url_base` of a requester is now called `url`. */
export const urlBaseToUrl: Migration = {
  name: 'HttpRequesterUrlBaseToUrl',
  componentType: 'HttpRequester',
  apply(component) {
    const urlBase = component.entries.get('url_base');
    return urlBase && renameField(component, 'url_base', 'url', urlBase.value);
  },
};
