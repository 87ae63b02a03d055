import { component } from '../../language/component.ts';

export const NoPagination = component({
  family: 'Paginator',
  type: 'NoPagination',
  doc: 'One request reads the whole slice.',
  fields: () => ({}),
  make: (_fields, { place }) => ({
    paginates: false,
    first: () => undefined,
    next({ stopped }) {
      stopped?.('no paginator', place);
      return undefined;
    },
    addTo: () => {},
    path: () => undefined,
  }),
});
