import * as z from 'zod';
import { ConnectorError } from '../../error/connector-error.ts';
import { pythonText } from '../../http/request/request-text.ts';
import { component } from '../../language/component.ts';
import { slot } from '../../language/slots.ts';
import { compileGet } from '../../util/path/dpath.ts';
import { didYouMean } from '../../util/text/did-you-mean.ts';
import { quotedList } from '../../util/text/quoted-list.ts';

export const SelectiveAuthenticator = component({
  family: 'Authenticator',
  type: 'SelectiveAuthenticator',
  doc: 'Takes the authenticator whose name stands in the config.',
  fields: () => ({
    authenticator_selection_path: z
      .array(z.string())
      .min(1, { error: 'at least one step is expected' })
      .describe('Path of the config field that holds the name of the authenticator.'),
    authenticators: z
      .record(z.string(), slot('Authenticator'))
      .describe('The authenticators to choose from, by name.'),
  }),
  // The others are never made: their templates may read config fields that only exist for their own choice.
  make(fields, scope) {
    const path = fields.authenticator_selection_path;
    const value = compileGet(path)(scope.config());
    const fail = (message: string) =>
      new ConnectorError(message, { kind: 'config_error', nodes: [scope.place] });
    if (value === undefined) {
      throw fail(`The config has no "${path.join('.')}", which selects the way to authenticate.`);
    }
    const name = pythonText(value);
    const names = Object.keys(fields.authenticators);
    const selected = names.includes(name) ? fields.authenticators[name] : undefined;
    if (selected === undefined) {
      throw fail(
        `"${path.join('.')}" in the config is "${name}", and there is no such authenticator.${didYouMean(name, names) || ` Known: ${quotedList(names)}.`}`,
      );
    }
    return selected(scope);
  },
});
