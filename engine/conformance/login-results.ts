import { fieldOf } from '../manifest/node.ts';
import { walk } from '../manifest/walk.ts';
import { visit, written } from '../validate/visit.ts';
import { textsOf } from './schema-walk.ts';
import type { Subject } from './subject.ts';

/** Where a refresh puts the end of a token's time, unless a manifest says otherwise. */
const usual = ['credentials', 'token_expiry_date'];

/** The fields of the config that a login writes, or that a refresh of its token does: nobody types them. */
export function loginResults({ source, spec }: Subject): ReadonlySet<string> {
  const paths = [...walk(spec && fieldOf(spec.whole, 'advanced_auth'))]
    .filter(({ name }) => name === 'path_in_connector_config')
    .map(({ node }) => textsOf(node));
  for (const at of visit(source)) {
    if (at.family !== 'Authenticator' || at.isHook) continue;
    const updater = written(at, 'refresh_token_updater');
    if (updater === undefined) continue;
    const said = textsOf(written(at, 'refresh_token_updater', 'token_expiry_date_config_path'));
    paths.push(said.length === 0 ? usual : said);
  }
  return new Set(paths.map((path) => path.join('.')));
}
