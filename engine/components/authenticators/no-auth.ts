import { component } from '../../language/component.ts';

export const NoAuth = component({
  family: 'Authenticator',
  type: 'NoAuth',
  doc: 'Sends requests without credentials.',
  fields: () => ({}),
  make: () => Object.freeze({ authenticate() {} }),
});
