import { component } from '../../language/component.ts';

export const NoPagination = component({
  family: 'Paginator',
  type: 'NoPagination',
  doc: 'One request reads the whole slice.',
  fields: () => ({}),
  make: () => ({
    first: () => undefined,
    next: async () => undefined,
    addTo: () => {},
    path: () => undefined,
  }),
});
